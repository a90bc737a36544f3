import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { test as base, expect, type Page } from '@playwright/test'

import { admin, Server } from './server'

export type Language = 'en' | 'zh'
export type Theme = 'light' | 'dark'

type Texts = { [key: string]: string | Texts }

const texts: Record<string, Record<string, Texts>> = {}
for (const language of ['en', 'zh']) {
  const dir = join(import.meta.dirname, '../src/locales', language)
  texts[language] = Object.fromEntries(
    readdirSync(dir).map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(join(dir, file), 'utf8')) as Texts]),
  )
}

/** words gives the texts of a language by their keys, so that no test repeats them. */
export const words =
  (language: Language = 'en') =>
  (key: string, values: Record<string, unknown> = {}): string => {
    const [namespace = '', path = ''] = key.split(':')
    const found = path.split('.').reduce<string | Texts | undefined>(
      (at, name) => (typeof at === 'object' ? at[name] : undefined),
      texts[language]![namespace],
    )
    if (typeof found !== 'string') throw new Error(`there is no text ${key} in ${language}`)
    return found.replace(/\{\{\s*(\w+)[^}]*\}\}/g, (_, name: string) => String(values[name] ?? ''))
  }

interface Fixtures {
  /** A server of the test's own, with an administrator. */
  server: Server
  /** open logs a person in and opens a page of the server. */
  open: (path?: string, as?: { email: string; password: string }, look?: { language?: Language; theme?: Theme }) => Promise<Page>
  /** Everything the browser complained about; a test fails when there is something. */
  complaints: string[]
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from the pattern
  server: async ({}, use) => {
    const server = new Server()
    await server.start()
    server.addUser(admin.email, admin.password, 'admin')
    await use(server)
    await server.dispose()
  },
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = []
      watch(page, complaints)
      await use(complaints)
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
  open: async ({ page, server }, use) => {
    await use(async (path = '/', as = admin, look = {}) => {
      await prefer(page, look.language, look.theme)
      const answer = await page.request.post(`${server.url}/api/auth/login`, { data: as, headers: { Origin: server.url } })
      expect(answer.ok()).toBe(true)
      await page.goto(server.url + path)
      await expect(page.getByRole('navigation').first()).toBeVisible()
      return page
    })
  },
})

/** prefer chooses language and theme as somebody who has been here before. */
export async function prefer(page: Page, language: Language = 'en', theme: Theme = 'light') {
  await page.addInitScript(
    ([language, theme]) => {
      if (localStorage.getItem('hookflow.language')) return
      localStorage.setItem('hookflow.language', language!)
      localStorage.setItem('hookflow.theme', theme!)
    },
    [language, theme],
  )
}

/** watch notes what the console and the policy of the page complain about; a refused request is no complaint. */
export function watch(page: Page, complaints: string[]) {
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text())
  })
  page.on('dialog', (dialog) => complaints.push(`a dialog: ${dialog.message()}`))
}

export { expect } from '@playwright/test'
export { admin } from './server'
