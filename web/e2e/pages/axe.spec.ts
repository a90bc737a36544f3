import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import type { Page } from '@playwright/test'

import { Server } from '../server'
import { admin, expect, prefer, test, watch } from '../test'
import { pages, settled, type Visit } from './pages'
import { environment, seed } from './seed'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const [wide, tall] = [
  { width: 1280, height: 800 },
  { width: 820, height: 1180 },
]

// Colours depend on the theme and names on the size, so each pair is looked at in one language and not in both.
const looks = {
  en: [{ theme: 'light', size: wide }, { theme: 'dark', size: tall }],
  zh: [{ theme: 'dark', size: wide }, { theme: 'light', size: tall }],
} as const

// A trace of a whole tour would be larger than what it tells.
test.use({ trace: 'off' })

for (const language of ['en', 'zh'] as const) {
  test(`every page can be read by everybody (${language})`, async ({ browser }) => {
    test.setTimeout(180_000)
    const server = new Server()
    const wrong: string[] = []
    const lookAround = async (visits: Visit[], as?: typeof admin) => {
      for (const { theme, size } of looks[language]) {
        const page = await browser.newPage({ viewport: size })
        await prefer(page, language, theme)
        if (as) await page.request.post(`${server.url}/api/auth/login`, { data: as, headers: { Origin: server.url } })
        for (const visit of visits) wrong.push(...(await faults(page, server, visit)).map((fault) => `${visit.name} (${theme}, ${size.width} px): ${fault}`))
        await page.close()
      }
    }
    try {
      await server.start(environment)
      await lookAround([{ name: 'setup', path: server.setupLink.slice(server.url.length), ready: settled }])
      server.addUser(admin.email, admin.password, 'admin')
      await lookAround([{ name: 'login', path: '/login', ready: settled }])
      await lookAround(pages(await seed(server, language)), admin)
      expect(wrong).toEqual([])
    } finally {
      await server.dispose()
    }
  })
}

/** faults are what is wrong with a page. */
async function faults(page: Page, server: Server, { path, ready }: Visit) {
  const complaints: string[] = []
  watch(page, complaints)
  await page.goto(server.url + path)
  await ready(page)
  return [...(await violations(page)), ...(await page.evaluate(seen)), ...complaints]
}

/** violations of the rules of accessibility that keep somebody from using the page. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: (context: Document, options: object) => Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }> } }
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.split('\n')[1]?.trim()}`))
  })
}

/** seen is what a look at the page itself tells: cut off, or a text that is missing. Runs in the page. */
function seen(): string[] {
  const wrong: string[] = []
  if (document.documentElement.scrollWidth > innerWidth) wrong.push(`wider than the window: ${document.documentElement.scrollWidth} px`)
  const raw = /\b(?:common|deliveries|editor|executions|form|json|overview|palette|setup|trigger|workflows|settings|collections):[a-z]\w*(?:\.\w+)*\b/.exec(document.body.innerText)
  if (raw) wrong.push(`a text is missing: ${raw[0]}`)
  if (document.querySelectorAll('h1').length !== 1) wrong.push(`${document.querySelectorAll('h1').length} level 1 headings`)
  const main = document.getElementById('main')
  if (main && main.scrollWidth > main.clientWidth) wrong.push(`the page is wider than its place: ${main.scrollWidth} of ${main.clientWidth} px`)
  const scrolls = (element: Element | null): boolean => element !== null && element !== main && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
  for (const control of document.querySelectorAll('button, a, [role=button], input')) {
    const { right, width } = control.getBoundingClientRect()
    if (width > 1 && right > innerWidth + 1 && !scrolls(control)) wrong.push(`cut off at the right: ${control.outerHTML.slice(0, 120)}`)
  }
  return wrong
}
