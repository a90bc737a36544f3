import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App as AntApp, ConfigProvider } from 'antd'
import en from 'antd/locale/en_US'
import zh from 'antd/locale/zh_CN'
import { useEffect } from 'react'

import { ApiError } from '@/api/client'

import { start } from './i18n'
import { usePreferences } from './preferences'
import { router } from './router'
import { antdTheme } from './theme'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      // An answer is an answer; only a server that could not be reached is asked again.
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.problem.status > 0),
    },
  },
})

/** The whole UI: language, theme, data and routes. */
export function App() {
  const { language, theme } = usePreferences()
  useEffect(() => void start(language), [language])
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    document.documentElement.style.colorScheme = theme
  }, [theme])
  return (
    <ConfigProvider locale={language === 'zh' ? zh : en} theme={antdTheme(theme)} button={{ autoInsertSpace: false }}>
      <AntApp component={false} message={{ maxCount: 3 }}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}
