// When nobody may berth at a terminal: outside its opening hours, and outside agreed windows where the reader sees them.
import type { Place } from '../../lib/plans.svelte'
import { DAY } from '../../lib/time'

export type Span = { from: number; to: number }

/** What of the cycle the spans leave free. */
function between(spans: Span[], cycle: number): Span[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from)
  const free: Span[] = []
  let at = 0
  for (const { from, to } of sorted) {
    if (from > at) free.push({ from: at, to: from })
    at = Math.max(at, to)
  }
  if (at < cycle) free.push({ from: at, to: cycle })
  return free
}

export function closedSpans(terminal: Place, cycle: number): Span[] {
  const { open_from_min: from, open_to_min: to } = terminal
  if (from == null || to == null) return []
  const days = Array.from({ length: Math.ceil(cycle / DAY) }, (_, day) => ({ from: day * DAY + from, to: day * DAY + to }))
  return between(days, cycle)
}

export function outsideWindows(terminal: Place, cycle: number): Span[] {
  const windows = terminal.windows ?? []
  return windows.length === 0 ? [] : between(windows.map(({ from_min, to_min }) => ({ from: from_min, to: to_min })), cycle)
}
