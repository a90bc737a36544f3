import { expect, test, words } from '../test'

for (const language of ['en', 'zh'] as const) {
  test(`3. a request that is listened for becomes the sample, whose fields are the variables (${language})`, async ({ open, server }) => {
    const t = words(language)
    await server.workflow({ key: 'heard', trigger: { type: 'webhook', config: {} }, nodes: [{ key: 'note', type: 'set', title: 'Note', config: { values: { text: '' } } }] }, true)
    const page = await open('/workflows/heard?node=$trigger', undefined, { language })
    await page.getByRole('tab', { name: t('trigger:tab.test') }).click()
    await page.getByRole('button', { name: t('trigger:listen.start'), exact: true }).click()
    await expect(page.getByText(t('trigger:listen.armed'))).toBeVisible()

    await server.hook('heard', { customer: { name: '李雷' }, total: 42 })
    await expect(page.getByText(t('trigger:listen.received'))).toBeVisible()
    await expect(page.getByRole('list', { name: t('trigger:listen.heard') })).toContainText('POST /heard')

    await page.locator('[data-node="note"]').click()
    await page.getByRole('tab', { name: t('editor:tab.variables') }).click()
    const variables = page.getByRole('tree', { name: t('form:variables.title') })
    await expect(variables.getByRole('treeitem', { name: 'total 42', exact: true })).toBeVisible()
    await page.getByLabel(t('form:variables.search')).fill('李雷')
    await expect(variables.getByRole('treeitem', { name: '$context.data.customer.name' })).toBeVisible()
  })
}
