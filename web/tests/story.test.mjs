// From a key to a published plan and back, as planners do it.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { assertAccessible, assertQuiet } from './checks.mjs'
import { drawn, openPage, openWorld, ROOT } from './world.mjs'

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

async function start(page, amount, seed) {
  await page.getByRole('combobox', { name: 'Limit', exact: true }).selectOption('work')
  await page.getByLabel('Units of work').fill(amount)
  await page.getByLabel('Seed').fill(seed)
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.waitForSelector('[data-state]')
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
  await start(page, WORK, '7')
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
  await start(page, '1000000', '3')
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
