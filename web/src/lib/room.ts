// What is known of the slots of each leg: everything for planners and members, what is free for whoever has a key, nothing for the public.
import { askAvailability, askSlots } from './plans.svelte'
import { seesSlots, session } from './session.svelte'

export type Room = { capacity: number | null; used: number | null; free: number }
export type Rooms = ReadonlyMap<string, Room>

export const legKey = (service: string, sailing: number, leg: number) => `${service} ${sailing} ${leg}`

export async function askRooms(plan: string): Promise<Rooms> {
  if (seesSlots()) {
    const slots = await askSlots(plan)
    return new Map(
      slots.map((leg) => [
        legKey(leg.service, leg.sailing, leg.leg),
        { capacity: leg.capacity_teu, used: leg.used_teu, free: leg.free_teu },
      ]),
    )
  }
  if (session.principal === null || plan !== 'current') return new Map()
  const legs = await askAvailability()
  return new Map(legs.map((leg) => [legKey(leg.service, leg.sailing, leg.leg), { capacity: null, used: null, free: leg.free_teu }]))
}
