// The berths of a terminal with the stays on each, and where stays overlap on one berth.
import type { Plan } from '../../lib/plan'
import type { Berths, Place } from '../../lib/plans.svelte'

export type Stay = {
  key: string
  service: string
  sailing: number
  berth: number
  from: number
  to: number
  overlaps: boolean
}
export type Use = { terminal: Place; berths: number; stays: Stay[]; hours: number; loaded: number; discharged: number }

/** Stays that reach past the end of the cycle are shown at its start too. */
function shownTwice(stay: Stay, cycle: number): Stay[] {
  return stay.to > cycle ? [stay, { ...stay, key: `${stay.key} again`, from: stay.from - cycle, to: stay.to - cycle }] : [stay]
}

function markOverlaps(stays: Stay[]): void {
  for (const stay of stays) {
    stay.overlaps = stays.some((other) => other !== stay && other.berth === stay.berth && other.from < stay.to && stay.from < other.to)
  }
}

export function usesOf(plan: Plan, berths: Berths): Use[] {
  return berths.terminals.flatMap((use) => {
    const terminal = plan.terminals.get(use.terminal)
    if (!terminal) return []
    const calls = berths.calls.filter((call) => call.terminal === use.terminal)
    const stays = calls.flatMap((call): Stay[] => {
      const key = `${call.service} ${call.sailing} ${call.call}`
      const stay = { key, service: call.service, sailing: call.sailing, berth: call.berth, from: call.from_min, to: call.to_min, overlaps: false }
      return shownTwice(stay, plan.cycle)
    })
    markOverlaps(stays)
    const most = Math.max(terminal.berths ?? 1, ...calls.map((call) => call.berth + 1))
    return [{ terminal, berths: most, stays, hours: use.berth_hours, loaded: use.loaded_teu, discharged: use.discharged_teu }]
  })
}
