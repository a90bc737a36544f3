import { expect, test, words } from '../test'

const t = words()

test('6. two requests, two ways through the flow', async ({ open, server }) => {
  const step = (key: string) => ({ key, type: 'set', title: key, config: { values: { key } } })
  await server.workflow({
    key: 'ways',
    trigger: { type: 'webhook', config: { mode: 'sync' } },
    nodes: [
      { key: 'paid', type: 'condition', config: { left: '{{$context.data.paid}}', op: 'isTrue' }, branches: { true: [step('ship')], false: [step('remind')] } },
      {
        key: 'plan',
        type: 'switch',
        config: { cases: [{ key: 'pro', when: { left: '{{$context.data.plan}}', op: 'equals', right: 'pro' } }], onNoMatch: 'continue' },
        branches: { pro: [step('thank')], otherwise: [step('offer')] },
      },
    ],
  })
  const ran = async (body: unknown, yes: string[], no: string[]) => {
    const { execution } = (await (await server.hook('ways', body)).json()) as { execution: string }
    const page = await open(`/executions/${execution}`)
    // Only what is in sight is drawn.
    await page.getByRole('button', { name: t('editor:zoom.fit') }).click()
    for (const name of yes) await expect(page.locator(`.fc-was-succeeded[data-node="${name}"]`)).toHaveCount(1)
    for (const name of no) await expect(page.locator(`.fc-faded[data-node="${name}"]`)).toHaveCount(1)
    await expect(page.getByText(t('common:status.succeeded')).first()).toBeVisible()
  }
  await ran({ paid: true, plan: 'pro' }, ['ship', 'thank'], ['remind', 'offer'])
  await ran({ paid: false, plan: 'free' }, ['remind', 'offer'], ['ship', 'thank'])
})
