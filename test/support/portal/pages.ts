import { readFile, writeFile } from 'node:fs/promises'
import { allowed, permissions, roles } from '../../../src/domain/user/role.ts'
import type { Access, ApiRoute } from '../../../src/web/portal/api/route.ts'
import { portalRoutes } from '../../../src/web/portal/api/routes.ts'
import type { PortalApp } from '../../../src/web/portal/portal-app.ts'

const root = new URL('../../../', import.meta.url)

/** The generated pages about the portal: `contents` is what each must hold. */
export const portalPages = [page('roles.md', rolesTable), page('portal-routes.md', routesTable)] as const

function page(name: string, contents: () => string) {
  const path = `docs/generated/${name}`
  return { path, url: new URL(path, root), contents, read: () => readFile(new URL(path, root), 'utf8') }
}

/** Rewrites the pages and answers their paths; `npm run update` calls it. */
export async function writePortalPages(): Promise<readonly string[]> {
  for (const { url, contents } of portalPages) await writeFile(url, contents())
  return portalPages.map(({ path }) => path)
}

/** Every route, without a server: nothing of the app is asked before a route is called. */
export function allRoutes(): readonly ApiRoute[] {
  const anything: unknown = new Proxy(() => undefined, { get: () => anything })
  return portalRoutes(anything as PortalApp) as unknown as readonly ApiRoute[]
}

function rolesTable(): string {
  const rows = permissions.map((permission) => [
    permission.replaceAll('_', ' '),
    ...roles.map((role) => (allowed[role][permission] ? 'yes' : '')),
  ])
  return `# Who may do what in the portal

Written by \`npm run update\` from \`src/domain/user/role.ts\`.

${table(['', ...roles], rows)}`
}

function routesTable(): string {
  const rows = allRoutes().map(({ method, url, access, summary }) => [
    `\`${method} /portal/api${url}\``,
    accessText(access),
    summary,
  ])
  return `# The portal's own API

Written by \`npm run update\` from \`src/web/portal/api\`. Its caller is the portal in the browser; shops use the merchant APIs.

${table(['call', 'open to', 'what it does'], rows)}`
}

function accessText(access: Access): string {
  if (access.to === 'anybody') return 'anybody'
  const who = access.to === 'signed_in' ? 'who is signed in' : access.permission.replaceAll('_', ' ')
  return access.stepUp ? `${who}, after a fresh proof` : who
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('')
}
