// A job as its server-sent events tell it. The browser comes back by itself after a lost connection and goes on after the last event.
import { api, type Schemas, take } from '../../api/client'

export type Job = Schemas['JobBody']
/** Values are whole RMB of a cycle; they are a plan's profit in the stages that say so below. */
export type Progress = { elapsed_s: number; stage: string; incumbent: number | null; bound: number | null; gap: number | null }

/** Other stages report values of their own part, which do not compare. */
const tellsProfit = ({ stage }: Progress) => stage === 'design' || stage === 'audit'

const FINAL = ['done', 'failed', 'cancelled', 'interrupted']
export const isFinal = (state: string) => FINAL.includes(state)

export function watch(id: string, ended: () => void) {
  const seen = $state<{ job: Job | null; progress: Progress[] }>({ job: null, progress: [] })

  async function look(): Promise<void> {
    seen.job = await take(api.GET('/api/v1/jobs/{id}', { params: { path: { id } } }))
  }

  function note(event: MessageEvent<string>): void {
    const { body } = JSON.parse(event.data) as { body: Progress }
    if (seen.job) seen.job.stage = body.stage
    if (!tellsProfit(body)) return
    seen.progress.push(body)
    if (seen.job) Object.assign(seen.job, { incumbent: body.incumbent, bound: body.bound, gap: body.gap })
  }

  function start(): () => void {
    const events = new EventSource(`/api/v1/jobs/${id}/events`)
    const state = async () => {
      await look()
      if (!seen.job || !isFinal(seen.job.state)) return
      events.close()
      ended()
    }
    events.addEventListener('progress', note)
    events.addEventListener('state', () => void state())
    void state()
    return () => events.close()
  }

  return { seen, start, look }
}
