// The words of the page in two languages. Both dictionaries have the same keys, or the page does not build.
import { en } from '../words/en'
import { zh } from '../words/zh'
import { keep, recall } from './keep'

export type Lang = 'en' | 'zh-Hans'
export type Word = keyof typeof en

const WORDS: Record<Lang, Record<Word, string>> = { en, 'zh-Hans': zh }

function first(): Lang {
  const wanted = recall('lang') ?? navigator.language
  return wanted.startsWith('zh') ? 'zh-Hans' : 'en'
}

export const lang = $state<{ value: Lang }>({ value: first() })

export function setLang(value: Lang): void {
  lang.value = value
  keep('lang', value)
  document.documentElement.lang = value
  document.title = t('title')
}

/** A phrase; `{name}` in it is replaced. */
export function t(word: Word, values: Record<string, string | number> = {}): string {
  return WORDS[lang.value][word].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** A code of the service in words, or the code itself where the page has none for it. */
export function named(group: string, code: string): string {
  const word = `${group}.${code}`
  return word in WORDS[lang.value] ? t(word as Word) : code
}

/** The name in the reader's language. */
export const nameOf = (thing: { name: string; name_zh: string }) =>
  lang.value === 'zh-Hans' && thing.name_zh !== '' ? thing.name_zh : thing.name

setLang(lang.value)
