// Takes pictures of every view to be looked at: `node tools/pictures.mjs FOLDER [view ...]`. WATERBUS_PAGE_PLAN names a plan that is shown.
import { mkdirSync } from 'node:fs'
import { drawn, openPage, openWorld } from '../tests/world.mjs'

const [folder = 'pictures', ...wanted] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })

const VIEWS = {
  timetable: 'timetable?service=S02', board: 'timetable?by=terminal&terminal=NSA', map: 'map', schema: 'map?look=schema', diagram: 'diagram',
  day: 'diagram?day=2', berths: 'berths', berth: 'berths?terminal=HKKT', slots: 'slots', owned: 'slots?member=OP1', flows: 'slots?show=flows',
  compare: 'compare', plan: 'plan',
}
const LOOKS = [
  { lang: 'en', theme: 'light' }, { lang: 'zh-Hans', theme: 'dark' },
  ...(process.env.ALL ? [{ lang: 'zh-Hans', theme: 'light' }, { lang: 'en', theme: 'dark' }, { lang: 'en', theme: 'light', size: { width: 390, height: 844 } }] : []),
]

const world = await openWorld()
for (const look of LOOKS) {
  const { page, context, wrong, go } = await openPage(world, { role: 'admin', ...look })
  for (const [name, address] of Object.entries(VIEWS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    await go(address)
    await page.waitForTimeout(300)
    await drawn(page)
    await page.screenshot({ path: `${folder}/${name}-${look.lang}-${look.theme}${look.size ? '-phone' : ''}.png` })
  }
  wrong.forEach((what) => console.log(look.lang, what))
  await context.close()
}
await world.close()
