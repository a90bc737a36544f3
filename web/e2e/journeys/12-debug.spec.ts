import { receive } from '../receiver'
import { expect, test, words } from '../test'

const t = words()

test('12. a failed run is debugged, fixed, and repeated', async ({ open, server }) => {
  let moved = true
  const receiver = await receive((path) => (path === '/old' && moved ? 404 : 200))
  await server.workflow({
    key: 'ship',
    trigger: { type: 'webhook', config: {} },
    nodes: [
      { key: 'order', type: 'set', title: 'Order', config: { values: { number: '{{$context.data.number}}' } } },
      { key: 'send', type: 'request', title: 'Send', config: { method: 'POST', url: `${receiver.url}/old`, body: '{{$steps.order.number}}' } },
    ],
  })
  await server.hook('ship', { number: 'A-7' })
  const page = await open('/executions')
  await page.getByRole('list', { name: t('common:nav.executions') }).getByText(t('common:status.error')).click()
  await expect(page).toHaveURL(/\/executions\/\w+/)
  const failed = page.url()

  // Repaired in the editor, with the data of the run.
  await page.getByRole('button', { name: t('executions:actions.debug') }).click()
  await page.getByRole('textbox', { name: 'URL', exact: true }).fill(`${receiver.url}/new`)
  await page.getByRole('button', { name: t('editor:run.node'), exact: true }).click()
  await page.getByRole('dialog', { name: t('editor:acts.title') }).getByRole('button', { name: t('editor:acts.run') }).click()
  await expect.poll(() => receiver.got.map(({ path, body }) => path + body)).toEqual(['/oldA-7', '/newA-7'])
  await page.getByRole('button', { name: t('editor:publish.button') }).click()
  await page.getByRole('dialog').getByRole('button', { name: t('editor:publish.do') }).click()
  await expect(page.getByText(t('editor:chip.published', { n: 2 }))).toBeVisible()

  const again = async (how: string) => {
    await page.goto(failed)
    await page.getByRole('button', { name: t('executions:actions.again') }).click()
    await page.getByRole('menuitem', { name: how }).click()
    await expect(page).not.toHaveURL(failed)
    await expect(page.locator('header').getByText(t('common:status.succeeded'))).toBeVisible()
  }
  await again(t('executions:again.published'))
  await page.getByRole('link', { name: /^\w{13}$/ }).first().click()
  await expect(page.getByText(t('deliveries:verdict.fixed'))).toBeVisible()

  // The other way: the receiver was repaired, and only what failed runs again.
  moved = false
  await again(t('executions:again.failing', { name: 'Send' }))
  await expect(page.getByText(t('executions:verdict.fixed'))).toBeVisible()
  expect(receiver.got.map(({ path }) => path)).toEqual(['/old', '/new', '/new', '/old'])
  receiver.close()
})
