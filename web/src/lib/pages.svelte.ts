// A list that comes page by page: the first one as an answer that a view waits for, the others when the reader asks for them.
import { type Fault, faultOf } from '../api/client'
import { remote } from './remote.svelte'

export type Page<T> = { items: T[]; next_cursor: string | null }

export function pages<T>(ask: (cursor: string | undefined) => Promise<Page<T>>) {
  const first = remote(() => ask(undefined))
  /** What followed a first page; of no use when another one has taken its place. */
  let more = $state.raw<{ after: Page<T> | null; items: T[]; next: string | null; fault: Fault | null }>({ after: null, items: [], next: null, fault: null })
  const head = $derived(first.now.state === 'ready' ? first.now.data : null)
  const rest = $derived(head && more.after === head ? more : { items: [], next: head?.next_cursor ?? null, fault: null })

  return {
    get now() {
      return first.now
    },
    get items() {
      return [...(head?.items ?? []), ...rest.items]
    },
    get next() {
      return rest.next
    },
    get fault() {
      return rest.fault
    },
    again: () => first.again(),
    async more(): Promise<void> {
      const [after, { items, next }] = [head, rest]
      if (!after || !next) return
      try {
        const page = await ask(next)
        more = { after, items: [...items, ...page.items], next: page.next_cursor, fault: null }
      } catch (error) {
        more = { after, items, next, fault: faultOf(error) }
      }
    },
  }
}
