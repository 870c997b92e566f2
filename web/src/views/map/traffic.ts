// What sails on each stretch of waterway in a week: one strand for each service and direction.
import { type Plan, placeOf } from '../../lib/plan'
import type { Service } from '../../lib/plans.svelte'
import { legKey, type Rooms } from '../../lib/room'

export type Strand = {
  service: string
  place: number
  link: string
  downstream: boolean
  sailings: number
  /** TEU on board in a week; none where the reader does not see loads. */
  teu: number | null
}

/** Load of a leg over all sailings of a cycle. */
export function legLoad(rooms: Rooms, service: Service, leg: number): { used: number; capacity: number } | null {
  const sailings = Array.from({ length: service.sailings_per_cycle }, (_, sailing) => rooms.get(legKey(service.service, sailing, leg)))
  const known = sailings.filter((room) => room?.used != null && room.capacity !== null)
  const sum = (of: 'used' | 'capacity') => known.reduce((total, room) => total + (room?.[of] ?? 0), 0)
  return known.length > 0 ? { used: sum('used'), capacity: sum('capacity') } : null
}

/** Strands of the shown services, those of one stretch beside each other in the order of the services. */
export function strandsOf(plan: Plan, rooms: Rooms, shown: ReadonlySet<string>): Strand[] {
  const strands = new Map<string, Strand>()
  for (const leg of plan.network.legs) {
    const service = plan.services.find((service) => service.service === leg.service)
    if (!service || !shown.has(leg.service)) continue
    const load = legLoad(rooms, service, leg.leg)
    for (const { link, downstream } of leg.stretches) {
      const key = `${link} ${downstream} ${leg.service}`
      const known = strands.get(key) ?? { service: leg.service, place: placeOf(plan, leg.service), link, downstream, sailings: 0, teu: load ? 0 : null }
      known.sailings += service.sailings_per_cycle
      if (load && known.teu !== null) known.teu += load.used
      strands.set(key, known)
    }
  }
  return [...strands.values()].sort((a, b) => a.place - b.place)
}
