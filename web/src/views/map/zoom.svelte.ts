// Looking closer: by wheel, by two buttons, by dragging, and by keys.
export type View = { k: number; x: number; y: number }

const MOST = 40

export function zoomable(size: () => { width: number; height: number }) {
  const view = $state<View>({ k: 1, x: 0, y: 0 })

  /** Zooms around a point that stays where it is. */
  function zoom(factor: number, x = size().width / 2, y = size().height / 2): void {
    const k = Math.min(MOST, Math.max(0.6, view.k * factor))
    Object.assign(view, { k, x: x - ((x - view.x) * k) / view.k, y: y - ((y - view.y) * k) / view.k })
  }

  function pan(dx: number, dy: number): void {
    view.x += dx
    view.y += dy
  }

  function reset(): void {
    Object.assign(view, { k: 1, x: 0, y: 0 })
  }

  function key(event: KeyboardEvent): void {
    const step = 60
    const acts: Record<string, () => void> = {
      '+': () => zoom(1.4), '=': () => zoom(1.4), '-': () => zoom(1 / 1.4), '0': reset,
      ArrowLeft: () => pan(step, 0), ArrowRight: () => pan(-step, 0), ArrowUp: () => pan(0, step), ArrowDown: () => pan(0, -step),
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  /** An element that is zoomed by wheel and dragged. */
  function attach(element: SVGSVGElement): () => void {
    let held: { x: number; y: number } | null = null
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      const box = element.getBoundingClientRect()
      zoom(Math.exp(-event.deltaY / 400), event.clientX - box.left, event.clientY - box.top)
    }
    const down = (event: PointerEvent) => {
      held = { x: event.clientX, y: event.clientY }
    }
    const move = (event: PointerEvent) => {
      if (!held || event.buttons === 0) return
      pan(event.clientX - held.x, event.clientY - held.y)
      held = { x: event.clientX, y: event.clientY }
    }
    const up = () => {
      held = null
    }
    element.addEventListener('wheel', wheel, { passive: false })
    element.addEventListener('pointerdown', down)
    addEventListener('pointermove', move)
    addEventListener('pointerup', up)
    return () => {
      element.removeEventListener('wheel', wheel)
      element.removeEventListener('pointerdown', down)
      removeEventListener('pointermove', move)
      removeEventListener('pointerup', up)
    }
  }

  return { view, zoom, reset, key, attach }
}
