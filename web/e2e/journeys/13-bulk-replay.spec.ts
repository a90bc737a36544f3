import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { expect, test, words } from '../test'

const t = words()
const all = 260

test('13. all that a filter finds is replayed, and stopped in the middle', async ({ open, server }) => {
  // A replay gives way to other traffic: with a receiver that does not answer it cannot come to its end.
  await server.stop('SIGTERM')
  await server.start({ HOOKFLOW_WORKERS: '1' })
  const receiver = createServer()
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
  const workflow = (nodes: unknown[]) => server.workflow({ key: 'orders', title: 'Orders', trigger: { type: 'webhook', config: {} }, nodes })
  try {
    await workflow([])
    for (let n = 0; n < all; n += 20) await Promise.all(Array.from({ length: 20 }, (_, m) => server.hook('orders', { n: n + m })))
    await workflow([{ key: 'tell', type: 'request', config: { url, method: 'POST' } }])

    const page = await open('/deliveries?workflow=orders')
    await page.getByRole('button', { name: t('deliveries:replayAll') }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText(t('deliveries:bulk.count_other', { shown: all }))).toBeVisible()
    await dialog.getByRole('button', { name: t('deliveries:bulk.start') }).click()

    const tray = page.getByRole('region', { name: t('deliveries:tray.label') })
    await expect(tray.getByText(t('deliveries:tray.running'))).toBeVisible()
    await expect(tray.getByText(new RegExp(`^${t('deliveries:bulk.progress', { done: '[1-9]\\d*', total: all })}$`))).toBeVisible()
    await tray.getByRole('button', { name: t('deliveries:tray.abort') }).click()
    await expect(tray.getByText(t('deliveries:tray.aborted'))).toBeVisible()
    const [replay] = (await server.api<{ items: { status: string; total: number; done: number }[] }>('GET', '/api/replays')).items
    expect(replay).toMatchObject({ status: 'aborted', total: all })
    expect(replay!.done).toBeGreaterThan(0)
    expect(replay!.done).toBeLessThan(all)

    await tray.getByRole('button', { name: t('deliveries:tray.results') }).click()
    const row = page.getByRole('list', { name: t('deliveries:list') }).getByRole('listitem').first()
    await expect(row).toContainText(t('deliveries:row.replay'))
    await row.getByRole('link').click()
    await page.getByRole('link', { name: t('deliveries:trace.original') }).click()
    await page.getByRole('tab', { name: t('deliveries:tab.runs') }).click()
    await expect(page.getByRole('tabpanel').getByText(t('deliveries:verdict.running')).first()).toBeVisible()
  } finally {
    receiver.close()
    receiver.closeAllConnections()
  }
})
