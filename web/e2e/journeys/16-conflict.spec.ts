import { expect, test, words } from '../test'

const t = words()

test('16. two tabs edit one draft, and a reload keeps what was not saved', async ({ open, context, server, complaints }) => {
  void complaints
  await server.workflow(
    { key: 'shared', title: 'Shared', trigger: { type: 'webhook', config: {} }, nodes: [{ key: 'one', type: 'set', title: 'One', config: { values: { a: 1 } } }] },
    true,
  )
  const mine = await open('/workflows/shared')
  const theirs = await context.newPage()
  await theirs.goto(`${server.url}/workflows/shared`)
  const rename = async (page: typeof mine, title: string) => {
    await page.locator('[data-node="one"]').click()
    const field = page.getByRole('textbox', { name: t('editor:node.title') })
    await field.fill(title)
    await field.press('Enter')
    await page.keyboard.press('Control+s')
  }
  const saved = async () => (await server.api<{ nodes: { title: string }[] }>('GET', '/api/workflows/shared/draft')).nodes[0]!.title

  await rename(theirs, 'Theirs')
  await expect.poll(saved).toBe('Theirs')
  await rename(mine, 'Mine')
  const dialog = mine.getByRole('dialog', { name: t('editor:conflict.title') })
  await expect(dialog).toBeVisible()
  expect(await saved()).toBe('Theirs')
  await dialog.getByRole('button', { name: t('editor:conflict.mine') }).click()
  await expect.poll(saved).toBe('Mine')

  // What could not be saved outlives a reload.
  await mine.route('**/api/workflows/shared?draft=true', (route) => route.abort())
  await rename(mine, 'Not saved')
  await mine.reload()
  await mine.unroute('**/api/workflows/shared?draft=true')
  await mine.getByRole('button', { name: t('editor:recovered.take') }).click()
  await expect(mine.locator('[data-node="one"]')).toContainText('Not saved')
})
