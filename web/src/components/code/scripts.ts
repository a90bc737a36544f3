import { autocompletion } from '@codemirror/autocomplete'
import { javascript, javascriptLanguage } from '@codemirror/lang-javascript'
import type { Extension } from '@codemirror/state'

import { wordCompletion, type Suggestion } from './completion'

/** grammar is JavaScript with the names that a script can use. */
export const grammar = (words: readonly Suggestion[]): Extension => [
  javascript(), autocompletion({ icons: false }), javascriptLanguage.data.of({ autocomplete: wordCompletion(words) }),
]
