import { createHmac } from 'node:crypto'

import { expect, test, words } from '../test'

const t = words()

test('8. a signature that does not fit is explained, also after the secret was rotated', async ({ open, server }) => {
  await server.api('PUT', '/api/env/GITHUB_SECRET', { value: 'first-secret', secret: true })
  await server.workflow({
    key: 'push',
    trigger: { type: 'webhook', config: { verification: { scheme: 'github', secret: '{{$env.GITHUB_SECRET}}' } } },
    nodes: [{ key: 'note', type: 'set', config: { values: { ref: '{{$context.data.ref}}' } } }],
  })
  const push = async (secret: string) => {
    const body = '{"ref":"refs/heads/main"}'
    const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
    const answer = await server.hook('push', body, { 'X-Hub-Signature-256': signature, 'X-GitHub-Event': 'push' })
    return { status: answer.status, id: answer.headers.get('X-Hookflow-Delivery') }
  }
  expect((await push('first-secret')).status).toBe(200)
  const wrong = await push('a-wrong-secret')
  expect(wrong.status).toBe(401)

  const page = await open('/deliveries')
  const rows = page.getByRole('list', { name: t('deliveries:list') }).getByRole('listitem')
  await expect(rows).toHaveCount(2)
  await expect(rows.first()).toContainText('401')
  await expect(rows.first()).toContainText(t('deliveries:reason.verification.title'))
  await rows.first().getByRole('link').click()
  await page.getByRole('tab', { name: t('deliveries:tab.verification') }).click()
  const checks = page.getByRole('tabpanel').getByRole('list', { name: t('deliveries:verify.checks') })
  await expect(checks.getByText(t('deliveries:code.signature_mismatch.title'))).toBeVisible()
  await expect(checks.getByText(t('deliveries:code.near_miss_previous.title'))).toBeHidden()

  await page.goto(`${server.url}/settings/secrets`)
  await page.getByRole('button', { name: t('settings:secrets.rotateNamed', { name: 'GITHUB_SECRET' }) }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('settings:secrets.value'), { exact: true }).fill('second-secret')
  await dialog.getByRole('button', { name: t('settings:save') }).click()
  await expect(dialog).toBeHidden()

  await expect.poll(async () => (await push('second-secret')).status).toBe(200)
  const stale = await push('first-secret')
  expect(stale.status).toBe(401)
  await page.goto(`${server.url}/deliveries?id=${stale.id}&tab=verification`)
  await expect(checks.getByText(t('deliveries:code.near_miss_previous.title'))).toBeVisible()
  await expect(rows.nth(1)).toContainText('200')
})
