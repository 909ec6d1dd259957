import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { root } from './client.ts'
import { Frame } from './frame.tsx'
import { SignInPage } from './pages/sign-in.tsx'
import { NotFound } from './parts/not-found.tsx'

const top = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const signIn = createRoute({
  getParentRoute: () => top,
  path: '/sign-in',
  component: SignInPage,
  /** `to`: the page that was wanted */
  validateSearch: ({ to }): { to?: string } => (typeof to === 'string' ? { to } : {}),
})
const invitation = createRoute({
  getParentRoute: () => top,
  path: '/invitation/$token',
  component: lazyRouteComponent(() => import('./pages/invitation.tsx'), 'InvitationPage'),
})
/** Everything for who is signed in. The frame sends strangers to the door. */
const frame = createRoute({ getParentRoute: () => top, id: 'frame', component: Frame })
const start = createRoute({
  getParentRoute: () => frame,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/home' })
  },
})
const developers = createRoute({
  getParentRoute: () => frame,
  path: '/developers',
  beforeLoad: () => {
    throw redirect({ to: '/developers/keys' })
  },
})
const page = <const Path extends string>(path: Path, load: () => Promise<Record<string, never>>, name: string) =>
  createRoute({ getParentRoute: () => frame, path, component: lazyRouteComponent(load as never, name as never) })

const pages = [
  page('/home', () => import('./pages/home.tsx') as never, 'HomePage'),
  page('/orders', () => import('./pages/orders.tsx') as never, 'OrdersPage'),
  page('/orders/$token', () => import('./pages/order.tsx') as never, 'OrderPage'),
  page('/transfers', () => import('./pages/transfers.tsx') as never, 'TransfersPage'),
  page('/branding', () => import('./pages/branding.tsx') as never, 'BrandingPage'),
  page('/wallets', () => import('./pages/wallets.tsx') as never, 'WalletsPage'),
  page('/developers/webhooks', () => import('./pages/developers/webhooks.tsx') as never, 'WebhooksPage'),
  page('/developers/requests', () => import('./pages/developers/requests.tsx') as never, 'RequestsPage'),
  page('/developers/sandbox', () => import('./pages/developers/sandbox.tsx') as never, 'SandboxPage'),
  page('/developers/buttons', () => import('./pages/developers/buttons.tsx') as never, 'ButtonsPage'),
  page('/developers/keys', () => import('./pages/developers/keys.tsx') as never, 'KeysPage'),
  page('/catalogue', () => import('./pages/catalogue.tsx') as never, 'CataloguePage'),
  page('/people', () => import('./pages/people.tsx') as never, 'PeoplePage'),
  page('/audit-log', () => import('./pages/audit-log.tsx') as never, 'AuditLogPage'),
  page('/account', () => import('./pages/account.tsx') as never, 'AccountPage'),
]

export const router = createRouter({
  routeTree: top.addChildren([signIn, invitation, frame.addChildren([start, developers, ...pages])]),
  basepath: `${root}/portal`,
  defaultPreload: 'intent',
  scrollRestoration: true,
})
