import { defineConfig } from '@playwright/test'

import { browser } from './e2e/browser'

export default defineConfig({
  testDir: 'e2e',
  testMatch: ['journeys/*.spec.ts', 'pages/*.spec.ts'],
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    ...browser,
    actionTimeout: 15_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    viewport: { width: 1280, height: 800 },
  },
})
