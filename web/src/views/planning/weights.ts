// What counts beside money: hundredths of RMB for the service, RMB for people.
import { type Schemas } from '../../api/client'
import { number } from '../../lib/numbers'
import { lang, t } from '../../lib/words.svelte'

/** The weights, and the largest that the service takes. */
export const WEIGHTS = [
  { field: 'co2_cents_per_t', most: 10_000_000 },
  { field: 'transit_cents_per_teu_day', most: 1_000_000 },
  { field: 'carried_cents_per_teu', most: 1_000_000 },
] as const

/** Weights in RMB, as they are typed. */
export type Amounts = Record<(typeof WEIGHTS)[number]['field'], number>

export const NOTHING: Amounts = { co2_cents_per_t: 0, transit_cents_per_teu_day: 0, carried_cents_per_teu: 0 }

export function inCents(amounts: Amounts): Schemas['Weights'] {
  const weights = { ...NOTHING }
  for (const { field } of WEIGHTS) weights[field] = Math.round(amounts[field] * 100)
  return weights
}

/** What counts, in words; empty where only money does. */
export function inWords(weights: Schemas['Weights']): string {
  const counted = WEIGHTS.filter(({ field }) => weights[field] > 0)
  return counted.map(({ field }) => `${t(`weight.${field}`)} ${number(weights[field] / 100, lang.value, weights[field] % 100 ? 2 : 0)}`).join(' · ')
}
