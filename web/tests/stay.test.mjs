// A vessel is lost: the planner brings the changed instance and plans again from the published plan. The service that has its vessels keeps
// its times, the other is sailed no more, and before publishing the page shows what changes.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { assertQuiet, assertShown } from './checks.mjs'
import { openPage, openWorld, ROOT, startSearch } from './world.mjs'

let world
before(async () => {
  world = await openWorld({ instance: 'instances/toy', plan: 'tests/http/fixtures/toy-plan.json' })
})
after(() => world?.close())

/** The toy without its small vessel. */
function withoutSmallVessel() {
  const folder = join(ROOT, 'instances/toy')
  const names = readdirSync(folder).filter((name) => /\.(csv|toml)$/.test(name))
  const tables = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
  tables['fleet.csv'] = tables['fleet.csv'].replace(/^.*,S20,.*\n/m, '')
  return tables
}

test('as few calls as possible move when a vessel is lost', async () => {
  const { instance } = await world.ask('POST', '/api/v1/instances', { tables: withoutSmallVessel() })
  const former = (await world.ask('GET', '/api/v1/plans')).items[0]
  const before = await world.ask('GET', `/api/v1/plans/${former.id}/timetable`)
  const { page, context, wrong, go } = await openPage(world, { role: 'alliance_planner', lang: 'en' })
  await go(`plan?instance=${instance.id}`)
  await page.getByRole('combobox', { name: 'Start from', exact: true }).selectOption(former.id)
  await page.getByRole('checkbox', { name: 'Move as few calls as possible' }).check()
  await assertShown(page, 'stay')
  const asked = await startSearch(page, '5')
  assert.deepEqual([asked.stay, asked.start_plan, asked.instance_id], [true, former.id, instance.id])
  await page.waitForSelector('[data-state=done]', { timeout: 240_000 })
  const newest = (await world.ask('GET', '/api/v1/plans')).items[0]
  const now = await world.ask('GET', `/api/v1/plans/${newest.id}/timetable`)
  const times = ({ sailings }) =>
    sailings.filter(({ service }) => service === 'S01').map(({ calls }) => calls.map((call) => [call.berthing_min, call.departure_min]))
  assert.deepEqual(times(now), times(before))
  await page.getByRole('link', { name: 'Prepare to publish' }).click()
  await page.waitForSelector('.moves')
  assert.match(await page.locator('.moves').innerText(), /0 calls move and 8 stay/)
  assertQuiet(wrong, 'stay')
  await context.close()
})
