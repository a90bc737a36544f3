// Fails when a text is missing, unused, untranslated or written into the source.
//
// A text is named in full where it is used: t('deliveries:title'). A name put together at run time
// begins with a fixed part, t(`deliveries:reason.${code}`), and uses everything below that part.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import ts from 'typescript'

const src = new URL('../src/', import.meta.url).pathname
const same = new Set(JSON.parse(readFileSync(new URL('./same-texts.json', import.meta.url), 'utf8')))
const problems = []

/** texts of a language as ns:key.of.text → text; of a plural only what it is called by. */
function load(language) {
  const all = new Map()
  for (const file of readdirSync(join(src, 'locales', language))) {
    const walk = (prefix, value) => {
      if (typeof value === 'string') all.set(prefix, value)
      else for (const [key, inner] of Object.entries(value)) walk(prefix.endsWith(':') ? prefix + key : `${prefix}.${key}`, inner)
    }
    walk(`${file.replace('.json', '')}:`, JSON.parse(readFileSync(join(src, 'locales', language, file), 'utf8')))
  }
  return all
}

const called = (key) => key.replace(/_(zero|one|two|few|many|other)$/, '')
const placeholders = (text) => [...text.matchAll(/\{\{\s*([\w.]+)/g)].map((match) => match[1]).toSorted().join()

function sources(dir) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) return entry.name === 'locales' ? [] : sources(path)
    return /\.tsx?$/.test(entry.name) && !/\.test\.|\.d\.ts$/.test(entry.name) ? [path] : []
  })
}

const used = new Set()
const prefixes = new Set()
const name = /^[a-z][\w-]*:[\w.${}-]+$/i
const shownAttributes = new Set(['title', 'aria-label', 'placeholder', 'alt', 'label', 'description', 'content'])
const hasWords = (text) => /\p{L}{2}/u.test(text)

for (const path of sources(src)) {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const at = (node) => `${path.slice(src.length)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
  const visit = (node) => {
    if (ts.isStringLiteralLike(node)) {
      if (name.test(node.text)) used.add(node.text)
      if (/\p{Script=Han}/u.test(node.text)) problems.push(`${at(node)}: Chinese outside the locale files`)
    } else if (ts.isTemplateExpression(node) && /^[a-z][\w-]*:/i.test(node.head.text)) {
      prefixes.add(node.head.text)
    } else if (ts.isJsxText(node) && hasWords(node.text)) {
      problems.push(`${at(node)}: text in the source: ${node.text.trim()}`)
    } else if (ts.isJsxAttribute(node) && shownAttributes.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer)) {
      if (hasWords(node.initializer.text)) problems.push(`${at(node)}: text in the source: ${node.initializer.text}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
}

const en = load('en')
const zh = load('zh')
const english = new Set([...en.keys()].map(called))
const chinese = new Set([...zh.keys()].map(called))
const namespaces = new Set([...english].map((key) => key.split(':')[0]))
for (const key of english) if (!chinese.has(key)) problems.push(`zh lacks ${key}`)
for (const key of chinese) if (!english.has(key)) problems.push(`en lacks ${key}`)
for (const [key, text] of en) {
  const other = zh.get(key) ?? zh.get(`${called(key)}_other`)
  if (other === undefined) continue
  if (text === other && hasWords(text) && !same.has(key)) problems.push(`${key} is the same in both languages: ${text}`)
  if (placeholders(text) !== placeholders(other)) problems.push(`${key} has other placeholders in zh`)
}
for (const key of used) {
  if (namespaces.has(key.split(':')[0]) && !english.has(key)) problems.push(`${key} is used and has no text`)
}
for (const key of english) {
  if (!used.has(key) && ![...prefixes].some((prefix) => key.startsWith(prefix))) problems.push(`${key} is not used`)
}
for (const key of same) if (!en.has(key)) problems.push(`same-texts.json names ${key}, which is gone`)

if (problems.length) {
  process.stderr.write(`${problems.join('\n')}\n${problems.length} problems with texts\n`)
  process.exit(1)
}
process.stdout.write(`${english.size} texts in both languages\n`)
