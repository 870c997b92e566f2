// Where everything lies: the map as it is, or a schema in which the crowded delta has room.
import { geoMercator } from 'd3-geo'
import { scaleLinear } from 'd3-scale'
import type { Network } from '../../lib/plans.svelte'

export type Point = [number, number]
export type Layout = {
  nodes: Map<string, Point>
  /** From the link's `from` to its `to`. */
  links: Map<string, Point[]>
  land: Point[][]
}

type Size = { width: number; height: number }
type Node = { code: string; lon: number; lat: number }

const MARGIN = 56

const nodesOf = (network: Network): Node[] => [
  ...network.terminals.map(({ terminal, lon, lat }) => ({ code: terminal, lon, lat })),
  ...network.junctions.map(({ junction, lon, lat }) => ({ code: junction, lon, lat })),
]

/** The map itself, fitted to the terminals that are served. */
export function chartLayout(network: Network, served: ReadonlySet<string>, { width, height }: Size): Layout {
  const inside = network.terminals.filter((terminal) => served.has(terminal.terminal))
  const points = (inside.length > 1 ? inside : network.terminals).map(({ lon, lat }) => [lon, lat] as Point)
  const projection = geoMercator().fitExtent(
    [[MARGIN, MARGIN], [width - MARGIN, height - MARGIN]],
    { type: 'MultiPoint', coordinates: points },
  )
  const at = (place: number[]) => projection([place[0]!, place[1]!]) as Point
  return {
    nodes: new Map(nodesOf(network).map((node) => [node.code, at([node.lon, node.lat])])),
    links: new Map(network.links.map((link) => [link.link, link.line.map(at)])),
    land: network.land.map((ring) => ring.map(at)),
  }
}

/** How much of a node's place is its rank among all nodes, and not its coordinate. */
const RANK_SHARE = 0.72

/** Keeps west, east, north and south of each other as they are, and gives each node about the same room. */
function spread(values: number[], least: number, most: number): (value: number) => number {
  const sorted = [...new Set(values)].sort((a, b) => a - b)
  const scale = scaleLinear([sorted[0]!, sorted.at(-1)!], [0, 1])
  const rank = new Map(sorted.map((value, row) => [value, row / Math.max(1, sorted.length - 1)]))
  return (value) => least + (most - least) * (RANK_SHARE * rank.get(value)! + (1 - RANK_SHARE) * scale(value))
}

/** The schema: straight lines between the nodes that are sailed past, no land. */
export function schemaLayout(network: Network, sailed: ReadonlySet<string>, { width, height }: Size): Layout {
  const drawn = network.links.filter((link) => sailed.has(link.link))
  const used = new Set(drawn.flatMap((link) => [link.from, link.to]))
  const all = nodesOf(network).filter((node) => used.has(node.code))
  if (all.length === 0) return { nodes: new Map(), links: new Map(), land: [] }
  const x = spread(all.map((node) => node.lon), MARGIN, width - MARGIN)
  const y = spread(all.map((node) => -node.lat), MARGIN, height - MARGIN)
  const nodes = new Map(all.map((node) => [node.code, [x(node.lon), y(-node.lat)] as Point]))
  return { nodes, links: new Map(drawn.map((link) => [link.link, [nodes.get(link.from)!, nodes.get(link.to)!]])), land: [] }
}
