import { execFileSync } from 'node:child_process'

import { expect, test, words } from '../test'

const t = words()

test('14. two requests are compared, and one is sent again from a shell', async ({ open, context, server }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await server.workflow({ key: 'shop', trigger: { type: 'webhook', config: {} }, nodes: [] })
  await server.hook('shop?from=web', { order: 1, name: "O'Brien $HOME `id`", city: '北京' }, { 'X-Shop-Event': 'created' })
  await server.hook('shop?from=web', { order: 2, name: 'Ada', city: '北京' }, { 'X-Shop-Event': 'paid' })
  const page = await open('/deliveries')
  const rows = page.getByRole('list', { name: t('deliveries:list') }).getByRole('listitem')
  for (const box of [0, 1]) await rows.nth(box).getByRole('checkbox').check()
  await page.getByRole('button', { name: t('deliveries:selection.compare') }).click()
  const dialog = page.getByRole('dialog', { name: t('deliveries:compare.title') })
  await expect(dialog.getByRole('row').filter({ hasText: /x-shop-event/i })).toContainText(/created.*paid/)
  await expect(dialog).toContainText("O'Brien")
  await expect(dialog).toContainText('Ada')
  await expect(dialog).not.toContainText('北京')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await rows.nth(1).getByRole('link').click()
  await page.getByRole('button', { name: t('deliveries:action.copyAs') }).click()
  await page.getByRole('menuitem', { name: t('deliveries:action.curl') }).click()
  await expect(page.getByText(t('deliveries:action.copied', { language: t('deliveries:action.curl') }))).toBeVisible()
  const command = await page.evaluate(() => navigator.clipboard.readText())
  execFileSync('sh', ['-c', command], { timeout: 10_000, stdio: 'pipe' })

  await expect(rows).toHaveCount(3)
  const [again, , first] = (await server.api<{ items: { id: string }[] }>('GET', '/api/deliveries')).items
  const sent = async ({ id }: { id: string }) => {
    const { method, url, request } = await server.api<{ method: string; url: string; request: { body: unknown; headers: { name: string; value: string }[] } }>('GET', `/api/deliveries/${id}`)
    const event = request.headers.find(({ name }) => name.toLowerCase() === 'x-shop-event')?.value
    return { method, url, body: request.body, event }
  }
  expect(await sent(again!)).toEqual(await sent(first!))
})
