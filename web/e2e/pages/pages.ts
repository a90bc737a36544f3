import { expect, type Page } from '@playwright/test'

import type { Seeded } from './seed'

/** A page as it is looked at. */
export interface Visit {
  name: string
  path: string
  /** ready waits until the page shows what it has. */
  ready: (page: Page) => Promise<void>
}

const sections = ['secrets', 'channels', 'alerts', 'addresses', 'account', 'users', 'keys', 'audit', 'retention', 'environment', 'backup', 'about']

/** settled waits until the page has its heading, nothing is loading and nothing changes any more. */
export async function settled(page: Page) {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('.ant-skeleton, [class*=skeleton]')).toHaveCount(0)
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const quiet = () => setTimeout(() => done(observer.disconnect()), 250)
        let timer = quiet()
        const observer = new MutationObserver(() => {
          clearTimeout(timer)
          timer = quiet()
        })
        observer.observe(document.body, { subtree: true, childList: true })
      }),
  )
}

const settledWith = (selector: string) => async (page: Page) => {
  await settled(page)
  await expect(page.locator(selector).first()).toBeVisible()
}

/** pages are all pages, and of the busy ones the states that matter. */
export const pages = (seeded: Seeded): Visit[] => [
  { name: 'overview', path: '/', ready: settled },
  { name: 'workflows', path: '/workflows', ready: settled },
  { name: 'editor', path: '/workflows/shop-orders', ready: settledWith('[data-node]') },
  { name: 'editor-node', path: '/workflows/shop-orders?node=reserve', ready: settledWith('aside') },
  { name: 'editor-trigger', path: '/workflows/github-push?node=$trigger', ready: settledWith('aside') },
  { name: 'deliveries', path: '/deliveries', ready: settled },
  { name: 'delivery-rejected', path: `/deliveries?id=${seeded.rejected}`, ready: settled },
  { name: 'delivery', path: `/deliveries?id=${seeded.accepted}`, ready: settled },
  { name: 'executions', path: '/executions', ready: settled },
  { name: 'execution', path: `/executions/${seeded.succeeded}?node=reserve`, ready: settledWith('[data-node]') },
  { name: 'execution-waiting', path: `/executions/${seeded.waiting}`, ready: settledWith('[data-node]') },
  { name: 'execution-failed', path: `/executions/${seeded.failed}`, ready: settledWith('[data-node]') },
  { name: 'collections', path: '/collections', ready: settled },
  { name: 'collection', path: '/collections/customers', ready: settled },
  ...sections.map((section) => ({ name: `settings-${section}`, path: `/settings/${section}`, ready: settled })),
]
