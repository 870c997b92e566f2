// Numbers as readers of the two languages write them.
import type { Lang } from './words.svelte'

const locale = (lang: Lang) => (lang === 'en' ? 'en-GB' : 'zh-CN')
const kept = new Map<string, Intl.NumberFormat>()

function format(lang: Lang, digits: number): Intl.NumberFormat {
  const key = `${lang} ${digits}`
  let known = kept.get(key)
  if (!known) {
    known = new Intl.NumberFormat(locale(lang), { minimumFractionDigits: digits, maximumFractionDigits: digits })
    kept.set(key, known)
  }
  return known
}

const sign = (text: string) => text.replace('-', '−')

export const number = (value: number, lang: Lang, digits = 0) => sign(format(lang, digits).format(value))

/** A name cut where it would take more room than so many letters; CJK characters take two. */
export function clipped(text: string, letters: number): string {
  let room = letters
  const kept = [...text].filter((sign) => (room -= sign.codePointAt(0)! > 0x2e80 ? 2 : 1) >= 0)
  return kept.length === [...text].length ? text : `${kept.slice(0, -1).join('').trimEnd()}…`
}

/** With a sign in front, for differences; `±0` where it rounds to nothing. */
export function signed(value: number, lang: Lang, digits = 0): string {
  const text = format(lang, digits).format(Math.abs(value))
  if (Number(text.replaceAll(',', '')) === 0) return '±0'
  return (value > 0 ? '+' : '−') + text
}

export const percent = (share: number, lang: Lang, digits = 0) => `${number(100 * share, lang, digits)} %`

/** Money of the ledger, hundredths to whole RMB. */
export const rmb = (cents: number, lang: Lang) => number(Math.round(cents / 100), lang)
