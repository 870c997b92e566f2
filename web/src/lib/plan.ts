// A plan with its places and services at hand, as most views need it.
import { askNetwork, askServices, askTimetable, chosenPlan, type Network, type Place, type Sailing, type Service } from './plans.svelte'
import { minuteOfCycle } from './time'
import { nameOf } from './words.svelte'

export type Plan = {
  cycle: number
  services: Service[]
  sailings: Sailing[]
  network: Network
  terminals: ReadonlyMap<string, Place>
  /** Place of each service in the list, which is its colour. */
  places: ReadonlyMap<string, number>
}

export async function askPlan(id: string): Promise<Plan> {
  const [services, timetable, network] = await Promise.all([askServices(id), askTimetable(id), askNetwork(id)])
  return {
    cycle: timetable.cycle_min,
    services,
    sailings: timetable.sailings,
    network,
    terminals: new Map(network.terminals.map((terminal) => [terminal.terminal, terminal])),
    places: new Map(services.map((service, place) => [service.service, place])),
  }
}

export const placeOf = (plan: Plan, service: string) => plan.places.get(service) ?? 0

/** Name of a terminal in the reader's language, or its code. */
export function terminalName(plan: Plan, code: string): string {
  const terminal = plan.terminals.get(code)
  return terminal ? nameOf(terminal) : code
}

/** The same where perhaps no plan is published: then as the service wrote it when the plan was. */
export function placeName(plan: Plan | null, code: string, written: string): string {
  const terminal = plan?.terminals.get(code)
  return terminal ? nameOf(terminal) : written
}

/** Without what stands in brackets or after a slash: for labels in pictures. */
export const shortName = (plan: Plan, code: string) => terminalName(plan, code).split(/ ?[(/（]/)[0]!.split(',')[0]!

export function memberName(plan: Plan, code: string): string {
  const member = plan.network.members.find((member) => member.operator === code)
  return member ? nameOf(member) : code
}

export const sailingsOf = (plan: Plan, service: string) =>
  plan.sailings.filter((sailing) => sailing.service === service).sort((a, b) => a.number - b.number)

/** The call after a place in the rotation, which is a ring. */
export const nextCall = (service: Service, call: number) => service.calls[(call + 1) % service.calls.length]!

/** Minute of the cycle that it is now, where the plan is the one that is sailed. */
export const nowIn = (plan: Plan) => (chosenPlan() === 'current' ? minuteOfCycle(new Date(), plan.cycle) : null)
