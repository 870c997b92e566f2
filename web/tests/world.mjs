// A real service with a real plan of pearl-river, keys for every role, and a browser. Nothing is replaced by a double.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Plans by so little work are made in a minute or two, and are the same on every machine. */
const WORK = '1'

const BINARY = process.env.WATERBUS ?? join(ROOT, 'target/debug/waterbus')
const BROWSER = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-dev-shm-usage', '--force-color-profile=srgb',
]

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (text) => (said += text))
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${said}`))))
  })
}

/** Starts a service; ready when it has said its key and its address. */
function serve(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(BINARY, ['serve', '--listen', '127.0.0.1:0', ...args], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (text) => {
      said += text
      const [, origin] = said.match(/open (http:\S+?)\/ /) ?? []
      const [, admin] = said.match(/admin key, shown this once: (\S+)/) ?? []
      if (origin && admin) resolve({ child, origin, admin })
    })
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`the service ended with ${code}:\n${said}`)))
  })
}

async function ask(service, method, path, body) {
  const headers = { authorization: `Bearer ${service.admin}`, 'content-type': 'application/json' }
  const answer = await fetch(service.origin + path, { method, headers, body: body && JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

async function makeKeys(service) {
  await ask(service, 'POST', '/api/v1/members', { code: 'OP1', name: 'First member' })
  const keys = { admin: service.admin }
  for (const role of ['alliance_planner', 'port_planner', 'member', 'shipper']) {
    const made = await ask(service, 'POST', '/api/v1/keys', { role, label: role, ...(role === 'member' && { member: 'OP1' }) })
    keys[role] = made.secret
  }
  keys.rival = (await ask(service, 'POST', '/api/v1/keys', { role: 'shipper', label: 'rival' })).secret
  return keys
}

/** The plan that most tests look at, made once by this very program; WATERBUS_PAGE_PLAN names another to look at. */
async function makePlan(instance) {
  const { mtimeMs, size } = statSync(BINARY)
  const plan = join(ROOT, `target/page/plan-${Math.round(mtimeMs)}-${size}.json`)
  if (!existsSync(plan)) {
    mkdirSync(join(ROOT, 'target/page'), { recursive: true })
    await run(BINARY, ['plan', instance, '-o', plan, '--work-limit', WORK])
  }
  return plan
}

export async function openWorld({ instance = 'instances/pearl-river', plan = process.env.WATERBUS_PAGE_PLAN } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'waterbus-page-'))
  plan ??= await makePlan(instance)
  const service = await serve(['--database', `sqlite://${join(folder, 'page.db')}`, '--plan', instance, plan])
  const keys = await makeKeys(service)
  const browser = await chromium.launch({ executablePath: BROWSER, args: ARGUMENTS })
  const close = async () => {
    await browser.close()
    const ended = new Promise((resolve) => service.child.on('exit', resolve))
    service.child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true })
  }
  return { origin: service.origin, keys, browser, ask: (...question) => ask(service, ...question), close }
}

/** A page of a reader, which notes everything that must not happen. */
export async function openPage(world, { role = 'public', lang = 'en', theme = 'light', size = { width: 1280, height: 800 } } = {}) {
  const context = await world.browser.newContext({ viewport: size, locale: lang === 'en' ? 'en-GB' : 'zh-CN', colorScheme: theme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const wrong = []
  page.on('console', (message) => ['error', 'warning', 'assert'].includes(message.type()) && wrong.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(world.origin) && !url.startsWith('data:')) wrong.push(`left the origin: ${url}`)
  })
  if (role !== 'public') {
    const answer = await context.request.post(`${world.origin}/api/v1/session`, { data: { key: world.keys[role] } })
    if (!answer.ok()) throw new Error(`no session for ${role}: ${answer.status()}`)
  }
  const go = async (address) => {
    await page.goto(`${world.origin}/#/${address}`)
    await drawn(page)
  }
  return { page, context, wrong, go }
}

/** Starts a search by so much work from the form of the Plan page, in either language; what was asked for. */
export async function startSearch(page, work, seed = '1') {
  const form = page.locator('main form')
  const [amount, first] = [form.locator('input[type=number]').nth(0), form.locator('input[type=number]').nth(1)]
  await form.locator('select').nth(1).selectOption('work')
  await amount.fill(work)
  await first.fill(seed)
  const sent = page.waitForRequest((request) => request.method() === 'POST')
  await form.locator('button.main').click()
  return (await sent).postDataJSON()
}

const DAY_MS = 86_400_000

/** The Monday after next in Asia/Shanghai: nothing that sails then has closed. */
export function weekToSail() {
  const day = new Date(Date.now() + 8 * 3_600_000 + 8 * DAY_MS)
  return new Date(day.getTime() + ((8 - day.getUTCDay()) % 7) * DAY_MS).toISOString().slice(0, 10)
}

/** A direct way of that week with room, as a shipper would ask for it: found leg by leg, with the first trade that may ride there. */
export async function findWay(world, { most = Infinity } = {}) {
  const week = weekToSail()
  const { legs } = await world.ask('GET', `/api/v1/availability?date=${week}`)
  for (const leg of legs.filter(({ free_teu }) => free_teu > 0 && free_teu <= most)) {
    for (const trade of ['export', 'import', 'domestic', 'empty']) {
      const query = `from=${leg.from}&to=${leg.to}&trade=${trade}`
      const { items } = await world.ask('GET', `/api/v1/journeys?${query}&week=${week}&show=room&transshipments=0`)
      if (items[0]) return { from: leg.from, to: leg.to, trade, week, journey: items[0], address: `book?${query}&when=week&at=${week}` }
    }
  }
  throw new Error('the plan has no way with room')
}

/** Ready when nothing is loading any more. */
export async function drawn(page) {
  await page.waitForSelector('main')
  await page.waitForFunction(() => !document.querySelector('main .waves') && document.querySelector('main')?.childElementCount > 0)
}
