// Takes pictures of every view to be looked at: `node tools/pictures.mjs FOLDER [view ...]`. WATERBUS_PAGE_PLAN names a plan that is shown.
import { mkdirSync } from 'node:fs'
import { drawn, findWay, openPage, openWorld } from '../tests/world.mjs'

const [folder = 'pictures', ...wanted] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })

const VIEWS = {
  timetable: 'timetable?service=S02', board: 'timetable?by=terminal&terminal=NSA', map: 'map', schema: 'map?look=schema', diagram: 'diagram',
  day: 'diagram?day=2', berths: 'berths', berth: 'berths?terminal=HKKT', slots: 'slots', owned: 'slots?member=OP1', flows: 'slots?show=flows',
  compare: 'compare', plan: 'plan', settlement: 'settlement', book: 'book', ways: '{way}', bookings: 'book?show=bookings', booking: 'book?show=bookings&booking={booking}',
}
const PHONE = { width: 360, height: 740 }
const LOOKS = [
  { lang: 'en', theme: 'light' }, { lang: 'zh-Hans', theme: 'dark' },
  ...(process.env.ALL ? [
    { lang: 'zh-Hans', theme: 'light' }, { lang: 'en', theme: 'dark' },
    { lang: 'en', theme: 'dark', size: PHONE }, { lang: 'zh-Hans', theme: 'light', size: PHONE },
  ] : []),
]

/** A booking to look at. */
async function makeBooking(world, { journey, trade }) {
  const body = { routing_reference: journey.itinerary.routing_reference, trade, teu: 2, weight_kg: 36_000, reference: 'PO 4711' }
  const headers = { authorization: `Bearer ${world.keys.admin}`, 'content-type': 'application/json', 'idempotency-key': 'picture' }
  const answer = await fetch(`${world.origin}/api/v1/bookings`, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await answer.json()).id
}

const world = await openWorld()
const way = await findWay(world)
const booking = await makeBooking(world, way)
for (const look of LOOKS) {
  const { page, context, wrong, go } = await openPage(world, { role: 'admin', ...look })
  for (const [name, address] of Object.entries(VIEWS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    await go(address.replace('{way}', way.address).replace('{booking}', booking))
    if (name === 'ways') await page.locator('[data-way] button').first().click()
    await page.waitForTimeout(300)
    await drawn(page)
    await page.screenshot({ path: `${folder}/${name}-${look.lang}-${look.theme}${look.size ? '-phone' : ''}.png` })
  }
  wrong.forEach((what) => console.log(look.lang, what))
  await context.close()
}
await world.close()
