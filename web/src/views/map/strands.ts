// Strands as lines beside each other: vessels keep to the starboard side, so the two directions of a stretch lie on its two sides.
import { curveCatmullRom, line } from 'd3-shape'
import type { Point } from './layout'
import type { Strand } from './traffic'

export type Drawn = { strand: Strand; path: string; width: number; middle: Point; angle: number; length: number }

/** Points nearer to each other than this are drawn as one, in pixels: offsets of crowded points would cross. */
const LEAST_STEP = 7
const WIDEST = 7
const THINNEST = 1.2
const GAP = 0.8

const smooth = line<Point>().curve(curveCatmullRom.alpha(0.5))

function thinned(points: Point[]): Point[] {
  const kept: Point[] = [points[0]!]
  for (const point of points.slice(1, -1)) {
    const [x, y] = kept.at(-1)!
    if (Math.hypot(point[0] - x, point[1] - y) >= LEAST_STEP) kept.push(point)
  }
  const last = points.at(-1)!
  if (kept.length > 1 && Math.hypot(last[0] - kept.at(-1)![0], last[1] - kept.at(-1)![1]) < LEAST_STEP) kept.pop()
  return [...kept, last]
}

/** The line moved to its right by some pixels. */
function moved(points: Point[], by: number): Point[] {
  return points.map((point, row) => {
    const before = points[Math.max(0, row - 1)]!
    const after = points[Math.min(points.length - 1, row + 1)]!
    const [dx, dy] = [after[0] - before[0], after[1] - before[1]]
    const length = Math.hypot(dx, dy) || 1
    return [point[0] - (dy / length) * by, point[1] + (dx / length) * by]
  })
}

function middleOf(points: Point[]): { middle: Point; angle: number; length: number } {
  const steps = points.slice(1).map((point, row) => Math.hypot(point[0] - points[row]![0], point[1] - points[row]![1]))
  const length = steps.reduce((sum, step) => sum + step, 0)
  let left = length / 2
  let row = 0
  while (row < steps.length - 1 && left > steps[row]!) left -= steps[row++]!
  const [a, b] = [points[row]!, points[row + 1]!]
  const share = left / (steps[row] || 1)
  const angle = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI
  return { middle: [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])], angle, length }
}

/** Width by load where loads are known, else by sailings. */
export function widthOf(strand: Strand, most: number, scale: number): number {
  return scale * (THINNEST + (WIDEST - THINNEST) * ((strand.teu ?? strand.sailings) / Math.max(1, most)))
}

export function drawStrands(strands: Strand[], links: Map<string, Point[]>, scale: number): Drawn[] {
  const most = Math.max(...strands.map((strand) => strand.teu ?? strand.sailings), 1)
  const taken = new Map<string, number>()
  return strands.flatMap((strand) => {
    const course = links.get(strand.link)
    if (!course || course.length < 2) return []
    const points = thinned(strand.downstream ? course : [...course].reverse())
    const width = widthOf(strand, most, scale)
    const side = `${strand.link} ${strand.downstream}`
    const inner = taken.get(side) ?? GAP
    taken.set(side, inner + width + GAP)
    const beside = moved(points, inner + width / 2)
    return [{ strand, path: smooth(beside) ?? '', width, ...middleOf(beside) }]
  })
}
