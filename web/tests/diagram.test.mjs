// The space-time diagram with as much to draw as the largest alliance in sight would have: few elements, and fluid all the same.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { drawn, openPage, openWorld } from './world.mjs'

const MANY_PIECES = 3000
/** A picture every sixth of a second while the reader moves over it; a step to another day is seen without a pause. */
const MOST_FRAME_MS = 160
const MOST_MEDIAN_MS = 50
const MOST_REDRAW_MS = 500

let world
before(async () => {
  world = await openWorld()
})
after(() => world?.close())

const piecesOf = (page) =>
  page.evaluate(() => [...document.querySelectorAll('.thread path:not(.touch)')].reduce((sum, path) => sum + path.getAttribute('d').split('M').length - 1, 0))

/** Sailings between those of the plan, so many in the place of one: another plan, drawn by the page as any. */
function crowd(timetable, times) {
  const gap = timetable.cycle_min / (7 * times)
  const moved = (sailing, copy) => {
    const by = Math.round(copy * gap)
    const shift = (part) => Object.fromEntries(Object.entries(part).map(([name, value]) => [name, name.endsWith('_min') ? value + by : value]))
    return { ...shift(sailing), number: sailing.number * times + copy, calls: sailing.calls.map(shift) }
  }
  return { ...timetable, sailings: timetable.sailings.flatMap((sailing) => Array.from({ length: times }, (_, copy) => moved(sailing, copy))) }
}

/** Lengths of the frames while something is done in each of them, the shortest first. */
function framesOf(page, act) {
  const measure = async (act) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    const lengths = []
    let before = await frame()
    for (let row = 0; row < 60; row += 1) {
      act(row)
      const now = await frame()
      lengths.push(now - before)
      before = now
    }
    return lengths.sort((a, b) => a - b)
  }
  // as text: the page's policy lets no text become a function within it
  return page.evaluate(`(${measure})(${act})`)
}

test('the diagram draws its pieces with few elements', async () => {
  const { page, context, go } = await openPage(world)
  await go('diagram')
  await page.waitForSelector('.thread')
  assert.ok((await piecesOf(page)) > 500)
  const [paths, threads] = await page.evaluate(() => [document.querySelectorAll('.thread path').length, document.querySelectorAll('.thread').length])
  assert.equal(paths, 4 * threads, 'a path for each kind of piece, not for each piece')
  await context.close()
})

test('the diagram stays fluid with 3,000 pieces: lit by the pointer, scrolled, and stepped from day to day', async (t) => {
  const { page, context, go, wrong } = await openPage(world)
  await go('diagram')
  await page.waitForSelector('.thread')
  const times = Math.ceil(MANY_PIECES / (await piecesOf(page)))
  await page.route('**/timetable', async (route) => route.fulfill({ json: crowd(await (await route.fetch()).json(), times) }))
  await page.reload()
  await drawn(page)
  await page.waitForSelector('.thread')
  const pieces = await piecesOf(page)
  assert.ok(pieces >= MANY_PIECES, `${pieces} pieces`)

  const lit = await framesOf(page, (frame) => {
    const threads = document.querySelectorAll('.thread')
    threads[(frame * 7) % threads.length].dispatchEvent(new MouseEvent('mouseenter'))
  })
  assert.ok((await page.locator('.thread.lit').count()) > 0)
  const scrolled = await framesOf(page, (frame) => scrollTo(0, frame * 12))
  const days = []
  for (let day = 0; day < 7; day += 1) {
    days.push(await page.evaluate(async (day) => {
      const select = document.querySelector('.head label:last-of-type select')
      const start = performance.now()
      select.value = day
      select.dispatchEvent(new Event('change'))
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      return Math.round(performance.now() - start)
    }, String(day)))
    assert.match(page.url(), new RegExp(`day=${day}`))
  }
  const told = (lengths) => `median ${Math.round(lengths[lengths.length >> 1])} ms, longest ${Math.round(lengths.at(-1))} ms`
  t.diagnostic(`${pieces} pieces; frames while lit: ${told(lit)}; while scrolled: ${told(scrolled)}; a day redrawn in ${Math.max(...days)} ms at most`)
  for (const lengths of [lit, scrolled]) {
    assert.ok(lengths[lengths.length >> 1] <= MOST_MEDIAN_MS, told(lengths))
    assert.ok(lengths.at(-1) <= MOST_FRAME_MS, told(lengths))
  }
  assert.ok(Math.max(...days) <= MOST_REDRAW_MS, `${days}`)
  assert.deepEqual(wrong, [])
  await context.close()
})
