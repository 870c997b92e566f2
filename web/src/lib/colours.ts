// Colours of services, members and trades: hues a reader can tell apart, their lightness set by the theme in page.css.

/** Hues in degrees of OKLCH, neighbours in the list far apart on the wheel. */
const HUES = [250, 35, 145, 330, 85, 195, 10, 290, 115, 225, 60, 170, 310, 0] as const

export const hue = (place: number) => HUES[place % HUES.length]!

/** Beyond the hues, lines are dashed: 14 solid ones, then 14 dashed. */
export const dashes = (place: number) => (Math.floor(place / HUES.length) % 2 === 0 ? 'none' : '7 3')

/** Style of a thing that has the colour of its place in a list. */
export const tint = (place: number) => `--hue: ${hue(place)}`
