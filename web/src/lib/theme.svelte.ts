import { keep, recall } from './keep'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

function remembered(): Theme {
  return THEMES.find((theme) => theme === recall('theme')) ?? 'auto'
}

export const theme = $state({ value: remembered() })

export function setTheme(value: Theme): void {
  theme.value = value
  keep('theme', value)
  document.documentElement.dataset.theme = value
}

setTheme(theme.value)
