import { expect, test, words } from '../test'

const t = words()

test('17. a table: made, written by a workflow, edited in place, filled from a file', async ({ open, server }) => {
  const page = await open('/collections')
  await page.getByRole('button', { name: t('collections:new.button') }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: t('collections:new.nameHelp') }).fill('guests')
  await dialog.getByRole('button', { name: t('collections:schema.add') }).click()
  await dialog.getByLabel(t('collections:schema.name'), { exact: true }).last().fill('seats')
  await dialog.getByRole('combobox', { name: t('collections:schema.type') }).last().click()
  await page.getByTitle(t('collections:type.integer'), { exact: true }).click()
  await dialog.getByRole('button', { name: t('collections:new.create') }).click()
  await expect(page).toHaveURL(/\/collections\/guests/)
  await expect(page.getByText(t('collections:noRecords.title'))).toBeVisible()

  await server.workflow({
    key: 'book',
    title: 'Book a seat',
    trigger: { type: 'webhook', config: { mode: 'sync' } },
    nodes: [{ key: 'save', type: 'create', config: { collection: 'guests', values: { name: '{{$context.data.name}}', seats: '{{$context.data.seats}}' } } }],
  })
  expect((await server.hook('book', { name: 'Ada', seats: 2 })).status).toBe(200)
  await page.reload()
  const grid = page.getByRole('grid', { name: t('collections:grid.label', { name: 'guests' }) })
  const row = grid.getByRole('row').filter({ hasText: 'Ada' })
  const cell = (text: string) => row.getByRole('gridcell', { name: text, exact: true })
  await cell('2').dblclick()
  await grid.getByLabel(t('collections:grid.edit', { field: 'seats' })).fill('5')
  await page.keyboard.press('Enter')
  await expect(cell('5')).toBeVisible()
  await expect.poll(async () => JSON.stringify(await server.api('GET', '/api/collections/guests/records'))).toContain('"seats":5')

  await row.getByRole('button', { name: t('collections:grid.open', { row: 1 }) }).click()
  await page.getByRole('tab', { name: t('collections:record.history') }).click()
  const history = page.getByRole('tabpanel', { name: t('collections:record.history') })
  await expect(history.getByRole('link', { name: 'Book a seat' })).toBeVisible()
  await expect(history.getByText(t('collections:writer.node', { node: 'save' }))).toBeVisible()
  await expect(history.getByText(t('collections:writer.user', { name: 'admin@example.com' }))).toBeVisible()
  await page.getByRole('button', { name: t('collections:close') }).click()

  await page.getByRole('button', { name: t('collections:import.button') }).click()
  const csv = 'name,seats\nGrace,1\nBad,many\n李雷,3\n'
  await dialog.getByLabel(t('collections:import.choose')).setInputFiles({ name: 'guests.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await dialog.getByRole('button', { name: t('collections:import.check') }).click()
  await expect(dialog.getByText(t('collections:import.some_other', { valid: 2, count: 3 }))).toBeVisible()
  await expect(dialog.getByRole('region', { name: t('collections:import.errors') })).toContainText('seats')
  await dialog.getByRole('button', { name: t('collections:import.start_other', { count: 2 }) }).click()
  await expect(page.getByText(t('collections:import.progress', { done: 2, total: 3, failed: 1 }))).toBeVisible()
  for (const name of ['Ada', 'Grace', '李雷']) await expect(grid.getByRole('gridcell', { name, exact: true })).toBeVisible()
  await expect(grid.getByRole('gridcell', { name: 'Bad', exact: true })).toBeHidden()
})
