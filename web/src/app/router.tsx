import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'

import { ErrorPage, NotFound } from './Fallbacks'
import { Shell } from './Shell'

// All filters live in the URL as plain text, so that a link shows what its sender saw.
type Search = Record<string, string | undefined>
const validateSearch = (search: Record<string, unknown>): Search =>
  Object.fromEntries(Object.entries(search).map(([name, value]) => [name, value === undefined ? undefined : String(value)]))

const root = createRootRoute({ notFoundComponent: NotFound, errorComponent: ErrorPage })
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })

const page = <P extends string>(path: P, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => shell, path, component, validateSearch })

const tree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/login', validateSearch, component: lazyRouteComponent(() => import('@/features/setup/LoginPage'), 'LoginPage') }),
  createRoute({ getParentRoute: () => root, path: '/setup', validateSearch, component: lazyRouteComponent(() => import('@/features/setup/SetupPage'), 'SetupPage') }),
  shell.addChildren([
    page('/', lazyRouteComponent(() => import('@/features/overview/OverviewPage'), 'OverviewPage')),
    page('/workflows', lazyRouteComponent(() => import('@/features/workflows/WorkflowsPage'), 'WorkflowsPage')),
    page('/workflows/$key', lazyRouteComponent(() => import('@/editor/EditorPage'), 'EditorPage')),
    page('/deliveries', lazyRouteComponent(() => import('@/features/deliveries/DeliveriesPage'), 'DeliveriesPage')),
    page('/executions', lazyRouteComponent(() => import('@/features/executions/ExecutionsPage'), 'ExecutionsPage')),
    page('/executions/$id', lazyRouteComponent(() => import('@/features/executions/ExecutionPage'), 'ExecutionPage')),
    page('/collections', lazyRouteComponent(() => import('@/features/collections/CollectionsPage'), 'CollectionsPage')),
    page('/collections/$name', lazyRouteComponent(() => import('@/features/collections/CollectionPage'), 'CollectionPage')),
    page('/settings/$section', lazyRouteComponent(() => import('@/features/settings/SettingsPage'), 'SettingsPage')),
    createRoute({
      getParentRoute: () => shell,
      path: '/settings',
      beforeLoad: () => {
        throw redirect({ to: '/settings/$section', params: { section: 'secrets' } })
      },
    }),
  ]),
])

/** The pages by their addresses. */
export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  // Search parameters are plain text: ?status=401 is the text 401.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
    const text = new URLSearchParams(given as [string, string][]).toString()
    return text && `?${text}`
  },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
