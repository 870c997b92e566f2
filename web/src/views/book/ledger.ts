// Bookings as the page asks for them and changes them.
import { api, faultOf, type Fault, type Schemas, take } from '../../api/client'
import { type Plan, placeName } from '../../lib/plan'
import { t, type Word } from '../../lib/words.svelte'

export type Booking = Schemas['BookingBody']
export type Act = 'cancel' | 'accept' | 'decline'

export const STATES: readonly Booking['state'][] = [
  'RECEIVED', 'PENDING_UPDATE', 'CONFIRMED', 'PENDING_AMENDMENT', 'REJECTED', 'DECLINED', 'CANCELLED', 'COMPLETED',
]

const path = (id: string) => ({ path: { id } })
/** The version that was read: what somebody else has changed since is not overwritten. */
const version = (booking: Booking) => ({ 'If-Match': `"${booking.version}"` })

export const askBookings = (state: string, cursor: string | undefined) =>
  take(api.GET('/api/v1/bookings', { params: { query: { limit: 20, ...(state !== '' && { state }), ...(cursor && { cursor }) } } }))

export const askBooking = (id: string) => take(api.GET('/api/v1/bookings/{id}', { params: path(id) }))
export const askEvents = (id: string) => take(api.GET('/api/v1/bookings/{id}/events', { params: path(id) }))

export function act(booking: Booking, what: Act): Promise<Booking> {
  const asked = { params: { ...path(booking.id), header: version(booking) } }
  if (what === 'cancel') return take(api.POST('/api/v1/bookings/{id}/cancel', asked))
  if (what === 'accept') return take(api.POST('/api/v1/bookings/{id}/accept', asked))
  return take(api.POST('/api/v1/bookings/{id}/decline', asked))
}

export const amend = (booking: Booking, body: Schemas['AmendRequest']) =>
  take(api.PUT('/api/v1/bookings/{id}', { params: { ...path(booking.id), header: version(booking) }, body }))

export const book = (body: Schemas['BookingRequest'], key: string) =>
  take(api.POST('/api/v1/bookings', { params: { header: { 'Idempotency-Key': key } }, body }))

/** From where to where, in words. */
export function endsOf({ itinerary: { rides } }: Booking, plan: Plan | null): string {
  const [first, last] = [rides[0]!, rides.at(-1)!]
  return `${placeName(plan, first.from, first.from_name)} → ${placeName(plan, last.to, last.to_name)}`
}

/** Boxes may be cancelled until they are loaded, changed until the cut-off. */
export const isOpen = (booking: Booking) => ['RECEIVED', 'PENDING_UPDATE', 'CONFIRMED', 'PENDING_AMENDMENT'].includes(booking.state)
/** Something may happen to it without the shipper doing anything. */
export const waits = (booking: Booking) => booking.state === 'RECEIVED' || booking.state === 'PENDING_UPDATE'

/** Why something was not done. `said` is the service's own sentence, where the page has none of its own. */
export type Refused = { code: string; words: string; said: string; fault: Fault }

const REFUSALS: Record<string, Word> = {
  'H-FULL': 'refusal.full', 'H-CLOSED': 'refusal.closed', 'H-OFFER-OVER': 'refusal.over', 'H-STATE': 'refusal.state', 'H-PLAN': 'refusal.plan',
  'H-IN-FLIGHT': 'refusal.busy',
}

export function refusalOf(error: unknown): Refused {
  const fault = faultOf(error)
  const code = fault.problem?.errors?.[0]?.code ?? ''
  const word = fault.problem?.status === 412 ? 'refusal.version' : fault.problem?.status === 503 ? 'refusal.busy' : REFUSALS[code]
  const words = fault.kind === 'unreachable' ? t('fault.unreachable') : fault.kind === 'forbidden' ? t('fault.role') : t(word ?? 'fault.refused')
  return { code, words, said: fault.problem?.detail ?? '', fault }
}

/** The service has not decided: the same request may be sent again. */
export function isUndecided({ code, fault }: Refused): boolean {
  const status = fault.problem?.status ?? 0
  return fault.kind === 'unreachable' || code === 'H-IN-FLIGHT' || status === 429 || status >= 500
}
