import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { expect, test, words } from '../test'

const t = words()

test('19. a channel is tested, tells of a failed run, and the audit log has each step', async ({ open, server }) => {
  const heard: string[] = []
  const receiver = createServer((request, answer) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => (heard.push(body), answer.end('{"thanks":true}')))
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  try {
    const page = await open('/settings/channels')
    await page.getByRole('button', { name: t('settings:channels.new') }).first().click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('button', { name: /^HTTP request/ }).click()
    await drawer.getByLabel(t('settings:channels.title'), { exact: true }).fill('Ops')
    await drawer.getByRole('button', { name: t('form:secret.new') }).click()
    const secret = drawer.getByRole('group', { name: t('form:secret.new') })
    await secret.getByLabel(t('form:secret.name')).fill('OPS_URL')
    await secret.getByLabel(t('form:secret.value')).fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alert`)
    await secret.getByRole('button', { name: t('form:secret.save') }).click()
    await expect(secret).toBeHidden()
    await drawer.getByRole('button', { name: t('settings:save') }).click()
    await drawer.getByRole('button', { name: t('settings:channels.send') }).click()
    await expect(drawer.getByText(t('settings:channels.taken'))).toBeVisible()
    expect(heard).toHaveLength(1)
    await drawer.getByLabel(t('settings:channels.title'), { exact: true }).fill('Operations')
    await drawer.getByRole('button', { name: t('settings:save') }).click()
    await expect(drawer.getByText(t('settings:saved'), { exact: true })).toBeVisible()

    const message = { channel: 'ops', title: 'Failed: {{$context.workflow}}', text: '{{$context.error}}' }
    await server.workflow({ key: 'tell', trigger: { type: 'manual' }, nodes: [{ key: 'tell', type: 'notify', config: message }] })
    await server.workflow({
      key: 'fragile',
      trigger: { type: 'webhook', config: {} },
      options: { onError: 'tell' },
      nodes: [{ key: 'break', type: 'javascript', config: { code: 'throw new Error("the till is empty")' } }],
    })
    await server.hook('fragile', {})
    await expect.poll(() => heard.length).toBe(2)
    expect(heard[1]).toContain('Failed: fragile')
    expect(heard[1]).toContain('the till is empty')

    await page.goto(`${server.url}/settings/audit?kind=channel`)
    const log = page.getByRole('table', { name: t('settings:section.audit') })
    const entry = (action: string) => log.getByRole('row').filter({ hasText: t(`settings:action.${action}`) }).filter({ hasText: 'admin@example.com' })
    await expect(entry('test')).toHaveCount(1)
    await expect(entry('create')).toHaveCount(1)
    await entry('update').getByRole('button', { name: t('settings:audit.unfold') }).click()
    const changes = page.getByRole('table', { name: t('settings:audit.changes') })
    await expect(changes.getByRole('row').filter({ hasText: 'title' })).toContainText(/Ops.*Operations/)
  } finally {
    receiver.close()
  }
})
