// Calls that lie at another time in plan B: services are the same where rotation and class are, sailings by their number.
import { type Plan, sailingsOf } from '../../lib/plan'
import type { Service } from '../../lib/plans.svelte'
import { modulo } from '../../lib/time'

export type Move = { terminal: string; call: number; from: number; to: number; by: number }
export type Lane = { service: string; sailing: number; moves: Move[] }
export type Moves = { lanes: Lane[]; moved: number; kept: number }

const sameWay = (a: Service, b: Service) => a.class === b.class && a.calls.join() === b.calls.join()

/** The shorter way round from one time of the cycle to another. */
function shortest(from: number, to: number, cycle: number): number {
  const ahead = modulo(to - from, cycle)
  return ahead > cycle / 2 ? ahead - cycle : ahead
}

export function movesOf(a: Plan, b: Plan): Moves {
  const lanes: Lane[] = []
  let [moved, kept] = [0, 0]
  const free = new Set(a.services)
  for (const service of b.services) {
    const former = [...free].find((known) => known.service === service.service && sameWay(known, service)) ?? [...free].find((known) => sameWay(known, service))
    if (!former) continue
    free.delete(former)
    const before = sailingsOf(a, former.service)
    for (const sailing of sailingsOf(b, service.service)) {
      const old = before.find((known) => known.number === sailing.number)
      if (!old) continue
      const moves = sailing.calls.map((call, row): Move => {
        const from = modulo(old.calls[row]!.berthing_min, b.cycle)
        const by = shortest(from, modulo(call.berthing_min, b.cycle), b.cycle)
        return { terminal: call.terminal, call: row, from, to: from + by, by }
      })
      moved += moves.filter((move) => move.by !== 0).length
      kept += moves.filter((move) => move.by === 0).length
      if (moves.some((move) => move.by !== 0)) lanes.push({ service: service.service, sailing: sailing.number, moves })
    }
  }
  return { lanes, moved, kept }
}
