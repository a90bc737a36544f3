import { expect, test } from 'vitest'

import { adviceOf } from './advice'

test.each([
  ['failed', 'anything', 'condition'],
  ['cancelled', '', 'retry'],
  ['aborted', 'lost', 'timeout'],
  ['error', 'the server answered 500: {"a": 429}', 'theirs'],
  ['error', 'the server answered 403', 'denied'],
  ['error', 'the server answered 429: slow down', 'rateLimited'],
  ['error', 'result is 1164891 bytes, the limit is 1048576', 'limit'],
  ['error', 'api.example: connection refused', 'unreachable'],
  ['error', "the node's timeout of 5s has passed", 'timeout'],
  ['error', "TypeError: cannot read property 'a' of undefined at line 3", 'script'],
  ['error', 'what nobody has seen yet', 'other'],
])('%s: %s', (status, error, advice) => expect(adviceOf(status, error)).toBe(advice))
