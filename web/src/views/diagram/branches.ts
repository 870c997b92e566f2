// The waterway as branches: each a line of stretches that is drawn as one panel, the busiest first. A stretch belongs to one branch.
import type { Network } from '../../lib/plans.svelte'

export type Stop = { code: string; at_m: number }
export type BranchLink = { link: string; from_m: number; to_m: number; /** Sailed from top to bottom when downstream. */ down: boolean; lock: string | null }
export type Branch = { stops: Stop[]; links: BranchLink[]; length_m: number; sailings: number }

type Link = Network['links'][number]

/** Sailings a week on each link, both ways together. */
export function trafficOf(network: Network, sailings: ReadonlyMap<string, number>): Map<string, number> {
  const traffic = new Map<string, number>()
  for (const leg of network.legs) {
    for (const { link } of leg.stretches) traffic.set(link, (traffic.get(link) ?? 0) + (sailings.get(leg.service) ?? 0))
  }
  return traffic
}

/** From the busiest stretch that is left, a branch grows both ways over the busiest stretches that are left. */
export function branchesOf(network: Network, traffic: ReadonlyMap<string, number>): Branch[] {
  const left = new Map(network.links.filter((link) => (traffic.get(link.link) ?? 0) > 0).map((link) => [link.link, link]))
  const busy = (link: Link) => traffic.get(link.link) ?? 0
  const busiest = (links: Iterable<Link>) => [...links].sort((a, b) => busy(b) - busy(a) || b.length_m - a.length_m || a.link.localeCompare(b.link))[0]
  const branches: Branch[] = []
  for (let first = busiest(left.values()); first; first = busiest(left.values())) {
    left.delete(first.link)
    const chain = [first]
    const ends: [string, string] = [first.from, first.to]
    const passed = new Set(ends)
    for (const end of [0, 1] as const) {
      for (;;) {
        const at = ends[end]
        const onward = [...left.values()].filter((link) => (link.from === at && !passed.has(link.to)) || (link.to === at && !passed.has(link.from)))
        const next = busiest(onward)
        if (!next) break
        left.delete(next.link)
        ends[end] = next.from === at ? next.to : next.from
        passed.add(ends[end])
        if (end === 0) chain.unshift(next)
        else chain.push(next)
      }
    }
    branches.push(upstreamFirst(chain, ends[0], traffic))
  }
  return branches
}

/** The branch as distances from its upstream end. */
function upstreamFirst(chain: Link[], start: string, traffic: ReadonlyMap<string, number>): Branch {
  let at = start
  const downstream = chain.reduce((sum, link) => {
    const down = link.from === at
    at = down ? link.to : link.from
    return sum + (down ? link.length_m : -link.length_m)
  }, 0)
  const [links, first] = downstream >= 0 ? [chain, start] : [[...chain].reverse(), at]
  const stops: Stop[] = [{ code: first, at_m: 0 }]
  const laid: BranchLink[] = []
  for (const link of links) {
    const { code, at_m } = stops.at(-1)!
    const down = link.from === code
    const end = at_m + link.length_m
    laid.push({ link: link.link, from_m: at_m, to_m: end, down, lock: link.lock ?? null })
    stops.push({ code: down ? link.to : link.from, at_m: end })
  }
  return { stops, links: laid, length_m: stops.at(-1)!.at_m, sailings: Math.max(...chain.map((link) => traffic.get(link.link) ?? 0)) }
}
