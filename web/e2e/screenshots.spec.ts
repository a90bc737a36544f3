import { join } from 'node:path'

import type { Page } from '@playwright/test'

import { pages, settled, type Visit } from './pages/pages'
import { environment, seed } from './pages/seed'
import { Server } from './server'
import { admin, expect, prefer, test, words, type Language, type Theme } from './test'

const assets = join(import.meta.dirname, '../../docs/assets')

// Pages that look like their neighbours.
const alike = new Set(['delivery', 'execution-waiting', 'settings-addresses', 'settings-account', 'settings-keys', 'settings-retention', 'settings-backup', 'settings-about'])

// Pages that are laid out anew where there is little room.
const narrow = new Set(['overview', 'workflows', 'editor-node', 'delivery-rejected', 'execution-failed'])

for (const language of ['en', 'zh'] as const) {
  test(`pictures (${language})`, async ({ browser }) => {
    const server = new Server()
    const take = async (visits: Visit[], as?: typeof admin) => {
      for (const theme of ['light', 'dark'] as const) {
        const page = await browser.newPage({ reducedMotion: 'reduce' })
        await prefer(page, language, theme)
        if (as) await page.request.post(`${server.url}/api/auth/login`, { data: as, headers: { Origin: server.url } })
        for (const visit of visits) await picture(page, server, visit, language, theme)
        await page.close()
      }
    }
    try {
      await server.start(environment)
      await take([{ name: 'setup', path: server.setupLink.slice(server.url.length), ready: settled }])
      server.addUser(admin.email, admin.password, 'admin')
      await take([{ name: 'login', path: '/login', ready: settled }])
      const seeded = await seed(server, language)
      await change(server)
      await take([...pages(seeded).filter(({ name }) => !alike.has(name)), ...opened(language)], admin)
    } finally {
      await server.dispose()
    }
  })
}

async function picture(page: Page, server: Server, { name, path, ready }: Visit, language: Language, theme: Theme) {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(server.url + path)
  await ready(page)
  await page.screenshot({ path: join(assets, `${name}-${language}-${theme}.png`) })
  if (!narrow.has(name) || theme === 'dark') return
  await page.setViewportSize({ width: 820, height: 1180 })
  await settled(page)
  await page.screenshot({ path: join(assets, `${name}-narrow-${language}-${theme}.png`) })
}

/** change makes a draft that differs from what is published. */
async function change(server: Server) {
  const document = await server.api<{ key: string; nodes: { config: { body?: unknown } }[] }>('GET', '/api/workflows/github-push')
  document.nodes.at(-1)!.config.body = { deployed: '{{$context.data.after}}', by: '{{$context.data.pusher.name}}' }
  await server.workflow(document, true)
}

/** opened are what opens over a page by a click. */
function opened(language: Language): Visit[] {
  const t = words(language)
  const by = (name: string, path: string, open: (page: Page) => Promise<void>): Visit => ({
    name,
    path,
    ready: async (page) => {
      await settled(page)
      await open(page)
      await expect(page.getByRole('dialog')).toBeVisible()
      await settled(page)
    },
  })
  return [
    by('palette', '/workflows', (page) => page.keyboard.press('Control+k')),
    by('publish', '/workflows/github-push', (page) => page.getByRole('button', { name: t('editor:publish.button') }).click()),
    by('insert', '/workflows/shop-orders', (page) => page.locator('.fc-plus').nth(1).click()),
    by('schema', '/collections/orders', (page) => page.getByRole('button', { name: t('collections:schema.button') }).click()),
  ]
}
