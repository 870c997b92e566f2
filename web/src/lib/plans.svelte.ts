// The plan that is looked at, and its parts. A plan never changes, so a part is asked for once; who signs in or out asks again.
import { api, faultOf, type Schemas, take } from '../api/client'
import { place } from './router.svelte'

export type Timetable = Schemas['Timetable']
export type Sailing = Schemas['SailingDetail']
export type Call = Schemas['CallDetail']
export type Service = Schemas['ServiceLine']
export type Network = Schemas['Network']
export type Place = Schemas['Place']
export type Berths = Schemas['Berths']
export type LegSlots = Schemas['LegSlots']
export type LoadLists = Schemas['LoadLists']
export type PlanLine = Schemas['PlanLine']

let parts = new Map<string, Promise<unknown>>()

/** What was answered is no longer right: another reader, or another plan that is current. */
export function forget(): void {
  parts = new Map()
}

function once<T>(key: string, ask: () => Promise<T>): Promise<T> {
  const known = parts.get(key)
  if (known) return known as Promise<T>
  const asked = ask()
  parts.set(key, asked)
  asked.catch(() => parts.delete(key))
  return asked
}

/** Identifier in the address, or `current`. */
export const chosenPlan = () => place.params.plan ?? 'current'

const path = (id: string) => ({ params: { path: { id } } })

export const askTimetable = (id: string) =>
  once(`timetable ${id}`, () => take(api.GET('/api/v1/plans/{id}/timetable', path(id))))
export const askServices = (id: string) =>
  once(`services ${id}`, async () => (await take(api.GET('/api/v1/plans/{id}/services', path(id)))).services)
export const askNetwork = (id: string) => once(`network ${id}`, () => take(api.GET('/api/v1/plans/{id}/network', path(id))))
export const askBerths = (id: string) => once(`berths ${id}`, () => take(api.GET('/api/v1/plans/{id}/berths', path(id))))
export const askSlots = (id: string) =>
  once(`slots ${id}`, async () => (await take(api.GET('/api/v1/plans/{id}/slots', path(id)))).slots)
export const askLoads = (id: string) =>
  once(`loads ${id}`, async () => (await take(api.GET('/api/v1/plans/{id}/load-lists', path(id)))).calls)
export const askLedger = (id: string) => once(`ledger ${id}`, () => take(api.GET('/api/v1/plans/{id}/ledger', path(id))))
/** `null` where the plan has none, or none that names the reader. */
export const askSettlement = (id: string) =>
  once(`settlement ${id}`, () =>
    take(api.GET('/api/v1/plans/{id}/settlement', path(id))).catch((error: unknown) => {
      if (faultOf(error).kind === 'missing') return null
      throw error
    }),
  )
export const askAvailability = () => once('availability', async () => (await take(api.GET('/api/v1/availability'))).legs)
export const askRecord = (id: string) => take(api.GET('/api/v1/plans/{id}/record', path(id)))

/** Plans that may be looked at, newest first. */
export const askPlans = async () => (await take(api.GET('/api/v1/plans', { params: { query: { limit: 100 } } }))).items
