// How a shipper finds ways, on the toy river: by departure, by arrival, for a week, and to meet a mother vessel.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertQuiet } from './checks.mjs'
import { findWay, openPage, openWorld } from './world.mjs'

let world
let found
before(async () => {
  world = await openWorld({ instance: 'instances/toy', plan: 'tests/http/fixtures/toy-plan.json' })
  found = await findWay(world)
})
after(() => world?.close())

const shown = (page) => page.locator('[data-way]').count()

test('ways are found by departure, by arrival, for a week, and to meet a mother vessel', async () => {
  const { page, context, go, wrong } = await openPage(world, { role: 'shipper' })
  const { from, to, trade, week } = found
  const asked = []
  page.on('request', (request) => request.url().includes('/journeys?') && asked.push(new URL(request.url()).searchParams))
  for (const when of [`depart&at=${week}T06:00`, `arrive&at=${week}T18:30`, `week&at=${week}`]) {
    await go(`book?from=${from}&to=${to}&trade=${trade}&when=${when}`)
    assert.ok((await shown(page)) > 0, when)
  }
  assert.equal(asked[0].get('depart'), `${week}T06:00:00+08:00`, 'what a reader writes is the time of Shanghai')
  assert.equal(asked[1].get('arrive'), `${week}T18:30:00+08:00`)
  assert.equal(asked[2].get('week'), week)

  const { mothers } = await world.ask('GET', '/api/v1/plans/current/network')
  await go('book')
  await page.getByRole('combobox', { name: 'When', exact: true }).selectOption('ship')
  await page.getByRole('combobox', { name: 'Mother vessel' }).selectOption(mothers[0].mother_vessel)
  await page.getByRole('combobox', { name: 'From', exact: true }).selectOption('RIV2')
  await page.getByRole('button', { name: 'Find ways' }).click()
  // on some days none is in time any more; the service says which
  await page.locator('main h2[role=status]').waitFor()
  assert.equal(asked.at(-1).get('mother_vessel'), mothers[0].mother_vessel)
  assertQuiet(wrong, 'searching')
  await context.close()
})
