// A planner keeps services of the plan that a search starts from: what is chosen is what is asked for, and what the new plan holds.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertQuiet, assertShown } from './checks.mjs'
import { openPage, openWorld, startSearch } from './world.mjs'

let world
before(async () => {
  world = await openWorld({ instance: 'instances/toy', plan: 'tests/http/fixtures/toy-plan.json' })
})
after(() => world?.close())

for (const { lang, start } of [
  { lang: 'en', start: 'Start from' },
  { lang: 'zh-Hans', start: '起始方案' },
]) {
  test(`a service that is chosen to stay stays with its times (${lang})`, async () => {
    const { page, context, wrong, go } = await openPage(world, { role: 'alliance_planner', lang })
    await go('plan')
    const { items } = await world.ask('GET', '/api/v1/plans')
    const kept = (await world.ask('GET', `/api/v1/plans/${items.at(-1).id}/timetable`)).sailings
    const code = kept[0].service
    await page.getByRole('combobox', { name: start, exact: true }).selectOption(items.at(-1).id)
    await page.locator('fieldset label', { hasText: code }).locator('select').selectOption('times')
    await page.getByRole('checkbox', { name: 'OCEAN' }).check()
    await assertShown(page, 'pins')
    const asked = await startSearch(page, '1')
    assert.deepEqual(asked.pins, [{ service: code, times: true, calls: [], meets: [{ call: 0, mother_vessel: 'OCEAN' }] }])
    await page.waitForSelector('[data-state=done]', { timeout: 240_000 })
    const newest = (await world.ask('GET', '/api/v1/plans')).items[0]
    const now = (await world.ask('GET', `/api/v1/plans/${newest.id}/timetable`)).sailings
    const times = (sailings) =>
      sailings.filter((sailing) => sailing.service === code).map((sailing) => sailing.calls.map((call) => [call.berthing_min, call.departure_min]))
    assert.deepEqual(times(now), times(kept))
    assertQuiet(wrong, 'pins')
    await context.close()
  })
}
