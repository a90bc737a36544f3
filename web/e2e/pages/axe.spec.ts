import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import type { Page } from '@playwright/test'

import { Server } from '../server'
import { admin, expect, prefer, test, watch, type Language } from '../test'
import { environment, seed, type Seeded } from './seed'
import { pages } from './pages'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// Colours depend on the theme and names on the size, so each is looked at once and not with each.
const looks = [
  { theme: 'light', width: 1280, height: 800 },
  { theme: 'dark', width: 820, height: 1180 },
] as const

type Look = (typeof looks)[number] & { language: Language }

// A trace of a whole tour would be larger than what it tells.
test.use({ trace: 'off' })

for (const language of ['en', 'zh'] as const) {
  test(`every page can be read by everybody (${language})`, async ({ browser }) => {
    test.setTimeout(180_000)
    const server = new Server()
    try {
      await server.start(environment)
      server.addUser(admin.email, admin.password, 'admin')
      const seeded = await seed(server, language)
      const wrong: string[] = []
      for (const look of looks) wrong.push(...(await lookAround(await browser.newPage(), server, seeded, { language, ...look })))
      expect(wrong).toEqual([])
    } finally {
      await server.dispose()
    }
  })
}

/** lookAround visits every page, and tells what is wrong with them. */
async function lookAround(page: Page, server: Server, seeded: Seeded, { language, theme, width, height }: Look) {
  const wrong: string[] = []
  const complaints: string[] = []
  watch(page, complaints)
  await prefer(page, language, theme)
  await page.setViewportSize({ width, height })
  await page.request.post(`${server.url}/api/auth/login`, { data: admin, headers: { Origin: server.url } })
  for (const { name, path, ready } of pages(seeded)) {
    await page.goto(server.url + path)
    await ready(page)
    const found = [...(await violations(page)), ...(await page.evaluate(seen)), ...complaints.splice(0)]
    wrong.push(...found.map((what) => `${name} (${theme}, ${width} px): ${what}`))
  }
  await page.close()
  return wrong
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
