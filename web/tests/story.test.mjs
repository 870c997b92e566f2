// From a key to a published plan and back, as planners do it; and from a search to the last slots and the waiting list, as shippers do it.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { assertAccessible, assertQuiet, assertShown } from './checks.mjs'
import { drawn, findWay, openPage, openWorld, ROOT, startSearch } from './world.mjs'

const WORK = '1'

let world
before(async () => {
  world = await openWorld()
})
after(() => world?.close())

async function signIn(page, key) {
  await page.locator('header').getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Key').fill(key)
  await page.locator('dialog').getByRole('button', { name: 'Sign in' }).click()
}

test('a planner signs in, asks for a plan, watches it, sees what it changes, publishes it and takes it back', async () => {
  const { page, context, wrong, go } = await openPage(world)
  await go('timetable')
  const former = await page.locator('main table').first().innerText()

  await signIn(page, 'wb_no_key_of_anybody')
  await page.getByText('This key opens nothing').waitFor()
  await page.getByLabel('Key').fill(world.keys.alliance_planner)
  await page.locator('dialog').getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Alliance planner').waitFor()
  assertQuiet(wrong.splice(0).filter((what) => !/status of 401/.test(what)), 'signing in')

  await page.locator('nav a', { hasText: 'Plan' }).click()
  await startSearch(page, WORK, '7')
  await page.waitForSelector('[data-state=done]', { timeout: 240_000 })
  await page.locator('path.incumbent').waitFor()
  await assertAccessible(page, 'a watched search')

  await page.getByRole('link', { name: 'Compare with the published plan' }).click()
  await page.waitForSelector('main table')
  await drawn(page)
  assert.match(await page.locator('main').innerText(), /Profit/)
  await assertAccessible(page, 'a comparison')
  await page.goBack()
  await page.waitForSelector('[data-state=done]')

  await page.getByRole('link', { name: 'Prepare to publish' }).click()
  await page.getByText('What revision 2 changes, for whom').waitFor()
  await page.getByLabel('Note for the record').fill('winter')
  await page.getByRole('button', { name: 'Publish revision 2' }).click()
  await page.getByText('Revision 2 is published.').waitFor()

  const reader = await openPage(world)
  await reader.go('timetable')
  await reader.page.waitForSelector('main table')
  assert.notEqual(await reader.page.locator('main table').first().innerText(), former, 'the public reads the new timetable')

  await go('plan')
  await page.getByRole('row', { name: /Revision 2/ }).getByRole('button', { name: 'Withdraw' }).click()
  await page.getByText('Revision 2 is withdrawn.').waitFor()
  await reader.page.reload()
  await reader.page.waitForSelector('main table')
  assert.equal(await reader.page.locator('main table').first().innerText(), former, 'the plan before is public again')
  assertQuiet(wrong, 'the planner’s story')
  assertQuiet(reader.wrong, 'the reader’s story')
  await reader.context.close()
  await context.close()
})

test('a search that is cancelled ends without a plan', async () => {
  const { page, context, wrong, go } = await openPage(world, { role: 'alliance_planner' })
  await go('plan')
  await startSearch(page, '1000000', '3')
  await page.waitForSelector('[data-state=running]')
  await page.getByRole('button', { name: 'Cancel the search' }).click()
  await page.waitForSelector('[data-state=cancelled]', { timeout: 60_000 })
  assert.equal(await page.getByRole('link', { name: 'Prepare to publish' }).count(), 0)
  assertQuiet(wrong, 'a cancelled search')
  await context.close()
})

test('a broken instance is refused with everything that is wrong with it, a good one is taken', async () => {
  const { page, context, go, wrong } = await openPage(world, { role: 'alliance_planner' })
  await go('plan')
  const files = page.locator('input[type=file]')
  await files.setInputFiles({ name: 'terminals.csv', mimeType: 'text/csv', buffer: Buffer.from('terminal\nX\n') })
  await page.locator('main [role=alert] li').first().waitFor()
  assert.match(await page.locator('main [role=alert]').innerText(), /I002 links\.csv/)
  await assertAccessible(page, 'a refused instance')
  const folder = `${ROOT}/instances/toy`
  await files.setInputFiles(readdirSync(folder).filter((name) => !name.endsWith('.md')).map((name) => `${folder}/${name}`))
  await page.getByText('Here now:').waitFor()
  assertQuiet(wrong.filter((what) => !/status of 422/.test(what)), 'bringing instances')
  await context.close()
})

const SHIPPING = {
  en: {
    find: 'Find ways', from: 'From', to: 'To', when: 'When', week: 'Week from', trade: 'Trade',
    wait: 'Join the waiting list', cancel: 'Cancel the booking', take: 'Take the slots', place: 'Place 1 in the line',
  },
  'zh-Hans': {
    find: '查询', from: '起运码头', to: '目的码头', when: '时间', week: '自此日起一周', trade: '贸易',
    wait: '加入候补', cancel: '取消订舱', take: '接受舱位', place: '候补第 1 位',
  },
}

/** Fills the form as a shipper would, and opens the way that the story is about. */
async function search(page, words, { from, to, week, trade, journey }, teu) {
  await page.getByRole('combobox', { name: words.from, exact: true }).selectOption(from)
  await page.getByRole('combobox', { name: words.when, exact: true }).selectOption('week')
  await page.getByLabel(words.week, { exact: true }).fill(week)
  await page.getByRole('combobox', { name: words.to, exact: true }).selectOption(to)
  await page.getByRole('combobox', { name: words.trade, exact: true }).selectOption(trade)
  await page.getByLabel('TEU', { exact: true }).fill(String(teu))
  await page.getByRole('button', { name: words.find, exact: true }).click()
  const way = page.locator(`[data-way="${journey.itinerary.routing_reference}"]`)
  await way.locator('button[aria-expanded=false]').click()
  return way
}

for (const [lang, words] of Object.entries(SHIPPING)) {
  test(`the last slots are booked, the next shipper is refused, waits, and gets what is cancelled: in ${lang}`, async () => {
    const found = await findWay(world)
    const all = found.journey.free_teu
    const first = await openPage(world, { role: 'shipper', lang })
    const second = await openPage(world, { role: 'rival', lang, size: { width: 360, height: 780 } })
    for (const { go } of [first, second]) await go('book')

    const seen = await search(second.page, words, found, 1)
    await assertShown(second.page, 'a way on a phone')
    const way = await search(first.page, words, found, all)
    await assertShown(first.page, 'a way')
    await way.locator('form button.main').click()
    await first.page.locator('.standing[data-state=CONFIRMED]').waitFor()
    await assertShown(first.page, 'a booking')

    // what the second one sees is a moment old
    await seen.locator('form button.main').click()
    await second.page.locator('[data-refusal=H-FULL]').waitFor()
    await seen.locator('dd.bad').waitFor()
    assert.match(await seen.locator('dd.bad').innerText(), /^0 TEU/)
    await assertShown(second.page, 'a refusal on a phone')
    await seen.getByRole('button', { name: words.wait }).click()
    await second.page.locator('.standing[data-state=RECEIVED]').waitFor()
    assert.ok(await second.page.getByText(words.place).isVisible())
    await assertShown(second.page, 'a place in the line on a phone')

    await first.page.getByRole('button', { name: words.cancel }).click()
    await first.page.getByRole('button', { name: words.cancel }).click()
    await first.page.locator('.standing[data-state=CANCELLED]').waitFor()

    // nobody touches the second page: the line moves by itself
    await second.page.locator('.standing[data-state=PENDING_UPDATE]').waitFor({ timeout: 40_000 })
    await assertShown(second.page, 'an offer on a phone')
    await second.page.getByRole('button', { name: words.take }).click()
    await second.page.locator('.standing[data-state=CONFIRMED]').waitFor()
    await second.page.getByRole('button', { name: words.cancel }).click()
    await second.page.getByRole('button', { name: words.cancel }).click()
    await second.page.locator('.standing[data-state=CANCELLED]').waitFor()

    assertQuiet(first.wrong, 'the first shipper')
    // a browser notes the refusal on its console; nothing else may stand there
    assertQuiet(second.wrong.filter((what) => !/status of 409/.test(what)), 'the second shipper')
    await first.context.close()
    await second.context.close()
  })
}
