// The departure board of a terminal: its calls in the order of a week.
import { nextCall, type Plan, sailingsOf } from '../../lib/plan'
import { modulo } from '../../lib/time'

export type BoardLine = {
  service: string
  sailing: number
  call: number
  berthing: number
  departure: number
  /** Calls on the way back to here, first to last. */
  onward: { terminal: string; arrival: number }[]
  from: string
}

export function boardOf(plan: Plan, terminal: string): BoardLine[] {
  const lines: BoardLine[] = []
  for (const service of plan.services) {
    for (const sailing of sailingsOf(plan, service.service)) {
      service.calls.forEach((code, call) => {
        if (code !== terminal) return
        const times = sailing.calls[call]!
        const berthing = modulo(times.berthing_min, plan.cycle)
        const shift = berthing - times.berthing_min
        const onward = service.calls.slice(call + 1).map((next, row) => ({ terminal: next, arrival: sailing.calls[call + 1 + row]!.arrival_min + shift }))
        if (onward.length === 0) onward.push({ terminal: nextCall(service, call), arrival: sailing.back_at_min + shift })
        const from = service.calls[(call + service.calls.length - 1) % service.calls.length]!
        lines.push({ service: service.service, sailing: sailing.number, call, berthing, departure: times.departure_min + shift, onward, from })
      })
    }
  }
  return lines.sort((a, b) => a.departure - b.departure)
}
