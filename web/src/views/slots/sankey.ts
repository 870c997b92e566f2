// A flow picture of three columns: origins, trades, destinations. Small ends are drawn together, so that names can be read.
import type { Flow } from './flows'

export const OTHERS = 'others'
export type Node = { key: string; column: number; y: number; height: number; teu: number }
export type Ribbon = { key: string; trade: string; from: Node; to: Node; y0: number; y1: number; height: number; teu: number }

/** Ends below this share of all boxes are drawn together. */
const LEAST_SHARE = 0.012
const GAP = 7

type Column = 'origin' | 'trade' | 'destination'

function sums(flows: Flow[], column: Column): Map<string, number> {
  const totals = new Map<string, number>()
  for (const flow of flows) totals.set(flow[column], (totals.get(flow[column]) ?? 0) + flow.teu)
  return totals
}

/** The same flows with the small ends under one name. */
function gathered(flows: Flow[]): Flow[] {
  const total = flows.reduce((sum, flow) => sum + flow.teu, 0)
  const [origins, destinations] = [sums(flows, 'origin'), sums(flows, 'destination')]
  const name = (totals: Map<string, number>, code: string) => (totals.get(code)! < LEAST_SHARE * total ? OTHERS : code)
  return flows.map((flow) => ({ ...flow, origin: name(origins, flow.origin), destination: name(destinations, flow.destination) }))
}

function stack(flows: Flow[], column: Column, place: number, scale: number): Map<string, Node> {
  const order = [...sums(flows, column)].sort((a, b) => Number(a[0] === OTHERS) - Number(b[0] === OTHERS) || b[1] - a[1])
  let y = 0
  return new Map(
    order.map(([key, teu]) => {
      const node = { key, column: place, y, height: teu * scale, teu }
      y += node.height + GAP
      return [key, node]
    }),
  )
}

export function sankeyOf(all: Flow[], height: number): { nodes: Node[]; ribbons: Ribbon[] } {
  const flows = gathered(all)
  const total = flows.reduce((sum, flow) => sum + flow.teu, 0)
  const most = Math.max(sums(flows, 'origin').size, sums(flows, 'destination').size)
  const scale = (height - GAP * (most - 1)) / Math.max(1, total)
  const columns = (['origin', 'trade', 'destination'] as const).map((column, place) => stack(flows, column, place, scale))
  const ribbons = [...ribbonsOf(flows, 'origin', 'trade', columns[0]!, columns[1]!, scale), ...ribbonsOf(flows, 'trade', 'destination', columns[1]!, columns[2]!, scale)]
  return { nodes: columns.flatMap((column) => [...column.values()]), ribbons }
}

function ribbonsOf(flows: Flow[], left: Column, right: Column, from: Map<string, Node>, to: Map<string, Node>, scale: number): Ribbon[] {
  const pairs = new Map<string, { a: string; b: string; trade: string; teu: number }>()
  for (const flow of flows) {
    const key = `${flow[left]} ${flow[right]}`
    const known = pairs.get(key) ?? { a: flow[left], b: flow[right], trade: flow.trade, teu: 0 }
    known.teu += flow.teu
    pairs.set(key, known)
  }
  const drawn = [...pairs].map(([key, { a, b, trade, teu }]) => ({ key: `${left} ${key}`, trade, from: from.get(a)!, to: to.get(b)!, y0: 0, y1: 0, height: teu * scale, teu }))
  const fill = (side: 'from' | 'to', edge: 'y0' | 'y1', other: 'from' | 'to') => {
    const used = new Map<string, number>()
    for (const ribbon of [...drawn].sort((x, y) => x[other].y - y[other].y)) {
      const at = used.get(ribbon[side].key) ?? 0
      ribbon[edge] = ribbon[side].y + at
      used.set(ribbon[side].key, at + ribbon.height)
    }
  }
  fill('from', 'y0', 'to')
  fill('to', 'y1', 'from')
  return drawn
}
