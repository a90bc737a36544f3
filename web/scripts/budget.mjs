// Fails when a page's first visit transfers more than its budget (gzip -9, over the wire).
import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const KiB = 1024
const budgets = { list: 400 * KiB, editor: 600 * KiB, chunk: 200 * KiB }

const dist = new URL('../dist/', import.meta.url)
if (!existsSync(new URL('.vite/manifest.json', dist))) throw new Error('there is no build: run npm run build first')
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

const size = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length

/** files that a page loads: its chunk, what that imports, and their styles. */
function files(key, seen = new Set()) {
  const chunk = manifest[key]
  if (!chunk || seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const css of chunk.css ?? []) seen.add(css)
  for (const inner of chunk.imports ?? []) files(inner, seen)
  return seen
}

/** visit is what is transferred for pages together with the entry and one language. */
const visit = (...pages) => {
  const seen = new Set()
  for (const key of ['index.html', 'src/locales/en.ts', ...pages]) files(key, seen)
  return [...seen].reduce((sum, file) => sum + size(file), size('index.html'))
}

const measured = [
  ['workflow list', visit('src/features/workflows/WorkflowsPage.tsx'), budgets.list],
  ['deliveries', visit('src/features/deliveries/DeliveriesPage.tsx'), budgets.list],
  ['editor', visit('src/editor/EditorPage.tsx', 'src/components/code/Editor.tsx'), budgets.editor],
]
const entry = new Set(files('index.html'))
for (const file of readdirSync(new URL('assets/', dist))) {
  if (file.endsWith('.js') && !entry.has(`assets/${file}`)) measured.push([file, size(`assets/${file}`), budgets.chunk])
}
let over = 0
for (const [what, bytes, budget] of measured) {
  if (bytes > budget) over++
  if (bytes > budget || budget !== budgets.chunk) process.stdout.write(`${what}: ${Math.round(bytes / KiB)} of ${budget / KiB} KiB${bytes > budget ? ' OVER' : ''}\n`)
}
process.exit(over ? 1 : 0)
