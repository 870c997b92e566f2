// Who reads. The cookie is the service's; the page only knows what the service says of it.
import { api, type Schemas, take } from '../api/client'
import { forget } from './plans.svelte'

export type Principal = Schemas['Principal']

export const session = $state<{ principal: Principal | null; asked: boolean }>({ principal: null, asked: false })

export async function askSession(): Promise<void> {
  session.principal = (await take(api.GET('/api/v1/session'))).principal ?? null
  session.asked = true
}

export async function signIn(key: string): Promise<void> {
  const principal = await take(api.POST('/api/v1/session', { body: { key } }))
  forget()
  session.principal = principal
}

export async function signOut(): Promise<void> {
  await take(api.DELETE('/api/v1/session'))
  forget()
  session.principal = null
}

type Role = Schemas['Role']
const is = (...roles: Role[]) => session.principal !== null && roles.includes(session.principal.role)

/** Makes and publishes plans. */
export const makesPlans = () => is('admin', 'alliance_planner')
/** Sees berths, loads and money. */
export const seesOperations = () => is('admin', 'alliance_planner', 'port_planner')
/** Sees slots by owner; a member its own. */
export const seesSlots = () => is('admin', 'alliance_planner', 'port_planner', 'member')
/** Books, amends and cancels. */
export const books = () => is('admin', 'alliance_planner', 'member', 'shipper')
