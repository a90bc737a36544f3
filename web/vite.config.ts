import { fileURLToPath } from 'node:url'

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    manifest: true,
    // The budget counts what goes over the wire; a larger single file is not an error by itself.
    chunkSizeWarningLimit: 1500,
    assetsInlineLimit: 0,
  },
  // The server compares the origin of a change with the host that it was sent to: both are Vite's.
  server: { proxy: { '/api': { target: process.env.HOOKFLOW_API ?? 'http://127.0.0.1:8080', changeOrigin: false } } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['src/test.ts'] },
})
