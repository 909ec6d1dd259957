/** What a person may be for a merchant. One person may be different things for different merchants. */
export const roles = ['owner', 'manager', 'finance', 'support', 'developer', 'clerk'] as const

export type Role = (typeof roles)[number]

/** Everything the portal can do for a merchant. A route names one of them; nothing is allowed that is not named. */
export const permissions = [
  'view_sales',
  'view_orders',
  'export_orders',
  'capture',
  'void',
  'delay',
  'refund',
  'write_notes',
  'view_transfers',
  'resolve_transfers',
  'view_keys',
  'manage_keys',
  'reveal_key',
  'manage_webhooks',
  'view_request_log',
  'use_sandbox',
  'change_branding',
  'change_wallets',
  'change_catalogue',
  'view_users',
  'manage_users',
  'view_audit_log',
] as const

export type Permission = (typeof permissions)[number]

const everything = Object.fromEntries(permissions.map((permission) => [permission, true])) as Record<Permission, true>

/**
 * The one table of who may do what: docs/generated/roles.md prints it, and a test tries every route with every role. An owner may do
 * everything; the others what their work needs. Only owners decide about people, and only owners and finance about where
 * the money goes.
 */
export const allowed: Readonly<Record<Role, Partial<Record<Permission, true>>>> = {
  owner: everything,
  manager: without(everything, ['manage_users', 'reveal_key', 'change_wallets']),
  finance: only(
    ...(['view_sales', 'view_orders', 'export_orders', 'refund', 'write_notes', 'view_transfers'] as const),
    ...(['resolve_transfers', 'change_wallets', 'view_audit_log'] as const),
  ),
  support: only('view_orders', 'refund', 'void', 'write_notes', 'view_transfers', 'resolve_transfers'),
  developer: only(
    ...(['view_orders', 'view_keys', 'manage_keys', 'reveal_key', 'manage_webhooks', 'view_request_log'] as const),
    ...(['use_sandbox', 'change_catalogue'] as const),
  ),
  clerk: only('view_orders', 'write_notes'),
}

export function may(role: Role, permission: Permission): boolean {
  return allowed[role][permission] === true
}

/** The text as a role; undefined for anything else. */
export function roleOf(text: string): Role | undefined {
  return roles.find((role) => role === text)
}

function only(...names: readonly Permission[]): Partial<Record<Permission, true>> {
  return Object.fromEntries(names.map((name) => [name, true]))
}

function without(
  all: Readonly<Record<Permission, true>>,
  names: readonly Permission[],
): Partial<Record<Permission, true>> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.some((each) => each === name)))
}
