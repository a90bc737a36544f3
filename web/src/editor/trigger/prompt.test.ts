import { expect, test } from 'vitest'

import { setupPrompt } from './prompt'

const words = { intro: 'Intro.', url: 'URL', methods: 'Methods', proof: 'Proof', answer: 'Answer', sample: 'Sample', schema: 'Schema', curl: 'curl', rules: 'Rules.' }
const facts = { title: 'Orders', url: 'https://h/api/webhooks/orders', methods: ['POST', 'PUT'], scheme: 'GitHub', checks: 'HMAC', answer: 'at once', schema: undefined, sample: undefined, curl: '' }

test('the text has what is known and leaves out what is not', () => {
  expect(setupPrompt(words, facts)).toBe('# Orders\n\nIntro.\n\n- URL: https://h/api/webhooks/orders\n- Methods: POST, PUT\n- Proof: GitHub (HMAC)\n- Answer: at once\n\nRules.\n')
  const whole = setupPrompt(words, { ...facts, sample: { id: 1 }, schema: { type: 'object' }, curl: 'curl -X POST\n' })
  expect(whole).toContain('## Sample\n\n```json\n{\n  "id": 1\n}\n```')
  expect(whole).toContain('## Schema\n\n```json')
  expect(whole).toContain('## curl\n\n```sh\ncurl -X POST\n```')
})

test('a large sample is cut', () => {
  expect(setupPrompt(words, { ...facts, sample: 'x'.repeat(10_000) }).length).toBeLessThan(5000)
})
