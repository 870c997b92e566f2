// Times of the timetable: minutes since Monday 00:00 in Asia/Shanghai, shown as weekday and time; and times of the world in that zone.
import type { Lang } from './words.svelte'

export const ZONE = 'Asia/Shanghai'
export const DAY = 1440
export const WEEK = 7 * DAY

const DAYS: Record<Lang, readonly string[]> = {
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  'zh-Hans': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
}

/** The remainder that is never negative. */
export function modulo(value: number, of: number): number {
  return ((value % of) + of) % of
}

/** Number of the day of the week, Monday 0. */
export const dayOf = (at: number) => Math.floor(modulo(at, WEEK) / DAY)

export const dayName = (day: number, lang: Lang) => DAYS[lang][modulo(day, 7)]!

const two = (value: number) => String(value).padStart(2, '0')

/** `06:15` */
export function clock(at: number): string {
  const minute = modulo(at, DAY)
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** `Mon 06:15` */
export const weekTime = (at: number, lang: Lang) => `${dayName(dayOf(at), lang)} ${clock(at)}`

/** Weeks after (`+1w`) or before the first, empty within it. */
export function weeksOff(at: number, lang: Lang): string {
  const weeks = Math.floor(at / WEEK)
  if (weeks === 0) return ''
  const signed = weeks > 0 ? `+${weeks}` : `−${-weeks}`
  return lang === 'en' ? `${signed}w` : `${signed}周`
}

/** `12:05` hours and minutes of a length of time. */
export const hours = (minutes: number) => `${Math.floor(minutes / 60)}:${two(Math.round(minutes) % 60)}`

/** A time of the world, RFC 3339, as read in Asia/Shanghai. */
export function worldTime(text: string, lang: Lang): string {
  const shown = { timeZone: ZONE, year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'zh-CN', shown).format(new Date(text))
}

/** `Mon 1 Dec, 06:15` */
export function dayTime(text: string, lang: Lang): string {
  const shown = { timeZone: ZONE, weekday: 'short', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'zh-CN', shown).format(new Date(text))
}

/** China has kept one offset since 1991. */
const OFFSET_MS = 8 * 3_600_000

/** A time of the world as a field for date and time holds it, read in Asia/Shanghai: `2026-12-01T06:15`. */
export const fieldTime = (at: Date) => new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 16)

/** What such a field holds, or a day in it, as RFC 3339. */
export const worldFromField = (text: string) => `${text.length === 10 ? `${text}T00:00` : text}:00+08:00`

/** Minutes from one time of the world to another. */
export const minutesBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 60_000

/** Cycles are counted from Monday 1 January 2024, 00:00 in Asia/Shanghai, as the service counts them. */
const FIRST_CYCLE = Date.UTC(2024, 0, 1) - 8 * 3_600_000

export const minuteOfCycle = (now: Date, cycle: number) => modulo(Math.floor((now.getTime() - FIRST_CYCLE) / 60_000), cycle)

/** The next time of the world that is this minute of the cycle, RFC 3339. */
export function nextTime(minute: number, cycle: number, now: Date): string {
  const passed = Math.floor((now.getTime() - FIRST_CYCLE) / 60_000) - minute
  return new Date(FIRST_CYCLE + (minute + (Math.floor(passed / cycle) + 1) * cycle) * 60_000).toISOString()
}
