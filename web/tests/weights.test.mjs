// A planner weighs what counts beside money: what is typed is what is asked for, what the search shows, and what the new plan names.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertQuiet, assertShown } from './checks.mjs'
import { openPage, openWorld, startSearch } from './world.mjs'

let world
before(async () => {
  world = await openWorld({ instance: 'instances/toy', plan: 'tests/http/fixtures/toy-plan.json' })
})
after(() => world?.close())

for (const { lang, unfold, co2 } of [
  { lang: 'en', unfold: 'What counts beside money', co2: 'a tonne of CO₂ costs' },
  { lang: 'zh-Hans', unfold: '金额以外的考量', co2: '每吨二氧化碳扣减' },
]) {
  test(`emissions that count more than any cargo keep all vessels in port (${lang})`, async () => {
    const { page, context, wrong, go } = await openPage(world, { role: 'alliance_planner', lang })
    await go('plan')
    await page.getByText(unfold, { exact: true }).click()
    await page.getByRole('spinbutton', { name: co2, exact: true }).fill('10000.5')
    await assertShown(page, 'weights')
    const asked = await startSearch(page, '5')
    const weights = { co2_cents_per_t: 1_000_050, transit_cents_per_teu_day: 0, carried_cents_per_teu: 0 }
    assert.deepEqual(asked.weights, weights)
    await page.waitForSelector('[data-state=done]', { timeout: 240_000 })
    assert.match(await page.locator('main').innerText(), new RegExp(`${co2} 10,000\\.50`))
    const newest = (await world.ask('GET', '/api/v1/plans')).items[0]
    const { plan } = await world.ask('GET', `/api/v1/plans/${newest.id}`)
    assert.deepEqual(plan.made_from.weights, weights)
    assert.deepEqual(plan.services, [])
    assertQuiet(wrong, 'weights')
    await context.close()
  })
}
