import { expect, test, words } from '../test'

const t = words()

test('15. publish with a diff, and roll back', async ({ open, server }) => {
  const answering = (text: string) => ({
    key: 'live',
    title: 'Live',
    trigger: { type: 'webhook', config: { mode: 'sync' } },
    nodes: [{ key: 'reply', type: 'response', title: 'Reply', config: { status: 200, body: text } }],
  })
  const answer = async () => (await server.hook('live', {})).text()
  await server.workflow(answering('one'))
  expect(await answer()).toBe('one')
  const [old] = (await server.api<{ items: { id: string }[] }>('GET', '/api/executions')).items
  await server.workflow(answering('two'), true)
  expect(await answer()).toBe('one')

  const page = await open('/workflows/live')
  await page.getByRole('button', { name: t('editor:publish.button') }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('one')).toBeVisible()
  await expect(dialog.getByText('two')).toBeVisible()
  await dialog.getByRole('button', { name: t('editor:publish.do') }).click()
  await expect(dialog).toBeHidden()
  await expect.poll(answer).toBe('two')

  await page.goto(`${server.url}/executions/${old!.id}`)
  await expect(page.getByText('v1', { exact: true })).toBeVisible()

  await page.goto(`${server.url}/workflows/live`)
  await page.getByRole('button', { name: t('editor:more.title') }).click()
  await page.getByRole('menuitem', { name: t('editor:more.revisions') }).click()
  await page.getByRole('button', { name: t('editor:revisions.restore') }).last().click()
  await page.getByRole('button', { name: t('editor:revisions.restore') }).last().click()
  await expect.poll(answer).toBe('one')
})
