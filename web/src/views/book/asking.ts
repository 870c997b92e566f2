// What a shipper asks: kept in the address, sent to the service as it stands.
import { api, type Schemas, take } from '../../api/client'
import type { Plan } from '../../lib/plan'
import type { Params } from '../../lib/router.svelte'
import { nextTime, worldFromField } from '../../lib/time'

export type Journey = Schemas['JourneyBody']
export type Trade = Schemas['Trade']
export type Cargo = Schemas['Cargo']

export const TRADES: readonly Trade[] = ['export', 'import', 'transit', 'domestic', 'cross_border_domestic', 'empty']
export const CARGOES: readonly Cargo[] = ['dry', 'reefer', 'dangerous']
export const WHENS = ['depart', 'arrive', 'week', 'ship'] as const
export type When = (typeof WHENS)[number]

/** A question. `at` is a date and time, or for a week its first day, as fields hold them; for a mother vessel `ship` is its code. */
export type Question = {
  from: string
  to: string
  when: When
  at: string
  ship: string
  trade: Trade
  cargo: Cargo
  teu: number
  kg: number
  room: boolean
}

const whole = (text: string | undefined, usual: number) => (text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : usual)

export function questionOf(params: Params): Question {
  return {
    from: params.from ?? '',
    to: params.to ?? '',
    when: WHENS.find((known) => known === params.when) ?? 'depart',
    at: params.at ?? '',
    ship: params.ship ?? '',
    trade: TRADES.find((known) => known === params.trade) ?? 'export',
    cargo: CARGOES.find((known) => known === params.cargo) ?? 'dry',
    teu: whole(params.teu, 1),
    kg: whole(params.kg, 0),
    room: params.room === 'only',
  }
}

export function paramsOf(asked: Question): Params {
  const { from, trade, cargo, when } = asked
  const isShip = when === 'ship'
  return {
    from, trade, cargo, when,
    to: isShip ? '' : asked.to,
    at: isShip ? '' : asked.at,
    ship: isShip ? asked.ship : '',
    teu: String(asked.teu),
    kg: String(asked.kg),
    room: asked.room ? 'only' : '',
  }
}

/** Enough is said to look for ways. */
export const isAsked = (asked: Question) => asked.from !== '' && (asked.when === 'ship' ? asked.ship !== '' : asked.to !== '')

/** The latest arrival that was asked for, which the alliance keeps when the timetable changes: a time, or the ship's next cut-off. */
export function arriveBy({ when, at, ship }: Question, { network, cycle }: Plan): string | null {
  const mother = network.mothers.find((known) => known.mother_vessel === ship)
  if (when === 'ship' && mother) return nextTime(mother.barge_cut_off_min, cycle, new Date())
  return when === 'arrive' && at !== '' ? worldFromField(at) : null
}

function time({ when, at, ship }: Question) {
  if (when === 'ship') return { mother_vessel: ship }
  if (at === '') return {}
  return when === 'week' ? { week: at.slice(0, 10) } : { [when]: worldFromField(at) }
}

export function askWays(asked: Question, cursor: string | undefined) {
  const { from, trade, cargo, teu, kg } = asked
  const to = asked.when === 'ship' ? {} : { to: asked.to }
  const query = { from, ...to, ...time(asked), trade, cargo, teu, weight_kg: kg, show: asked.room ? 'room' : 'all', limit: 50, ...(cursor && { cursor }) }
  return take(api.GET('/api/v1/journeys', { params: { query } }))
}
