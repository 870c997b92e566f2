// Cargo from its origin to its destination by trade, as loaded at the origins: boxes that are transshipped count once.
import type { LoadLists } from '../../lib/plans.svelte'

export type Flow = { origin: string; destination: string; trade: string; teu: number }

export function flowsOf(calls: LoadLists['calls']): Flow[] {
  const flows = new Map<string, Flow>()
  for (const call of calls) {
    for (const row of call.load.filter((row) => row.origin === call.terminal)) {
      const key = `${row.origin} ${row.destination} ${row.trade}`
      const known = flows.get(key) ?? { origin: row.origin, destination: row.destination, trade: row.trade, teu: 0 }
      known.teu += row.volume_teu
      flows.set(key, known)
    }
  }
  return [...flows.values()].sort((a, b) => b.teu - a.teu)
}
