import { expect, test, words } from '../test'

const t = words()

test('5. nodes are inserted everywhere, and undone and redone exactly', async ({ open, server }) => {
  await server.workflow(
    {
      key: 'insert',
      title: 'Insert',
      trigger: { type: 'webhook', config: {} },
      nodes: [
        { key: 'check', type: 'condition', title: 'Check', config: { left: 1, op: 'equals', right: 1 }, branches: { true: [{ key: 'first', type: 'set', title: 'First', config: { values: { a: 1 } } }], false: [] } },
        { key: 'last', type: 'set', title: 'Last', config: { values: { b: 1 } } },
      ],
    },
    true,
  )
  const page = await open('/workflows/insert')
  const canvas = page.getByRole('region', { name: t('editor:canvas') }).or(page.getByLabel(t('editor:canvas'))).first()
  await expect(canvas.getByText('Last')).toBeVisible()
  const draft = async () => (await server.api<{ nodes: unknown }>('GET', '/api/workflows/insert/draft')).nodes
  const before = await draft()

  const add = async (plus: ReturnType<typeof page.getByRole>, type: string) => {
    await plus.click()
    await page.getByPlaceholder(t('editor:palette.search')).fill(type)
    await page.keyboard.press('Enter')
    await expect(page.getByPlaceholder(t('editor:palette.search'))).toBeHidden()
  }
  await add(page.getByRole('button', { name: t('editor:addAfter', { name: 'First' }), exact: true }), 'Delay')
  await add(page.getByRole('button', { name: t('editor:addHere') }).first(), 'JavaScript')
  await add(page.getByRole('button', { name: t('editor:addAfter', { name: 'Check' }), exact: true }), 'Calculate')
  await add(page.getByRole('button', { name: t('editor:addAfter', { name: 'Last' }), exact: true }), 'End')

  const types = async () => JSON.stringify(await draft()).match(/"type":"(\w+)"/g)?.map((found) => found.slice(8, -1))
  await expect.poll(types).toEqual(['condition', 'set', 'delay', 'javascript', 'calculate', 'set', 'end'])
  const after = await draft()

  const undo = page.getByRole('button', { name: t('editor:undo') })
  const redo = page.getByRole('button', { name: t('editor:redo') })
  for (let n = 0; n < 4; n++) await undo.click()
  await expect.poll(draft).toEqual(before)
  for (let n = 0; n < 4; n++) await redo.click()
  await expect.poll(draft).toEqual(after)
})
