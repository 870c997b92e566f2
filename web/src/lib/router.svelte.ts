// Where the reader is: `#/view?name=value`. Everything that a reader chose is in the address, so that it can be sent to a colleague.
export type Params = Record<string, string>

type Place = { view: string; params: Params }

function read(): Place {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?')
  return { view: path, params: Object.fromEntries(new URLSearchParams(query)) }
}

export const place: Place = $state(read())

addEventListener('hashchange', () => Object.assign(place, read()))

export function address(view: string, params: Params = {}): string {
  const kept = Object.entries(params).filter(([, value]) => value !== '')
  return `#/${view}${kept.length > 0 ? `?${new URLSearchParams(kept)}` : ''}`
}

/** Changes what is chosen in this view; an empty value takes the choice back. No step back is made for it. */
export function choose(changes: Params): void {
  const params = Object.fromEntries(Object.entries({ ...place.params, ...changes }).filter(([, value]) => value !== ''))
  history.replaceState(null, '', address(place.view, params))
  place.params = params
}

/** Opens another view; the plan that is looked at stays the same. */
export function link(view: string, params: Params = {}): string {
  return address(view, { plan: place.params.plan ?? '', ...params })
}
