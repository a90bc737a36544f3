import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto'

import type { Page } from '@playwright/test'

import type { Server } from '../server'
import { expect, test, words } from '../test'

const t = words()
const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex')
const seconds = () => Math.floor(Date.now() / 1000)

const verified = (server: Server, key: string, verification: Record<string, unknown>) =>
  server.workflow({ key, trigger: { type: 'webhook', config: { verification: { scheme: key, ...verification } } }, nodes: [] })

/** checks opens what was verified of the request that got an answer. */
async function checks(page: Page, server: Server, answer: Response) {
  await page.goto(`${server.url}/deliveries?id=${answer.headers.get('X-Hookflow-Delivery')}&tab=verification`)
  return page.getByRole('tabpanel').getByRole('list', { name: t('deliveries:verify.checks') })
}

test('9. Stripe: a signature that is too old', async ({ open, server }) => {
  await verified(server, 'stripe', { secret: 'whsec_test' })
  const body = '{"id":"evt_1","type":"charge.succeeded"}'
  const send = (at: number) => server.hook('stripe', body, { 'Stripe-Signature': `t=${at},v1=${hmac('whsec_test', `${at}.${body}`)}` })
  expect((await send(seconds())).status).toBe(200)
  const old = await send(seconds() - 3600)
  expect(old.status).toBe(401)
  const shown = await checks(await open(), server, old)
  await expect(shown.getByText(t('deliveries:code.timestamp_expired.title'))).toBeVisible()
})

test('9. Slack: the challenge is answered and starts nothing', async ({ open, server }) => {
  await verified(server, 'slack', { secret: 'slack-signing-secret' })
  const body = '{"type":"url_verification","challenge":"3eZbrw1aB"}'
  const at = String(seconds())
  const answer = await server.hook('slack', body, { 'X-Slack-Request-Timestamp': at, 'X-Slack-Signature': `v0=${hmac('slack-signing-secret', `v0:${at}:${body}`)}` })
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('3eZbrw1aB')])
  const page = await open()
  const shown = await checks(page, server, answer)
  await expect(shown.getByText(t('deliveries:check.handshake'), { exact: true })).toBeVisible()
  await expect(page.getByRole('list', { name: t('deliveries:list') }).getByText(t('common:status.handshake'))).toBeVisible()
  expect((await server.api<{ items: unknown[] }>('GET', '/api/executions')).items).toEqual([])
})

test('9. WeCom: the echostr is sent back decrypted', async ({ open, server }) => {
  const [token, receiveId, encodingAESKey] = ['callback-token', 'ww0123456789abcdef', randomBytes(32).toString('base64').slice(0, 43)]
  await verified(server, 'wecom', { token, encodingAESKey, receiveId })
  const echostr = encrypted('3641206352', encodingAESKey, receiveId)
  const ask = (token: string) => {
    const [timestamp, nonce] = [String(seconds()), '263014780']
    const signature = createHash('sha1').update([token, timestamp, nonce, echostr].toSorted().join('')).digest('hex')
    return server.hook(`wecom?${new URLSearchParams({ msg_signature: signature, timestamp, nonce, echostr })}`, '', {}, 'GET')
  }
  const answer = await ask(token)
  expect([answer.status, await answer.text()]).toEqual([200, '3641206352'])
  const page = await open()
  await expect((await checks(page, server, answer)).getByText(t('deliveries:check.handshake'), { exact: true })).toBeVisible()
  const other = await ask('another-token')
  expect(other.status).toBe(401)
  await expect((await checks(page, server, other)).getByText(t('deliveries:code.signature_mismatch.title'))).toBeVisible()
})

/** encrypted is a text as WeCom's callback library encrypts it: random bytes, length, text, receiver, padded to 32. */
function encrypted(text: string, encodingAESKey: string, receiver: string) {
  const key = Buffer.from(`${encodingAESKey}=`, 'base64')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(Buffer.byteLength(text))
  const plain = Buffer.concat([randomBytes(16), length, Buffer.from(text + receiver)])
  const padding = 32 - (plain.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(padding, padding)])), cipher.final()]).toString('base64')
}
