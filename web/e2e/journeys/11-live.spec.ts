import { expect, test, words } from '../test'

const t = words()

test('11. the live log can be held, and knows every request once, also after a restart', async ({ open, server }) => {
  await server.workflow({ key: 'tail', trigger: { type: 'webhook', config: {} }, nodes: [] })
  const send = (from: number, to: number) => Promise.all(Array.from({ length: to - from }, (_, n) => server.hook('tail', { n: from + n })))
  await send(0, 3)
  const page = await open('/deliveries')
  const list = page.getByRole('list', { name: t('deliveries:list') })
  const row = list.getByRole('listitem').first()
  const live = page.getByText(t('deliveries:live.on'), { exact: true })
  await expect(row).toHaveAttribute('aria-setsize', '3')
  await expect(live).toBeVisible()

  await page.getByRole('button', { name: t('deliveries:live.pause') }).click()
  const newest = await row.getByRole('link').getAttribute('data-row')
  for (let n = 0; n < 200; n += 20) await send(n, n + 20)
  const waiting = page.getByRole('button', { name: t('deliveries:live.waiting_other', { shown: 200 }), exact: true })
  await expect(waiting).toBeVisible()
  await expect(row).toHaveAttribute('aria-setsize', '3')
  await expect(row.getByRole('link')).toHaveAttribute('data-row', newest!)
  await waiting.click()
  await expect(row).toHaveAttribute('aria-setsize', '203')

  await server.stop('SIGKILL')
  await expect(page.getByText(t('deliveries:live.lost'), { exact: true })).toBeVisible()
  await server.start()
  await expect(live).toBeVisible({ timeout: 30_000 })
  await send(0, 5)
  await expect(row).toHaveAttribute('aria-setsize', '208')
  await expect(waiting).toBeHidden()

  // What is shown is what is kept: each once, the newest first.
  const kept = (await server.api<{ items: { id: string }[] }>('GET', '/api/deliveries?limit=10')).items.map(({ id }) => id)
  const shown = await list.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('data-row')))
  expect(shown.slice(0, 10)).toEqual(kept)
  expect(new Set(shown).size).toBe(shown.length)
})
