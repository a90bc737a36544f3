import { expect, test, words } from '../test'

const t = words()

test('10. every request that is turned away is in the log, with its reason', async ({ open, server }) => {
  await server.workflow({ key: 'strict', title: 'Strict', trigger: { type: 'webhook', config: { methods: ['POST'], maxBytes: 100 } }, nodes: [] })
  const page = await open('/deliveries?outcome=rejected')
  await expect(page.getByText(t('deliveries:nothing.title'))).toBeVisible()
  const sent = {
    method: await server.hook('strict', {}, {}, 'PUT'),
    too_large: await server.hook('strict', { text: 'x'.repeat(200) }),
    malformed: await server.hook('strict', '{"broken'),
    no_such_path: await server.hook('nowhere', {}),
  }
  expect(Object.values(sent).map(({ status }) => status)).toEqual([405, 413, 400, 404])

  const rows = page.getByRole('list', { name: t('deliveries:list') }).getByRole('listitem')
  await expect(rows).toHaveCount(4)
  for (const [reason, answer] of Object.entries(sent)) {
    const row = rows.filter({ hasText: reason })
    await expect(row).toContainText(String(answer.status))
    await expect(row).toContainText(t(`deliveries:reason.${reason}.title`))
    await row.getByRole('link').click()
    await expect(page.getByText(t(`deliveries:reason.${reason}.todo`))).toBeVisible()
  }

  await page.goto(`${server.url}/deliveries?outcome=rejected&workflow=strict`)
  await expect(rows).toHaveCount(3)
  const search = page.getByRole('combobox', { name: t('deliveries:search') }).or(page.getByLabel(t('deliveries:search'))).first()
  await search.fill('status:413')
  await search.press('Enter')
  await expect(rows).toHaveCount(1)
  await expect(rows).toContainText('too_large')
})
