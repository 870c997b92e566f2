// Names beside terminals, without covering one another: the important ones choose first, and who finds no place waits for a closer look.
import type { Point } from './layout'

export type Wish = { key: string; at: Point; text: string; radius: number }
export type Label = { key: string; x: number; y: number; anchor: 'start' | 'middle' | 'end' }
type Box = { left: number; right: number; top: number; bottom: number }

const HEIGHT = 13
/** The boldest that a name is written in. */
const FONT = '700 12.5px'

let pen: CanvasRenderingContext2D | null = null

/** Width of a text in pixels, in the page's own font. */
function widthOf(text: string): number {
  if (!pen) {
    pen = document.createElement('canvas').getContext('2d')!
    pen.font = `${FONT} ${getComputedStyle(document.documentElement).fontFamily}`
  }
  return pen.measureText(text).width
}

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

function candidates({ at: [x, y], text, radius }: Wish): { label: Omit<Label, 'key'>; box: Box }[] {
  const width = widthOf(text)
  const gap = radius + 4
  const make = (anchor: Label['anchor'], dx: number, dy: number) => {
    const left = x + dx - (anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2)
    const base = y + dy
    return { label: { x: x + dx, y: base, anchor }, box: { left: left - 2, right: left + width + 2, top: base - HEIGHT + 2, bottom: base + 3 } }
  }
  return [
    make('start', gap, 4), make('end', -gap, 4), make('middle', 0, -gap - 2), make('middle', 0, gap + 10),
    make('start', gap - 2, -gap + 3), make('end', -gap + 2, -gap + 3), make('start', gap - 2, gap + 7), make('end', -gap + 2, gap + 7),
  ]
}

/** Places for as many wishes as fit, in their order; `taken` are dots that no name may cover. */
export function placeLabels(wishes: Wish[], taken: Wish[], size: { width: number; height: number }): Label[] {
  const boxes: Box[] = taken.map(({ at: [x, y], radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }))
  const inside = (box: Box) => box.left > 0 && box.right < size.width && box.top > 0 && box.bottom < size.height
  return wishes.flatMap((wish) => {
    const free = candidates(wish).find(({ box }) => inside(box) && boxes.every((other) => !overlap(box, other)))
    if (!free) return []
    boxes.push(free.box)
    return [{ key: wish.key, ...free.label }]
  })
}
