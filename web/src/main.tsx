import './app/tokens.css'
import './app/base.css'

import { createRoot } from 'react-dom/client'

import { App } from './app/App'
import { start } from './app/i18n'
import { usePreferences } from './app/preferences'

await start(usePreferences.getState().language)
createRoot(document.getElementById('root')!).render(<App />)
