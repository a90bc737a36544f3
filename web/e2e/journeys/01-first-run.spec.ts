import { expect, prefer, test, words } from '../test'
import { Server } from '../server'

for (const language of ['en', 'zh'] as const) {
  test(`1. from the set-up link to a green run (${language})`, async ({ page }) => {
    const t = words(language)
    const server = new Server()
    try {
      await server.start()
      await prefer(page, language)
      await page.goto(server.setupLink)
      await page.getByLabel(t('setup:email')).fill('first@example.com')
      await page.getByLabel(t('setup:password')).fill('a-good-long-password')
      await expect(page).not.toHaveURL(/token=/)
      await page.getByRole('button', { name: t('setup:first.submit') }).click()

      await expect(page.getByRole('heading', { name: t('overview:first.title') })).toBeVisible()
      await page.getByRole('button', { name: t('overview:first.send') }).click()

      await expect(page).toHaveURL(/\/executions\//)
      await expect(page.getByText(t('common:status.succeeded')).first()).toBeVisible()
    } finally {
      await server.dispose()
    }
  })
}

test('1. a used link and a wrong password say so', async ({ page, server }) => {
  const t = words()
  await prefer(page)
  await page.goto(`${server.url}/login?next=https://example.com/`)
  await page.getByLabel(t('setup:email')).fill('admin@example.com')
  await page.getByLabel(t('setup:password')).fill('not-the-password')
  await page.getByRole('button', { name: t('setup:login.submit') }).click()
  await expect(page.getByText(t('setup:login.wrong'))).toBeVisible()
  await page.getByLabel(t('setup:password')).fill('correct-horse-battery')
  await page.getByRole('button', { name: t('setup:login.submit') }).click()
  await expect(page).toHaveURL(`${server.url}/`)
})
