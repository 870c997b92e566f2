// What a cell of the heat map says: so much of so much.
import type { LegSlots } from '../../lib/plans.svelte'

export const RESOURCES = ['teu', 'tonnes', 'plugs'] as const
export type Resource = (typeof RESOURCES)[number]
export type Measured = { part: number; whole: number }
export type Measure = { of: (leg: LegSlots) => Measured; owner: boolean }

const tonnes = (kg: number) => Math.round(kg / 1000)

/** Use of a resource; or, for a member, its allotment of the leg's slots. */
export function measureOf(resource: Resource, member: string): Measure {
  if (member !== '') {
    const owned = (leg: LegSlots) => leg.allotments.find((allotment) => allotment.member === member)?.volume_teu ?? 0
    return { owner: true, of: (leg) => ({ part: owned(leg), whole: leg.capacity_teu }) }
  }
  const by: Record<Resource, Measure['of']> = {
    teu: (leg) => ({ part: leg.used_teu, whole: leg.capacity_teu }),
    tonnes: (leg) => ({ part: tonnes(leg.used_kg), whole: tonnes(leg.capacity_kg) }),
    plugs: (leg) => ({ part: leg.used_plugs, whole: leg.reefer_plugs }),
  }
  return { owner: false, of: by[resource] }
}
