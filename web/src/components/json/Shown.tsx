import { useState } from 'react'
import { useTranslation } from 'react-i18next'

// What would change how the text around it looks or hides: controls other than tab and line end, invisible spaces,
// and the bidirectional marks, overrides and isolates.
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g

/** Characters of a text that is shown at first. */
const cut = 400

/** split is a text in pieces, each hidden character alone. */
export function split(text: string): { text: string; hidden: boolean }[] {
  const pieces: { text: string; hidden: boolean }[] = []
  let from = 0
  for (const match of text.matchAll(hidden)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), hidden: false })
    pieces.push({ text: match[0], hidden: true })
    from = match.index + match[0].length
  }
  if (from < text.length) pieces.push({ text: text.slice(from), hidden: false })
  return pieces
}

const codeOf = (char: string) => `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`

/** A text from outside: hidden characters are made visible, its direction stays inside, and a long one is cut. */
export function Shown({ text, whole = false }: { text: string; whole?: boolean }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(whole)
  const short = all || text.length <= cut ? text : text.slice(0, cut)
  return (
    <bdi className="json-text">
      {split(short).map((piece, index) =>
        piece.hidden ? (
          <span key={index} className="json-hidden">
            {codeOf(piece.text)}
          </span>
        ) : (
          piece.text
        ),
      )}
      {short.length < text.length && (
        <button type="button" className="json-more" onClick={(event) => (event.stopPropagation(), setAll(true))}>
          {t('json:showAll', { count: text.length })}
        </button>
      )}
    </bdi>
  )
}
