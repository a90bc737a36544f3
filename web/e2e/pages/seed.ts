import { createHmac } from 'node:crypto'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { expect } from '@playwright/test'

import type { Server } from '../server'
import type { Language } from '../test'
import { documents } from './documents'

/** Where on the pages the telling things are. */
export interface Seeded {
  /** Executions. */
  failed: string
  succeeded: string
  waiting: string
  /** Deliveries. */
  accepted: string
  rejected: string
}

const secrets = { SHOP_SECRET: 'shop-9f2c41', GITHUB_SECRET: 'push-77ab03', STRIPE_SECRET: 'whsec_5d1e0c', SITE_TOKEN: 'site-20c6d8' }

/** The environment of a server that is to be seeded: the senders' addresses are told by a proxy. */
export const environment = { HOOKFLOW_TRUSTED_PROXIES: '127.0.0.1' }

/** seed fills a server with what a busy shop would have: set up by the API, all else by real requests. */
export async function seed(server: Server, language: Language): Promise<Seeded> {
  const outside = await listen()
  try {
    await setUp(server, language, `http://127.0.0.1:${(outside.address() as AddressInfo).port}`)
    await sendAll(server, language)
    return await find(server)
  } finally {
    outside.close()
  }
}

/** listen is the world outside: a warehouse that knows no goods whose number begins with X, and a team. */
async function listen(): Promise<HttpServer> {
  const outside = createServer((request, answer) => {
    const sku = /^\/stock\/(.*)/.exec(request.url ?? '')?.[1]
    const broken = sku?.startsWith('X')
    answer.writeHead(broken ? 502 : 200, { 'Content-Type': 'application/json' })
    answer.end(JSON.stringify(broken ? { error: 'warehouse is closed' } : { sku, left: 7, ok: true, code: 0 }))
  })
  await new Promise<void>((done) => outside.listen(0, '127.0.0.1', done))
  return outside
}

async function setUp(server: Server, language: Language, outside: string) {
  const { collections, channels, workflows } = documents(language)
  for (const sample of ['workflows/sample', 'collections/sample_contacts', 'env/SAMPLE_TOKEN']) await server.api('DELETE', `/api/${sample}`)
  for (const [name, value] of Object.entries(secrets)) await server.api('PUT', `/api/env/${name}`, { value, secret: true })
  for (const [name, value] of Object.entries({ WAREHOUSE: outside, TEAM_CHAT: `${outside}/chat` })) await server.api('PUT', `/api/env/${name}`, { value, secret: false })
  for (const collection of collections) await server.api('POST', '/api/collections', { kind: 'Collection', ...collection })
  for (const channel of channels) await server.api('PUT', `/api/channels/${channel.key}`, { kind: 'Channel', ...channel })
  for (const workflow of workflows) await server.workflow(workflow)
  await server.api('PUT', '/api/ip-sets/office', { ranges: ['203.0.113.0/24', '2001:db8::/32'] })
  for (const [name, role] of [['ada', 'editor'], ['grace', 'viewer']]) await server.api('POST', '/api/users', { email: `${name}@example.com`, password: 'correct-horse-battery', role })
  for (const [name, role] of [['deployment', 'editor'], ['dashboard', 'viewer']]) await server.api('POST', '/api/api-keys', { name, role })
}

interface Request {
  path: string
  body: unknown
  headers?: Record<string, string>
  method?: string
}

const people = { en: ['Ada Lovelace', 'Alan Turing', 'Grace Hopper', 'Edsger Dijkstra', 'Barbara Liskov'], zh: ['李雷', '韩梅梅', '王小明', '张伟', '刘洋'] }
const goods = ['lamp', 'desk', 'chair', 'shelf', 'rug']

const from = (agent: string, i: number) => ({ 'User-Agent': agent, 'X-Forwarded-For': `203.0.113.${10 + (i % 40)}` })
const hmac = (secret: string, text: string, encoding: 'hex' | 'base64') => createHmac('sha256', secret).update(text).digest(encoding)

function order(i: number): Request {
  const lines = [{ sku: goods[i % 5], count: 1 + (i % 3), price: 49 + (i % 7) * 20 }, { sku: goods[(i + 2) % 5], count: 1, price: 19.9 }]
  const body = JSON.stringify({ number: `A-${1000 + i}`, total: lines.reduce((sum, { count, price }) => sum + count * price, 0), currency: 'EUR', lines })
  return { path: 'shop-orders', body, headers: { ...from('Shopify-Captain-Hook', i), 'X-Shopify-Topic': 'orders/create', 'X-Shopify-Hmac-Sha256': hmac(secrets.SHOP_SECRET, body, 'base64') } }
}

function push(i: number, secret = secrets.GITHUB_SECRET): Request {
  const commit = hmac('commit', String(i), 'hex').slice(0, 40)
  const body = JSON.stringify({ ref: i % 3 ? 'refs/heads/main' : 'refs/heads/next', after: commit, repository: { full_name: 'acme/shop' }, pusher: { name: 'ada' }, head_commit: { message: 'Round prices once' } })
  return { path: 'github-push', body, headers: { ...from('GitHub-Hookshot/044aadd', i), 'X-GitHub-Event': i % 5 ? 'push' : 'ping', 'X-GitHub-Delivery': commit, 'X-Hub-Signature-256': `sha256=${hmac(secret, body, 'hex')}` } }
}

function payment(i: number, age = 0): Request {
  const at = Math.floor(Date.now() / 1000) - age
  const body = JSON.stringify({ id: `evt_${3000 + i}`, type: i % 6 ? 'payment_intent.succeeded' : 'charge.refunded', data: { object: { amount: 1990 + i * 10, currency: 'eur' } } })
  return { path: 'stripe-payments', body, headers: { ...from('Stripe/1.0', i), 'Stripe-Signature': `t=${at},v1=${hmac(secrets.STRIPE_SECRET, `${at}.${body}`, 'hex')}` } }
}

function form(i: number, language: Language): Request {
  const name = people[language][i % 5]!
  const message = language === 'zh' ? '请问什么时候可以发货？谢谢！' : 'When will my order ship? Thank you!'
  return { path: 'contact', body: { name: `${name} ${i}`, email: `customer${i}@example.com`, message, plan: ['free', 'pro', 'team'][i % 3], newsletter: i % 2 === 0 }, headers: from('Mozilla/5.0', i) }
}

const question = (i: number): Request => ({ path: `stock/${i % 9 ? goods[i % 5] : 'X'}-${i}`, body: {}, headers: from('curl/8.14.1', i) })

const trialOf = (i: number): Request => ({ path: 'trial-reminder', body: { email: `customer${i}@example.com` }, headers: { ...from('website', i), Authorization: `Bearer ${secrets.SITE_TOKEN}` } })

/** What goes wrong, once each. */
const wrong = (language: Language): Request[] => [
  push(901, 'an-old-secret'),
  payment(902, 3600),
  { ...order(903), headers: from('Shopify-Captain-Hook', 3) },
  { path: 'contact', body: { name: 'Bob' }, headers: from('Mozilla/5.0', 4) },
  { path: 'contact', body: '{"name": ', headers: from('Mozilla/5.0', 5) },
  { ...form(906, language), method: 'PUT' },
  { path: 'shop-order', body: {}, headers: from('Shopify-Captain-Hook', 6) },
  { ...trialOf(908), headers: from('website', 8) },
  order(7),
]

async function sendAll(server: Server, language: Language) {
  const most = Array.from({ length: 48 }, (_, i) => [order(i), push(i), payment(i), form(i % 30, language), question(i)]).flat()
  const requests = [...most, ...wrong(language), ...[1, 2, 3].map(trialOf)]
  // A few senders at once, each of which waits for its answer.
  const sender = async () => {
    for (let next = requests.shift(); next; next = requests.shift()) await server.hook(next.path, next.body, next.headers, next.method)
  }
  await Promise.all([1, 2, 3, 4].map(sender))
  const accepted = await first(server, '/api/deliveries?workflow=shop-orders&outcome=accepted')
  await server.api('PUT', '/api/workflows/shop-orders/sample', { delivery: accepted })
  await server.api('POST', `/api/deliveries/${accepted}/replay`, {})
  await allDone(server)
}

type Listed = { items: { id: string }[] }

/** allDone waits until what was accepted has run, but for what waits on purpose. */
async function allDone(server: Server) {
  for (const status of ['queued', 'running']) {
    await expect.poll(async () => (await server.api<Listed>('GET', `/api/executions?status=${status}&limit=1`)).items, { timeout: 30_000 }).toEqual([])
  }
}

async function first(server: Server, path: string) {
  const { items } = await server.api<Listed>('GET', `${path}&limit=1`)
  if (!items[0]) throw new Error(`nothing at ${path}`)
  return items[0].id
}

const find = async (server: Server): Promise<Seeded> => ({
  accepted: await first(server, '/api/deliveries?workflow=shop-orders&outcome=accepted'),
  rejected: await first(server, '/api/deliveries?workflow=github-push&reason=verification'),
  failed: await first(server, '/api/executions?workflow=stock-check&status=error'),
  succeeded: await first(server, '/api/executions?workflow=shop-orders&status=succeeded'),
  waiting: await first(server, '/api/executions?workflow=trial-reminder&status=waiting'),
})
