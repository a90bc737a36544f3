import '@testing-library/jest-dom/vitest'

import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'

import { start } from '@/app/i18n'

await start('en')

afterEach(() => cleanup())
