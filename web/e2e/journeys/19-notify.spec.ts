import { receive } from '../receiver'
import { expect, test, words } from '../test'

const t = words()

test('19. a channel is tested, tells of a failed run, and the audit log has each step', async ({ open, server }) => {
  const { got, url, close } = await receive()
  try {
    const page = await open('/settings/channels')
    await page.getByRole('button', { name: t('settings:channels.new') }).first().click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('button', { name: /^HTTP request/ }).click()
    await drawer.getByLabel(t('settings:channels.title'), { exact: true }).fill('Ops')
    await drawer.getByRole('button', { name: t('form:secret.new') }).click()
    const secret = drawer.getByRole('group', { name: t('form:secret.new') })
    await secret.getByLabel(t('form:secret.name')).fill('OPS_URL')
    await secret.getByLabel(t('form:secret.value')).fill(`${url}/alert`)
    await secret.getByRole('button', { name: t('form:secret.save') }).click()
    await expect(secret).toBeHidden()
    await drawer.getByRole('button', { name: t('settings:save') }).click()
    await drawer.getByRole('button', { name: t('settings:channels.send') }).click()
    await expect(drawer.getByText(t('settings:channels.taken'))).toBeVisible()
    expect(got.map(({ path }) => path)).toEqual(['/alert'])
    await drawer.getByLabel(t('settings:channels.title'), { exact: true }).fill('Operations')
    await drawer.getByRole('button', { name: t('settings:save') }).click()
    await expect(page.getByRole('dialog', { name: t('settings:editNamed', { name: 'Operations' }) })).toBeVisible()

    const message = { channel: 'ops', title: 'Failed: {{$context.workflow}}', text: '{{$context.error}}' }
    await server.workflow({ key: 'tell', trigger: { type: 'manual' }, nodes: [{ key: 'tell', type: 'notify', config: message }] })
    await server.workflow({
      key: 'fragile',
      trigger: { type: 'webhook', config: {} },
      options: { onError: 'tell' },
      nodes: [{ key: 'break', type: 'javascript', config: { code: 'throw new Error("the till is empty")' } }],
    })
    await server.hook('fragile', {})
    await expect.poll(() => got.length).toBe(2)
    expect(got[1]!.body).toContain('Failed: fragile')
    expect(got[1]!.body).toContain('the till is empty')

    await page.goto(`${server.url}/settings/audit?kind=channel`)
    const log = page.getByRole('table', { name: t('settings:section.audit') })
    const entry = (action: string) => log.getByRole('row').filter({ hasText: t(`settings:action.${action}`) }).filter({ hasText: 'admin@example.com' })
    await expect(entry('test')).toHaveCount(1)
    await expect(entry('create')).toHaveCount(1)
    await entry('update').getByRole('button', { name: t('settings:audit.unfold') }).click()
    const changed = log.getByRole('list', { name: t('json:diff.list') }).getByRole('listitem').filter({ hasText: 'title' })
    await expect(changed.getByRole('deletion')).toContainText('Ops')
    await expect(changed.getByRole('insertion')).toContainText('Operations')
  } finally {
    close()
  }
})
