import { receive } from '../receiver'
import { expect, test, words } from '../test'

const t = words()
const flow = (url: string) => ({
  key: 'guarded',
  trigger: { type: 'webhook', config: {} },
  nodes: [{ key: 'send', type: 'request', title: 'Send', config: { method: 'POST', url, headers: { 'X-Token': '{{$env.SHIP_KEY}}' }, body: { token: '{{$env.SHIP_KEY}}' } } }],
})

test('18. a secret is used and never seen again, a key is shown once', async ({ open, server }) => {
  const secret = 'not-for-any-eyes-4711'
  const receiver = await receive()
  const page = await open('/settings/secrets')
  const answers: Promise<string>[] = []
  // A stream of events has no end to wait for.
  page.on('response', (answer) => answer.headers()['content-type']?.startsWith('text/event-stream') || answers.push(answer.text().catch(() => '')))
  const unseen = async (text: string) => {
    expect(await page.content()).not.toContain(text)
    for (const answer of await Promise.all(answers)) expect(answer).not.toContain(text)
  }

  await page.getByRole('button', { name: t('settings:secrets.new') }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('settings:secrets.name'), { exact: true }).fill('SHIP_KEY')
  await dialog.getByLabel(t('settings:secrets.value'), { exact: true }).fill(secret)
  await dialog.getByRole('button', { name: t('settings:save') }).click()
  await expect(page.getByRole('row', { name: /SHIP_KEY/ })).toContainText(t('settings:secrets.hidden'))
  await unseen(secret)
  expect((await Promise.all(answers)).join()).toContain('SHIP_KEY')

  await server.workflow(flow(receiver.url))
  await server.hook('guarded', {})
  await expect.poll(() => receiver.got.map(({ headers, body }) => [headers['x-token'], body])).toEqual([[secret, `{"token":"${secret}"}`]])
  await page.goto(`${server.url}/executions`)
  await page.getByRole('list', { name: t('common:nav.executions') }).getByText(t('common:status.succeeded')).click()
  await page.locator('[data-node="send"]').click()
  await page.getByRole('tab', { name: t('executions:tabs.input') }).click()
  await expect(page.getByText('••••').first()).toBeVisible()
  await unseen(secret)

  await page.goto(`${server.url}/settings/keys`)
  await page.getByRole('button', { name: t('settings:keys.new') }).first().click()
  await dialog.getByLabel(t('settings:keys.name'), { exact: true }).fill('build')
  await dialog.getByRole('button', { name: t('settings:keys.make') }).click()
  const key = /Bearer (\S+)'/.exec(await dialog.getByText(/curl/).innerText())?.[1] ?? ''
  const as = (method: string, path: string) => fetch(server.url + path, { method, headers: { Authorization: `Bearer ${key}` } }).then(({ status }) => status)
  expect([await as('GET', '/api/workflows'), await as('DELETE', '/api/workflows/guarded')]).toEqual([200, 403])
  await dialog.getByRole('button', { name: t('settings:keys.kept') }).click()
  answers.length = 0
  await page.reload()
  await expect(page.getByRole('row', { name: /build/ })).toBeVisible()
  await unseen(key)
  receiver.close()
})

test('18. a viewer sees no way to change anything, and could not', async ({ open, server }) => {
  const viewer = { email: 'viewer@example.com', password: 'only-looking-around' }
  server.addUser(viewer.email, viewer.password, 'viewer')
  await server.workflow(flow('https://example.com'))
  const page = await open('/workflows', viewer)
  await expect(page.getByRole('link', { name: 'guarded' }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: t('workflows:new.button') })).toHaveCount(0)

  await page.goto(`${server.url}/workflows/guarded?node=send`)
  await expect(page.getByRole('textbox', { name: t('editor:node.title') })).not.toBeEditable()
  for (const name of ['editor:publish.button', 'editor:test.title', 'editor:run.node']) await expect(page.getByRole('button', { name: t(name), exact: true })).toHaveCount(0)
  await page.goto(`${server.url}/settings/keys`)
  await expect(page.getByText(t('settings:forbidden.title'))).toBeVisible()

  const refused = async (method: string, path: string, data: unknown = {}) => (await page.request.fetch(server.url + path, { method, data, headers: { Origin: server.url } })).status()
  expect([await refused('DELETE', '/api/workflows/guarded'), await refused('PUT', '/api/env/SHIP_KEY', { value: 'x' }), await refused('POST', '/api/api-keys', { name: 'x', role: 'admin' })]).toEqual([403, 403, 403])
})
