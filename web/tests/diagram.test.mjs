// The space-time diagram with as much to draw as the largest alliance in sight would have: few elements, and fluid all the same.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertQuiet, busyMs } from './checks.mjs'
import { drawn, openPage, openWorld } from './world.mjs'

const MANY_PIECES = 3000
/** Work of the page's thread: thirty pictures a second while the reader moves over it, and a step to another day without a pause. */
const MOST_FRAME_MS = 33
const MOST_REDRAW_MS = 300
const FRAMES = 60
const DAYS = 7

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

/** Work of a frame, and how long the frames were, while something is done in each of them. */
async function framesOf(page, act) {
  const measure = async (act, count) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    const lengths = []
    let before = await frame()
    for (let row = 0; row < count; row += 1) {
      act(row)
      const now = await frame()
      lengths.push(now - before)
      before = now
    }
    return lengths.sort((a, b) => a - b)
  }
  let lengths
  // as text: the page's policy lets no text become a function within it
  const busy = await busyMs(page, async () => (lengths = await page.evaluate(`(${measure})(${act}, ${FRAMES})`)))
  return { work: busy / FRAMES, median: lengths[FRAMES / 2] }
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
  const times = Math.ceil(MANY_PIECES / (await piecesOf(page))) + 1
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
  const select = page.locator('.head select')
  const redrawn = await busyMs(page, async () => {
    for (let day = 0; day < DAYS; day += 1) {
      await select.selectOption(String(day))
      await page.waitForURL(`**day=${day}`)
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    }
  }) / DAYS
  const told = ({ work, median }) => `${work.toFixed(1)} ms of work a frame, median frame ${Math.round(median)} ms`
  t.diagnostic(`${pieces} pieces; lit: ${told(lit)}; scrolled: ${told(scrolled)}; a day: ${Math.round(redrawn)} ms of work`)
  for (const { work } of [lit, scrolled]) assert.ok(work <= MOST_FRAME_MS, `${work} ms of work a frame`)
  assert.ok(redrawn <= MOST_REDRAW_MS, `${redrawn} ms of work for a day`)
  assertQuiet(wrong, 'a crowded diagram')
  await context.close()
})
