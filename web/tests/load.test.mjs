// How the page comes over: small, kept for as long as it is right, and under a policy that lets nothing else in.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage, openWorld } from './world.mjs'

/** The first view with its data, as it comes over the wire. */
const MOST_BYTES = 200_000

let world
before(async () => {
  world = await openWorld({ instance: 'instances/toy', plan: 'tests/http/fixtures/toy-plan.json' })
})
after(() => world?.close())

test('the first load stays below 200 kB, packed', async (t) => {
  const { page, context, go } = await openPage(world)
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await go('timetable')
  await page.waitForSelector('table tbody tr')
  t.diagnostic(`first load ${bytes} bytes`)
  assert.ok(bytes > 20_000 && bytes < MOST_BYTES, `${bytes}`)
  await context.close()
})

test('files with their hash in the name are kept for good, the page itself is asked for again', async () => {
  const start = await fetch(world.origin)
  const text = await start.text()
  assert.equal(start.headers.get('cache-control'), 'public, no-cache')
  assert.equal((await fetch(world.origin, { headers: { 'if-none-match': start.headers.get('etag') } })).status, 304)
  const [script] = text.match(/\/assets\/[^"]+\.js/)
  const answer = await fetch(world.origin + script)
  assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable')
  assert.equal(answer.headers.get('content-type'), 'text/javascript; charset=utf-8')
  assert.equal(answer.headers.get('content-encoding'), 'gzip')
  assert.equal((await fetch(`${world.origin}/assets/nothing-12345678.js`)).status, 404)
})

test('the policy lets in nothing but the page’s own files, and the page keeps to it', async () => {
  const start = await fetch(world.origin)
  const policy = start.headers.get('content-security-policy')
  assert.match(policy, /default-src 'none'.*script-src 'self'.*style-src 'self'/)
  assert.doesNotMatch(policy, /unsafe|http|\*/)
  const text = await start.text()
  assert.doesNotMatch(text, /<script(?![^>]*src=)|<style| style=| on[a-z]+=/)
})

test('a service without a published plan says that there is none yet', async () => {
  const { page, context, go, wrong } = await openPage(world, { role: 'admin' })
  await go('timetable')
  const { items } = await world.ask('GET', '/api/v1/plans')
  await world.ask('POST', `/api/v1/plans/${items[0].id}/withdraw`, { note: 'test' })
  await page.reload()
  await page.waitForSelector('[data-fault=missing]')
  assert.deepEqual(wrong.filter((what) => !/status of 404/.test(what)), [])
  await context.close()
})
