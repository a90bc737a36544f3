import { expect, test, words } from '../test'

for (const language of ['en', 'zh'] as const) {
  test(`2. a new workflow answers at the copied URL once it is published (${language})`, async ({ open, context }) => {
    const t = words(language)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const page = await open('/workflows', undefined, { language })
    await page.getByRole('button', { name: t('workflows:new.button') }).click()
    await page.getByRole('menuitem', { name: t('workflows:new.blank') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(t('workflows:name.title')).fill('Shop 1')
    await expect(dialog.getByLabel(t('workflows:name.key'))).toHaveValue('shop-1')
    await dialog.getByRole('button', { name: t('workflows:new.create') }).click()

    await page.getByLabel(t('trigger:endpoint.path'), { exact: true }).fill('shop/orders/:number')
    await page.getByLabel(t('trigger:endpoint.methods'), { exact: true }).click()
    await page.getByTitle('PUT', { exact: true }).click()
    await page.keyboard.press('Escape')
    const live = page.getByRole('group', { name: t('trigger:endpoint.live') })
    await expect(live).toContainText('/api/webhooks/shop/orders/')
    await expect(live).toContainText(t('trigger:endpoint.silent'))
    await live.getByRole('button', { name: t('trigger:copyOf', { name: t('trigger:endpoint.live') }) }).click()
    const url = await page.evaluate(() => navigator.clipboard.readText())
    expect(url).toMatch(/^http.*\/api\/webhooks\/shop\/orders\/:number$/)

    const call = async (method: string) => (await fetch(url.replace(':number', '7'), { method, body: '{}', headers: { 'Content-Type': 'application/json' } })).status
    expect(await call('PUT')).toBe(404)
    await page.getByRole('button', { name: t('editor:publish.button') }).click()
    await page.getByRole('dialog').getByRole('button', { name: t('editor:publish.do') }).click()
    await expect(live).toContainText(t('trigger:endpoint.withPublished', { n: 1 }))
    expect([await call('PUT'), await call('POST'), await call('PATCH')]).toEqual([200, 200, 405])
  })
}
