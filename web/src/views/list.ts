// The views: where each is, who has use for it, and what draws it. Each is loaded when it is first opened.
import type { Component } from 'svelte'
import { makesPlans, seesOperations, seesSlots } from '../lib/session.svelte'
import type { Word } from '../lib/words.svelte'

export type View = {
  path: string
  word: Word
  /** Whether the reader finds something there; the address opens it all the same, and says who may see it. */
  shown: () => boolean
  load: () => Promise<{ default: Component }>
}

const everybody = () => true

export const VIEWS: readonly View[] = [
  { path: 'timetable', word: 'view.timetable', shown: everybody, load: () => import('./timetable/Timetable.svelte') },
  { path: 'book', word: 'view.book', shown: everybody, load: () => import('./book/Book.svelte') },
  { path: 'map', word: 'view.map', shown: everybody, load: () => import('./map/MapView.svelte') },
  { path: 'diagram', word: 'view.diagram', shown: everybody, load: () => import('./diagram/Diagram.svelte') },
  { path: 'berths', word: 'view.berths', shown: seesOperations, load: () => import('./berths/Berths.svelte') },
  { path: 'slots', word: 'view.slots', shown: seesSlots, load: () => import('./slots/Slots.svelte') },
  { path: 'settlement', word: 'view.settlement', shown: seesSlots, load: () => import('./settlement/Settlement.svelte') },
  { path: 'compare', word: 'view.compare', shown: seesOperations, load: () => import('./compare/Compare.svelte') },
  { path: 'plan', word: 'view.plan', shown: makesPlans, load: () => import('./planning/Planning.svelte') },
]

export const START = 'timetable'
