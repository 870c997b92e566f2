// The settlement as those may read it whom it concerns, on the toy river, whose shares are derived by hand in its description.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { assertAccessible, assertFits, assertQuiet } from './checks.mjs'
import { openPage, openWorld, ROOT } from './world.mjs'

const TOY = { instance: 'instances/toy', plan: 'tests/http/fixtures/toy-plan.json' }

let world
before(async () => {
  world = await openWorld(TOY)
})
after(() => world?.close())

const cells = (page, row) => page.getByRole('row', { name: row }).first().locator('td').allInnerTexts()

test('planners read every account, and each adds up to its share', async () => {
  const { page, context, go, wrong } = await openPage(world, { role: 'alliance_planner' })
  await go('settlement')
  // value alone, share, gain, part
  assert.deepEqual(await cells(page, /^OP1 /), ['−25', '8,175', '+8,200', '54.1 %'])
  assert.deepEqual(await cells(page, /^PORT /), ['−1,275', '6,925', '+8,200', '45.9 %'])
  const lines = {}
  for (const line of ['Freight of its cargo', 'Lifts of its cargo', 'Runs services', 'Receives from, or pays', 'Share: freight']) {
    lines[line] = (await cells(page, new RegExp(`^${line}`))).map((text) => Number(text.replace(/[,+]/g, '').replace('±', '').replace('−', '-')))
  }
  const { 'Share: freight': share, ...parts } = lines
  assert.deepEqual(Object.values(parts).reduce((sum, line) => sum.map((value, column) => value + line[column])), share)
  assert.deepEqual(share, [8175, 6925, 15_100])
  assertQuiet(wrong, 'a settlement')
  await context.close()
})

test('every property of the division is told in words, and whether it holds', async () => {
  const { page, context, go } = await openPage(world, { role: 'port_planner' })
  const plan = await world.ask('GET', '/api/v1/plans/current/settlement')
  await go('settlement')
  assert.deepEqual(await page.locator('[data-check]').evaluateAll((rows) => rows.map((row) => row.dataset.check)), plan.checks[0].map((check) => check.name))
  assert.equal(await page.locator('[data-check] td.good').count(), plan.checks.flat().length)
  assert.match(await page.locator('[data-check=efficiency]').innerText(), /15,100 RMB.*15,100 RMB/)
  assert.match(await page.locator('main').innerText(), /No group of members would do better alone/)
  await context.close()
})

test('a property that does not hold is marked', async () => {
  const { page, context, go } = await openPage(world, { role: 'alliance_planner' })
  await page.route('**/settlement', async (route) => {
    const settlement = await (await route.fetch()).json()
    settlement.checks[1].find((check) => check.name === 'core').holds = false
    settlement.values_cents[2] += 900_000
    await route.fulfill({ json: settlement })
  })
  await go('settlement')
  assert.deepEqual(await page.locator('[data-check=core] td').allInnerTexts().then((texts) => texts.map((text) => text[0])), ['✓', '✗'])
  assert.match(await page.locator('[data-check=core]').innerText(), /PORT, would earn 800 RMB more alone/)
  assert.match(await page.locator('main').innerText(), /worst-off group would earn 800 RMB more alone/)
  await assertAccessible(page, 'a broken settlement')
  await context.close()
})

// any two of three earn what all three do: what is enough for one pair is too little for another
test('an alliance that no division pleases says which groups had better leave, and what would keep them', async () => {
  const { page, context, go } = await openPage(world, { role: 'alliance_planner' })
  await page.route('**/settlement', async (route) => {
    const { members: [account], checks: [checks], ...rest } = await (await route.fetch()).json()
    const members = ['OP1', 'PORT', 'THIRD'].map((member) => ({ ...account, member, share_cents: 10_000 }))
    const game = { profit_cents: 30_000, least_core_cents: 10_000, values_cents: [0, 0, 0, 30_000, 0, 30_000, 30_000, 30_000] }
    await route.fulfill({ json: { ...rest, ...game, members, checks: [checks, checks, checks], certificate: [] } })
  })
  await go('settlement')
  assert.deepEqual(await cells(page, /^OP1 /), ['0', '100', '+100', '33.3 %'])
  assert.deepEqual(await cells(page, /^OP1 \+ PORT/), ['OP1 + PORT', '300', '200', '+100'])
  const text = await page.locator('main').innerText()
  assert.match(text, /worst-off group would earn 100 RMB more alone/)
  assert.match(text, /each would need up to 100 RMB to stay/)
  await context.close()
})

test('a member reads its own account, all shares, and no rival’s', async () => {
  const { page, context, go, wrong } = await openPage(world, { role: 'member' })
  await go('settlement')
  assert.deepEqual(await cells(page, /^OP1 /), ['−25', '8,175', '+8,200', '54.1 %'])
  assert.deepEqual(await cells(page, /^PORT /), ['–', '6,925', '–', '45.9 %'])
  assert.deepEqual(await cells(page, /^Freight of its cargo/), ['+49,400'])
  assertQuiet(wrong, 'a member’s settlement')
  await context.close()
})

test('the settlement fits a narrow screen', async () => {
  const { page, context, go } = await openPage(world, { role: 'member', size: { width: 360, height: 740 } })
  await go('settlement')
  await assertFits(page, 'settlement')
  await assertAccessible(page, 'settlement on a phone')
  await context.close()
})

test('a plan without a settlement says so', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'waterbus-page-'))
  const document = JSON.parse(readFileSync(join(ROOT, TOY.plan), 'utf8'))
  delete document.plan.settlement
  const plan = join(folder, 'plan.json')
  writeFileSync(plan, JSON.stringify(document))
  const other = await openWorld({ ...TOY, plan })
  t.after(async () => {
    await other.close()
    rmSync(folder, { recursive: true })
  })
  const { page, context, go, wrong } = await openPage(other, { role: 'alliance_planner' })
  await go('settlement')
  assert.match(await page.locator('main').innerText(), /This plan has no settlement/)
  await assertAccessible(page, 'no settlement')
  assertQuiet(wrong.filter((what) => !/status of 404/.test(what)), 'no settlement')
  await context.close()
})
