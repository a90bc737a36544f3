import { expect, test } from 'vitest'

import { verdict } from './verdict'

const [rejected, accepted] = [{ outcome: 'rejected' }, { outcome: 'accepted' }]
const ran = (status: string) => ({ outcome: 'accepted', status })

test.each([
  [rejected, ran('succeeded'), 'fixed'],
  [rejected, { ...ran('succeeded'), admitted: true }, 'admitted'],
  [rejected, rejected, 'stillFailing'],
  [ran('failed'), ran('error'), 'stillFailing'],
  [ran('succeeded'), ran('failed'), 'nowFailing'],
  [ran('succeeded'), rejected, 'nowFailing'],
  [ran('succeeded'), ran('succeeded'), 'fine'],
  [{ outcome: 'filtered' }, accepted, 'fine'],
  [rejected, ran('waiting'), 'running'],
  [ran('queued'), ran('succeeded'), null],
])('%j, then %j: %s', (original, replay, want) => {
  expect(verdict(original, replay)).toBe(want)
})
