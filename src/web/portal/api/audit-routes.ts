import { Type } from 'typebox'
import { isoOf } from '../../../kernel/instant.ts'
import type { PortalApp } from '../portal-app.ts'
import { route } from './route.ts'

const pageSize = 50

/** What was done for a shop, by whom, when and from where. */
export function auditRoutes(app: PortalApp) {
  const { auditLog } = app.users
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/audit-log',
      access: { to: 'merchant', permission: 'view_audit_log' },
      summary: 'The audit log, newest first',
      schemas: {
        params: Type.Object({ merchant: Type.String({ maxLength: 20 }) }),
        query: Type.Object({ before: Type.Optional(Type.String({ pattern: '^[0-9]{1,18}$' })) }),
        answer: Type.Object({
          entries: Type.Array(
            Type.Object({
              number: Type.String(),
              at: Type.String(),
              actorKind: Type.Enum(['user', 'operator', 'key', 'system']),
              actor: Type.String(),
              action: Type.String(),
              subject: Type.String(),
              before: Type.Union([Type.String(), Type.Null()]),
              after: Type.Union([Type.String(), Type.Null()]),
              address: Type.Union([Type.String(), Type.Null()]),
              hash: Type.String(),
            }),
          ),
          next: Type.Union([Type.String(), Type.Null()], {
            description: '`before` of the next page; null on the last.',
          }),
        }),
      },
      handle: async ({ query, caller: { merchantId } }) => {
        const before = query.before === undefined ? null : BigInt(query.before)
        const found = await auditLog.list({ merchantId, before, limit: pageSize + 1 })
        const page = found.slice(0, pageSize)
        return {
          entries: page.map(({ number, at, actor, action, subject, before, after, address, hash }) => ({
            number: String(number),
            at: isoOf(at),
            actorKind: actor.kind,
            actor: actor.name,
            action,
            subject,
            before,
            after,
            address,
            hash: hash.toString('hex'),
          })),
          next: found.length > pageSize ? String(page.at(-1)?.number) : null,
        }
      },
    }),
  ] as const
}
