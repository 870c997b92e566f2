// What a view waits for.
import { untrack } from 'svelte'
import { type Fault, faultOf } from '../api/client'

export type Waiting<T> = { state: 'loading' } | { state: 'ready'; data: T } | { state: 'failed'; fault: Fault }

/** A question with its answer, which can be asked again. */
export type Remote<T> = { readonly now: Waiting<T>; again(): void }

/** The answer to a question that depends on what the reader chose: asked again when that changes, and answers that came too late are dropped. */
export function remote<T>(ask: () => Promise<T>): Remote<T> {
  let now = $state.raw<Waiting<T>>({ state: 'loading' })
  let turn = $state(0)
  let quietly = false
  $effect(() => {
    void turn
    let wanted = true
    // what is shown stays while the same is asked again
    if (!quietly || untrack(() => now).state !== 'ready') now = { state: 'loading' }
    quietly = false
    const settle = (next: Waiting<T>) => {
      if (wanted) now = next
    }
    ask().then(
      (data) => settle({ state: 'ready', data }),
      (error: unknown) => settle({ state: 'failed', fault: faultOf(error) }),
    )
    return () => {
      wanted = false
    }
  })
  return {
    get now() {
      return now
    },
    again() {
      quietly = true
      turn += 1
    },
  }
}
