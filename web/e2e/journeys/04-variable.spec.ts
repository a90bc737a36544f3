import { receive } from '../receiver'
import { expect, test, words } from '../test'

const t = words()

test('4. a variable clicked into a body is what the receiver gets; the result is pinned', async ({ open, server }) => {
  const receiver = await receive()
  await server.workflow({ key: 'tell', trigger: { type: 'webhook', config: {} }, nodes: [{ key: 'send', type: 'request', title: 'Send', config: { method: 'POST', url: receiver.url, body: { who: '' } } }] }, true)
  await server.api('PUT', '/api/workflows/tell/sample', { request: { body: { customer: { name: 'Ada' } } } })
  const page = await open('/workflows/tell?node=send')

  // Between the quotes.
  await page.getByRole('textbox', { name: 'Body', exact: true }).click()
  for (const key of ['Control+Home', 'ArrowDown', 'End', 'ArrowLeft']) await page.keyboard.press(key)
  await page.getByRole('button', { name: t('form:variables.insertInto', { name: 'Body' }), exact: true }).click()
  const picker = page.getByRole('dialog', { name: t('form:variables.insertInto', { name: 'Body' }) })
  await picker.getByLabel(t('form:variables.search')).fill('Ada')
  await picker.getByRole('treeitem', { name: '$context.data.customer.name' }).click()

  await page.getByRole('button', { name: t('editor:run.node'), exact: true }).click()
  await page.getByRole('dialog', { name: t('editor:acts.title') }).getByRole('button', { name: t('editor:acts.run') }).click()
  await expect.poll(() => receiver.got.map(({ body }) => body)).toEqual(['{"who":"Ada"}'])

  await page.getByRole('button', { name: t('editor:output.pin'), exact: true }).click()
  await expect(page.getByText(t('editor:output.pinned'))).toBeVisible()
  await page.getByRole('button', { name: t('editor:test.title'), exact: true }).click()
  await page.getByRole('menuitem', { name: t('editor:test.sample') }).click()
  await expect.poll(async () => (await server.api<{ items: { status: string }[] }>('GET', '/api/executions')).items.map(({ status }) => status)).toEqual(['succeeded', 'succeeded'])
  expect(receiver.got).toHaveLength(1)
  receiver.close()
})
