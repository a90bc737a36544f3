import { existsSync } from 'node:fs'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = process.env.HOOKFLOW_TEST_CHROMIUM || places.find((place) => existsSync(place))
if (!executablePath) throw new Error('no Chromium found: install it, or name one by HOOKFLOW_TEST_CHROMIUM')

/** The browser that tests drive: the machine's own Chromium. */
export const browser = {
  browserName: 'chromium' as const,
  launchOptions: {
    executablePath,
    // Chromium's own sandbox cannot be made by root, as which containers often run.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  },
}
