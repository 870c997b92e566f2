// What every view is held to.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** No serious or critical finding of axe. */
export async function assertAccessible(page, place) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), STANDARD)
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = grave.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.slice(0, 3).map((node) => `${node.html}\n  ${node.failureSummary}`).join('\n  ')}`)
  assert.equal(grave.length, 0, `${place}\n${told.join('\n')}`)
}

/** Nothing on the console, nothing from elsewhere. */
export function assertQuiet(wrong, place) {
  assert.deepEqual(wrong, [], place)
}

/** Milliseconds that the page's own thread works while something happens: its neighbours on the machine do not count. */
export async function busyMs(page, act) {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const worked = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value
  const before = await worked()
  await act()
  const ms = Math.round(1000 * ((await worked()) - before))
  await session.detach()
  return ms
}

/** The page itself never scrolls sideways; tables that are too wide scroll within themselves. */
export async function assertFits(page, place) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  assert.ok(content <= window, `${place}: ${content} pixels on a screen of ${window}`)
}

/** Words that the page forgot to translate would stand there as their keys. */
export async function assertWorded(page, place) {
  const text = await page.locator('body').innerText()
  const keys = text.match(/\b(view|fault|sign|plan|slots|diagram|compare|measure|regime|state|stage|book|ask|when|way|ways|ride|charge|booking|stands|act|refusal|order|settlement|rule|division|share|account|check|set)\.[a-z]\w*/g)
  assert.equal(keys, null, `${place}: ${keys}`)
  const codes = text.match(/\b(RECEIVED|CONFIRMED|CANCELLED|REJECTED|DECLINED|COMPLETED|PENDING_[A-Z]+)\b/g)
  assert.equal(codes, null, `${place}: ${codes}`)
  assert.ok(!text.includes('undefined') && !text.includes('NaN'), place)
}

/** Every word is there, nothing is cut off, and nobody is shut out. */
export async function assertShown(page, place) {
  await assertWorded(page, place)
  await assertFits(page, place)
  await assertAccessible(page, place)
}
