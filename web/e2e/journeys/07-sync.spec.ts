import { expect, test, words } from '../test'

const t = words()

test('7. the caller gets what the flow answers, or the configured answer when it takes too long', async ({ open, server }) => {
  await server.workflow({
    key: 'answer',
    trigger: { type: 'webhook', config: { mode: 'sync', sync: { timeout: '1s' } } },
    nodes: [
      { key: 'slow', type: 'condition', config: { left: '{{$context.data.slow}}', op: 'isTrue' }, branches: { true: [{ key: 'wait', type: 'delay', config: { for: '1h' } }], false: [] } },
      { key: 'reply', type: 'response', title: 'Reply', config: { status: 201, headers: { 'X-Flow': 'yes' }, body: { hello: '{{$context.data.name}}' } } },
    ],
  })
  const quick = await server.hook('answer', { name: '李雷' })
  expect([quick.status, quick.headers.get('X-Flow'), await quick.json()]).toEqual([201, 'yes', { hello: '李雷' }])
  const late = await server.hook('answer', { slow: true })
  expect(late.status).toBe(504)

  const page = await open('/executions')
  await page.getByRole('list', { name: t('common:nav.executions') }).getByText(t('common:status.aborted')).click()
  await expect(page).toHaveURL(/\/executions\/\w+/)
  await page.goto(`${server.url}/deliveries?id=${quick.headers.get('X-Hookflow-Delivery')}`)
  await expect(page.getByText('201').first()).toBeVisible()
})
