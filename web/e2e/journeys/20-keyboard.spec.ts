import type { Locator } from '@playwright/test'

import { expect, test, words } from '../test'

const t = words()

test('20. without a mouse: to a node, edit, run, publish', async ({ open, server }) => {
  await server.workflow({ key: 'keys', trigger: { type: 'webhook', config: { mode: 'sync' } }, nodes: [{ key: 'reply', type: 'response', title: 'Reply', config: { body: 'one' } }] })
  const page = await open('/')
  const press = (key: string) => page.keyboard.press(key)
  const tabTo = async (goal: Locator, key = 'Tab') => {
    await expect(goal).toBeVisible()
    const there = () => goal.evaluate((element) => element === document.activeElement)
    for (let n = 0; n < 60 && !(await there()); n++) await press(key)
    await expect(goal).toBeFocused()
  }

  await press('Control+k')
  await expect(page.getByRole('combobox', { name: t('palette:label') })).toBeFocused()
  await page.keyboard.type('Reply')
  await expect(page.getByRole('option', { name: /Reply/ })).toHaveAttribute('aria-selected', 'true')
  await press('Enter')
  await expect(page.locator('[data-node="reply"]')).toBeFocused()

  await tabTo(page.getByRole('textbox', { name: 'Body', exact: true }))
  await press('Control+a')
  await page.keyboard.type('two')
  await tabTo(page.getByRole('button', { name: t('editor:run.node'), exact: true }))
  await press('Enter')
  await expect(page.getByRole('tabpanel', { name: t('editor:tab.output') }).getByText(t('common:status.succeeded'))).toBeVisible()

  await tabTo(page.getByRole('button', { name: t('editor:publish.button'), exact: true }), 'Shift+Tab')
  await press('Enter')
  await tabTo(page.getByRole('dialog').getByRole('button', { name: t('editor:publish.do') }))
  await press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect.poll(async () => (await server.hook('keys', {})).text()).toBe('two')
})
