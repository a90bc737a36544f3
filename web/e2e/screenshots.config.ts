import { defineConfig } from '@playwright/test'

import { browser } from './browser'

/** Takes the pictures of docs/assets. */
export default defineConfig({
  testDir: '.',
  testMatch: 'screenshots.spec.ts',
  workers: 2,
  fullyParallel: true,
  timeout: 300_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: { ...browser, viewport: { width: 1280, height: 800 } },
})
