// Every view in both languages, by who may see it, on a desk and on a phone, with and without a plan.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { assertAccessible, assertFits, assertQuiet, assertShown, busyMs } from './checks.mjs'
import { drawn, findWay, openPage, openWorld } from './world.mjs'

/** View, its name in both languages, and something that only its picture has. */
const VIEWS = [
  ['timetable', 'Timetable', '时刻表', 'table tbody tr'],
  ['timetable?by=terminal', 'Timetable', '时刻表', 'tr.day'],
  ['map', 'Map', '航线图', '.strand'],
  ['map?look=schema', 'Map', '航线图', '.strand'],
  ['diagram', 'Space-time diagram', '时空图', '.thread path.string[d^=M]'],
  ['diagram?day=2', 'Space-time diagram', '时空图', '.thread path.string[d^=M]'],
  ['book', 'Book', '订舱', 'form select'],
  ['{way}', 'Book', '订舱', 'article dl'],
  ['book?show=bookings', 'Book', '订舱', '.state'],
  ['berths', 'Berths', '泊位', 'rect.stay'],
  ['slots', 'Slots', '舱位', 'td.number small'],
  ['slots?show=flows', 'Slots', '舱位', 'path.ribbon'],
  ['settlement', 'Settlement', '结算', '[data-check]'],
  ['compare', 'Compare', '方案对比', '.state'],
  ['plan', 'Plan', '编制方案', 'input[type=radio]'],
]
const LOOKS = [
  { lang: 'en', theme: 'light' },
  { lang: 'zh-Hans', theme: 'dark' },
]

/** From nothing to the picture, on a core of its own. */
const MOST_MS = 1000

let world
let way
before(async () => {
  world = await openWorld()
  way = await findWay(world)
})
after(() => world?.close())

for (const { lang, theme } of LOOKS) {
  describe(`views in ${lang}, ${theme}`, () => {
    for (const [address, en, zh, picture] of VIEWS) {
      test(`${address} is drawn, accessible and quiet`, async (t) => {
        const { page, context, wrong, go } = await openPage(world, { role: 'admin', lang, theme })
        const busy = await busyMs(page, async () => {
          await go(address.replace('{way}', way.address))
          await page.waitForSelector(picture)
        })
        const ms = await page.evaluate(() => Math.round(performance.now() - Math.max(...performance.getEntriesByType('resource').map((entry) => entry.responseEnd))))
        t.diagnostic(`drawn ${ms} ms after its data; ${busy} ms of work, scripts and the first load included`)
        assert.ok(busy < MOST_MS, `${busy} ms of work`)
        assert.equal(await page.locator('h1').innerText(), lang === 'en' ? en : zh)
        assert.equal(await page.evaluate(() => document.documentElement.lang), lang)
        await assertShown(page, address)
        assertQuiet(wrong, address)
        await context.close()
      })
    }
  })
}

test('the languages change places at a touch, and the choice stays', async () => {
  const { page, context, go } = await openPage(world)
  await go('timetable')
  await page.getByRole('button', { name: '中文' }).click()
  assert.equal(await page.locator('h1').innerText(), '时刻表')
  await page.reload()
  await drawn(page)
  assert.equal(await page.locator('h1').innerText(), '时刻表')
  await context.close()
})

test('times are those of Shanghai wherever the reader is', async () => {
  const zones = ['America/New_York', 'Pacific/Auckland']
  const shown = []
  for (const timezoneId of zones) {
    const context = await world.browser.newContext({ timezoneId, locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto(`${world.origin}/#/timetable`)
    await page.waitForSelector('table tbody tr')
    assert.match(await page.locator('.zone').innerText(), /Asia\/Shanghai/)
    shown.push(await page.locator('table').innerText())
    await context.close()
  }
  assert.equal(shown[0], shown[1])
})

test('who may not see a view is told so, and what would open it', async () => {
  for (const [role, address] of [['public', 'berths'], ['public', 'slots'], ['public', 'plan'], ['public', 'settlement'], ['public', 'book?from=NSA&to=SHK'], ['public', 'book?show=bookings'], ['shipper', 'berths'], ['shipper', 'settlement'], ['port_planner', 'book?show=bookings'], ['member', 'compare?b=current'], ['port_planner', 'plan']]) {
    const { page, context, wrong, go } = await openPage(world, { role })
    await go(address)
    await page.waitForSelector('[data-fault=forbidden]')
    await assertAccessible(page, `${address} by ${role}`)
    // a browser notes each refusal on its console; nothing else may stand there
    assertQuiet(wrong.filter((what) => !/status of 40[13]/.test(what)), `${address} by ${role}`)
    const views = await page.locator('nav a').allInnerTexts()
    assert.ok(!views.includes('Plan'), 'the bar names only what the reader has use for')
    await context.close()
  }
})

test('a member sees its own allotments, and no rival’s', async () => {
  const { page, context, wrong, go } = await openPage(world, { role: 'member' })
  await go('slots')
  assert.deepEqual(await page.locator('label:has-text("Slots of") option').allInnerTexts().then((texts) => texts.map((text) => text.slice(0, 3))), ['Eve', 'OP1'])
  assertQuiet(wrong, 'slots by a member')
  await context.close()
})

test('an address that names no plan or no view says so', async () => {
  const { page, context, go } = await openPage(world)
  await go('timetable?plan=01900000-0000-7000-8000-000000000000')
  await page.waitForSelector('[data-fault=missing]')
  await go('nowhere')
  assert.match(await page.locator('main').innerText(), /no such view/)
  await context.close()
})

test('a service that went away is told apart from one that refuses, and asked again', async () => {
  const { page, context, go } = await openPage(world)
  await page.route('**/api/v1/plans/**', (route) => route.abort())
  await go('timetable')
  await page.waitForSelector('[data-fault=unreachable]')
  await page.unroute('**/api/v1/plans/**')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.waitForSelector('table tbody tr')
  await context.close()
})

test('the timetable fits a phone', async () => {
  for (const lang of ['en', 'zh-Hans']) {
    const { page, context, wrong, go } = await openPage(world, { lang, size: { width: 390, height: 844 } })
    for (const address of ['timetable', 'timetable?by=terminal', 'map']) {
      await go(address)
      await assertFits(page, address)
      await assertAccessible(page, `${address} on a phone`)
    }
    assertQuiet(wrong, 'on a phone')
    await context.close()
  }
})

test('every view is reached and worked by keyboard', async () => {
  const { page, context, go } = await openPage(world, { role: 'admin' })
  await go('timetable')
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip')
  await page.locator('nav a', { hasText: 'Map' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForSelector('.strand')
  const before = await page.locator('.strand').first().getAttribute('d')
  await page.locator('.map svg').first().focus()
  await page.keyboard.press('+')
  assert.notEqual(await page.locator('.strand').first().getAttribute('d'), before, 'plus looks closer')
  await page.locator('main ul button').first().focus()
  await page.keyboard.press('Enter')
  assert.equal(await page.locator('main ul button[aria-pressed=true]').count(), 1)
  await context.close()
})

test('calls that lie at another time in plan B are arrows, the others dots', async () => {
  const { items } = await world.ask('GET', '/api/v1/plans')
  const { page, context, go, wrong } = await openPage(world, { role: 'admin' })
  let moved = 0
  // the same plan, its first service three hours later: a search from a plan seldom moves calls alone
  await page.route(`**/api/v1/plans/${items[0].id}/timetable`, async (route) => {
    const timetable = await (await route.fetch()).json()
    const first = timetable.sailings[0].service
    for (const call of timetable.sailings.filter((sailing) => sailing.service === first).flatMap((sailing) => sailing.calls)) {
      call.berthing_min += 180
      call.departure_min += 180
      moved += 1
    }
    await route.fulfill({ json: timetable })
  })
  await go(`compare?b=${items[0].id}`)
  await page.locator('.moves path.arrow').first().waitFor()
  assert.equal(await page.locator('.moves path.arrow').count(), moved)
  assert.equal(await page.locator('.moves circle.before').count(), moved)
  await assertAccessible(page, 'moved calls')
  assertQuiet(wrong, 'moved calls')
  await context.close()
})

test('a printed timetable has the table alone', async () => {
  const { page, context, go } = await openPage(world)
  await go('timetable')
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.locator('header.top').isVisible(), false)
  assert.equal(await page.locator('main table').first().isVisible(), true)
  await context.close()
})

test('what the page offers to take away is there', async () => {
  const { page, context, go } = await openPage(world)
  for (const address of ['timetable', 'timetable?by=terminal']) {
    await go(address)
    for (const link of await page.locator('a[download]').all()) {
      const answer = await context.request.get(new URL(await link.getAttribute('href'), world.origin).href)
      assert.ok(answer.ok() && (await answer.body()).length > 500, await link.getAttribute('href'))
    }
  }
  await context.close()
})
