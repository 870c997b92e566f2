// Sailings as strings: pieces of (minute, place on a branch) for each panel, repeated over the cycle that is shown.
import type { Plan } from '../../lib/plan'
import { placeOf, sailingsOf } from '../../lib/plan'
import type { Branch } from './branches'

/** From (minute, metres) to (minute, metres); a wait or a stay has equal metres. */
export type Piece = { t0: number; d0: number; t1: number; d1: number }
export type Thread = { service: string; sailing: number; place: number; sailed: Piece[]; berthed: Piece[]; locks: Piece[] }

type Leg = Plan['network']['legs'][number]

/** Where each link and each stop lies on a branch. */
function indexOf(branch: Branch) {
  return {
    links: new Map(branch.links.map((link) => [link.link, link])),
    stops: new Map(branch.stops.map((stop) => [stop.code, stop.at_m])),
  }
}

/** The pieces moved by whole cycles to wherever they touch the cycle that is shown. */
function repeated(pieces: Piece[], cycle: number): Piece[] {
  return pieces.flatMap((piece) => {
    const first = Math.ceil(-piece.t1 / cycle)
    const last = Math.floor((cycle - piece.t0) / cycle)
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, row) => {
      const shift = (first + row) * cycle
      return { ...piece, t0: piece.t0 + shift, t1: piece.t1 + shift }
    })
  })
}

/** Pieces of one leg on a branch, locks as the time inside them. */
function legPieces(leg: Leg, departure: number, index: ReturnType<typeof indexOf>): { sailed: Piece[]; locks: Piece[] } {
  const [sailed, locks]: [Piece[], Piece[]] = [[], []]
  let before = 0
  for (const stretch of leg.stretches) {
    const laid = index.links.get(stretch.link)
    const after = stretch.left_after_min
    if (laid) {
      const [d0, d1] = stretch.downstream === laid.down ? [laid.from_m, laid.to_m] : [laid.to_m, laid.from_m]
      let start = before
      if (stretch.lock_entered_after_min != null && stretch.lock_left_after_min != null) {
        locks.push({ t0: departure + stretch.lock_entered_after_min, d0, t1: departure + stretch.lock_left_after_min, d1: d0 })
        sailed.push({ t0: departure + before, d0, t1: departure + stretch.lock_left_after_min, d1: d0 })
        start = stretch.lock_left_after_min
      }
      sailed.push({ t0: departure + start, d0, t1: departure + after, d1 })
    }
    before = after
  }
  return { sailed, locks }
}

export function threadsOf(plan: Plan, branch: Branch, shown: ReadonlySet<string>): Thread[] {
  const index = indexOf(branch)
  const threads: Thread[] = []
  for (const service of plan.services.filter((service) => shown.has(service.service))) {
    const legs = plan.network.legs.filter((leg) => leg.service === service.service)
    for (const sailing of sailingsOf(plan, service.service)) {
      const thread: Thread = { service: service.service, sailing: sailing.number, place: placeOf(plan, service.service), sailed: [], berthed: [], locks: [] }
      sailing.calls.forEach((call, row) => {
        const at = index.stops.get(call.terminal)
        if (at !== undefined) {
          thread.sailed.push({ t0: call.arrival_min, d0: at, t1: call.berthing_min, d1: at })
          thread.berthed.push({ t0: call.berthing_min, d0: at, t1: call.departure_min, d1: at })
        }
        const leg = legs.find((leg) => leg.leg === row)
        if (!leg) return
        const { sailed, locks } = legPieces(leg, call.departure_min, index)
        thread.sailed.push(...sailed)
        thread.locks.push(...locks)
      })
      thread.sailed = repeated(thread.sailed, plan.cycle)
      thread.berthed = repeated(thread.berthed, plan.cycle)
      thread.locks = repeated(thread.locks, plan.cycle)
      if (thread.sailed.length + thread.berthed.length > 0) threads.push(thread)
    }
  }
  return threads
}
