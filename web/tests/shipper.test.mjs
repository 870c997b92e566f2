// The shipper's counter in its parts, on the toy river: what is asked for, what is sent, and what is seen when something goes wrong.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertAccessible, assertFits, assertQuiet, assertWorded } from './checks.mjs'
import { drawn, findWay, openPage, openWorld } from './world.mjs'

let world
let found
before(async () => {
  world = await openWorld({ instance: 'instances/toy', plan: 'tests/http/fixtures/toy-plan.json' })
  found = await findWay(world)
})
after(() => world?.close())

/** Opens the way of the tests in a search for one TEU. */
async function openWay({ page, go }) {
  await go(found.address)
  const way = page.locator(`[data-way="${found.journey.itinerary.routing_reference}"]`)
  await way.locator('button[aria-expanded=false]').click()
  return way
}

/** Books the way of the tests, and lies at the booking. */
async function makeBooking(opened) {
  const way = await openWay(opened)
  await way.locator('form button.main').click()
  await opened.page.locator('.standing[data-state=CONFIRMED]').waitFor()
  return new URLSearchParams(new URL(opened.page.url()).hash.split('?')[1]).get('booking')
}

test('a booking to meet a mother vessel keeps her cut-off', async () => {
  const { page, context, go } = await openPage(world, { role: 'shipper' })
  const { mothers, cycle_min } = await world.ask('GET', '/api/v1/plans/current/network')
  const [ship] = mothers
  await page.route('**/api/v1/journeys?*', (route) => route.fulfill({ json: { items: [found.journey], next_cursor: null } }))
  await page.route('**/api/v1/bookings', (route) => route.abort())
  await go(`book?from=${found.from}&when=ship&ship=${ship.mother_vessel}`)
  await page.locator('[data-way] button').click()
  const sent = page.waitForRequest((request) => request.method() === 'POST')
  await page.locator('[data-way] form button.main').click()
  const by = Date.parse((await sent).postDataJSON().arrive_by)
  // Monday 1 January 2024, 00:00 in Asia/Shanghai
  const minute = ((by - Date.parse('2024-01-01T00:00:00+08:00')) / 60_000) % cycle_min
  assert.equal(minute, ship.barge_cut_off_min)
  assert.ok(by > Date.now() && by <= Date.now() + cycle_min * 60_000, 'the next one')
  await context.close()
})

test('a way says what the service says of it', async () => {
  const opened = await openPage(world, { role: 'shipper' })
  const way = await openWay(opened)
  const text = await way.innerText()
  const { quote, footprint, free_teu, itinerary } = found.journey
  for (const amount of [...quote.items.map((item) => item.amount_cents), quote.total_cents]) {
    assert.ok(text.includes((amount / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })), `${amount} is shown`)
  }
  assert.ok(text.includes(`${(footprint.co2e_g / 1000).toFixed(1)} kg`) && text.includes(`${free_teu} TEU`))
  for (const { voyage } of itinerary.rides) assert.ok(text.includes(voyage))
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })
  for (const time of [itinerary.hand_over_by, itinerary.fetch_from, itinerary.rides[0].departure, itinerary.rides.at(-1).arrival]) {
    assert.ok(text.includes(clock.format(new Date(time))), time)
  }
  await opened.context.close()
})

test('a booking whose answer was lost is sent again with its key, and is made once', async () => {
  const opened = await openPage(world, { role: 'shipper' })
  const { page, context } = opened
  const keys = []
  await page.route('**/api/v1/bookings', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    keys.push(route.request().headers()['idempotency-key'])
    if (keys.length > 1) return route.continue()
    await route.fetch()
    await route.abort()
  })
  const before = (await world.ask('GET', '/api/v1/bookings')).items.length
  const way = await openWay(opened)
  await way.getByLabel('Your reference').fill('lost and found')
  await way.locator('form button.main').click()
  await way.locator('form [role=alert]').waitFor()
  await way.locator('form button.main').click()
  await page.locator('.standing[data-state=CONFIRMED]').waitFor()
  assert.equal((await world.ask('GET', '/api/v1/bookings')).items.length, before + 1)
  assert.equal(keys[0], keys[1])
  await page.goBack().catch(() => null)
  await makeBooking(opened)
  assert.notEqual(keys[2], keys[0], 'another booking has a key of its own')
  await context.close()
})

test('a booking is amended, its papers are there, and it is found in the list', async () => {
  const opened = await openPage(world, { role: 'shipper' })
  const { page, context, go, wrong } = opened
  const id = await makeBooking(opened)
  for (const name of ['Confirmation', 'iCalendar']) {
    const answer = await context.request.get(world.origin + (await page.getByRole('link', { name }).getAttribute('href')))
    assert.ok(answer.ok() && (await answer.text()).includes(id), name)
  }
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await page.locator('fieldset label').nth(1).waitFor()
  await assertAccessible(page, 'changing a booking')
  await page.getByLabel('TEU', { exact: true }).fill('2')
  await page.locator('fieldset input').nth(1).check()
  await page.getByRole('button', { name: 'Change the booking' }).click()
  await page.getByText('2 TEU, 0 kg').waitFor()
  const amended = await world.ask('GET', `/api/v1/bookings/${id}`)
  assert.equal(amended.teu, 2)
  assert.notEqual(amended.itinerary.routing_reference, found.journey.itinerary.routing_reference)
  await page.getByRole('button', { name: 'All bookings' }).click()
  await page.locator(`[data-booking="${id}"]`).click()
  await page.getByText('2 TEU, 0 kg').waitFor()
  await go('book?show=bookings&state=COMPLETED')
  assert.match(await page.locator('main').innerText(), /No booking in this state/)
  assertQuiet(wrong, 'amending')
  await context.close()
})

test('what somebody else has changed meanwhile is not overwritten', async () => {
  const opened = await openPage(world, { role: 'shipper' })
  const { page, context } = opened
  const id = await makeBooking(opened)
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await page.getByLabel('TEU', { exact: true }).fill('3')
  await world.ask('POST', `/api/v1/bookings/${id}/cancel`)
  await page.getByRole('button', { name: 'Change the booking' }).click()
  await page.getByText('has changed meanwhile').waitFor()
  await page.locator('.standing[data-state=CANCELLED]').waitFor()
  assert.equal((await world.ask('GET', `/api/v1/bookings/${id}`)).teu, 1)
  await context.close()
})

test('all that is wrong with a booking is said where it was sent', async () => {
  const opened = await openPage(world, { role: 'shipper' })
  const { page, context } = opened
  const way = await openWay(opened)
  await page.route('**/api/v1/bookings', (route) => route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), routing_reference: 'nowhere' }) }))
  await way.locator('form button.main').click()
  assert.match(await way.locator('form [role=alert]').innerText(), /routing_reference.*no way of the published timetable/s)
  await context.close()
})

test('an offer is left to the next, who gets it', async () => {
  const [first, second, third] = await Promise.all(['shipper', 'rival', 'alliance_planner'].map((role) => openPage(world, { role })))
  const { journey, address } = await findWay(world)
  const order = async ({ page, go }, state) => {
    await go(`${address}&teu=${journey.free_teu}`)
    const way = page.locator(`[data-way="${journey.itinerary.routing_reference}"]`)
    await way.locator('button[aria-expanded=false]').click()
    await way.locator('form button.main').click()
    await page.locator(`.standing[data-state=${state}]`).waitFor()
  }
  await order(first, 'CONFIRMED')
  await order(second, 'RECEIVED')
  await order(third, 'RECEIVED')
  assert.ok(await third.page.getByText('Place 2 in the line').isVisible())
  await first.page.getByRole('button', { name: 'Cancel the booking' }).click()
  await first.page.getByRole('button', { name: 'Cancel the booking' }).click()
  await second.page.getByRole('button', { name: 'Leave them to the next' }).click({ timeout: 40_000 })
  await second.page.locator('.standing[data-state=REJECTED]').waitFor()
  await third.page.locator('.standing[data-state=PENDING_UPDATE]').waitFor({ timeout: 40_000 })
  await third.page.getByRole('button', { name: 'Cancel the booking' }).click()
  await third.page.getByRole('button', { name: 'Cancel the booking' }).click()
  await third.page.locator('.standing[data-state=CANCELLED]').waitFor()
  for (const { context } of [first, second, third]) await context.close()
})

test('who may only look sees ways and no form, and planners see everybody’s bookings', async () => {
  const port = await openPage(world, { role: 'port_planner' })
  const way = await openWay(port)
  assert.equal(await way.locator('form').count(), 0)
  assert.match(await way.innerText(), /does not book/)
  await port.context.close()

  const shipper = await openPage(world, { role: 'shipper' })
  const id = await makeBooking(shipper)
  await shipper.context.close()
  for (const [role, count] of [['alliance_planner', 1], ['rival', 0], ['member', 0]]) {
    const { page, context, go } = await openPage(world, { role })
    await go('book?show=bookings')
    assert.equal(await page.locator(`[data-booking="${id}"]`).count(), count, role)
    await context.close()
  }
})

test('the counter fits a phone of 360 pixels', async () => {
  for (const lang of ['en', 'zh-Hans']) {
    const opened = await openPage(world, { role: 'shipper', lang, size: { width: 360, height: 740 } })
    const { page, context, go, wrong } = opened
    for (const address of ['book', 'book?show=bookings']) {
      await go(address)
      await assertFits(page, address)
      await assertAccessible(page, `${address} on a phone`)
      await assertWorded(page, address)
    }
    const way = await openWay(opened)
    await assertFits(page, 'a way on a phone')
    await assertAccessible(page, 'a way on a phone')
    await way.locator('form button.main').click()
    await page.locator('.standing[data-state=CONFIRMED]').waitFor()
    await drawn(page)
    await assertFits(page, 'a booking on a phone')
    await assertAccessible(page, 'a booking on a phone')
    assertQuiet(wrong, 'on a phone')
    await context.close()
  }
})

test('a booking that no timetable carries any more says so', async () => {
  const opened = await openPage(world, { role: 'shipper' })
  const { page, context, go } = opened
  const id = await makeBooking(opened)
  const { items } = await world.ask('GET', '/api/v1/plans')
  await world.ask('POST', `/api/v1/plans/${items[0].id}/withdraw`, { note: 'test' })
  await go(`book?show=bookings&booking=${id}`)
  await page.reload()
  await page.locator('.standing[data-state=PENDING_AMENDMENT]').waitFor()
  assert.match(await page.locator('.standing').innerText(), /No timetable is published/)
  await assertAccessible(page, 'a stranded booking')
  await go('book')
  await page.waitForSelector('[data-fault=missing]')
  await context.close()
})
