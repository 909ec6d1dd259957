import { Type } from 'typebox'
import type { AuditEntry } from '../../../domain/audit/audit-entry.ts'
import { isoOf } from '../../../kernel/instant.ts'
import type { PortalApp } from '../portal-app.ts'
import { csvSchema, type Exports, sendCsv } from './csv.ts'
import { route } from './route.ts'
import { ofMerchant } from './shapes.ts'

const pageSize = 50

/** What was done for a shop, by whom, when and from where. */
export function auditRoutes(app: PortalApp, exporting: Exports) {
  const { auditLog } = app.users
  return [
    route({
      method: 'GET',
      url: '/merchants/{merchant}/audit-log',
      access: { to: 'merchant', permission: 'view_audit_log' },
      summary: 'The audit log, newest first',
      schemas: {
        params: ofMerchant,
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
    route({
      method: 'GET',
      url: '/merchants/{merchant}/audit-log.csv',
      access: { to: 'merchant', permission: 'view_audit_log' },
      summary: 'The whole audit log as CSV, oldest first, with the hashes that chain it',
      schemas: { params: ofMerchant, answer: csvSchema },
      handle: async ({ reply, caller: { merchantId, by } }) => {
        const entry = {
          merchantId,
          ...by,
          action: 'export_audit_log',
          subject: 'audit-log.csv',
          before: null,
          after: null,
        }
        return await exporting(async () => {
          await auditLog.record(entry)
          return sendCsv(reply, 'audit-log.csv', exportedColumns, rowsOf(auditLog.export(merchantId)))
        })
      },
    }),
  ] as const
}

const exportedColumns = [
  ...['number', 'at', 'actor_kind', 'actor', 'action', 'subject', 'before', 'after', 'address'],
  ...['previous_hash', 'hash'],
]

async function* rowsOf(pages: AsyncIterable<readonly AuditEntry[]>) {
  for await (const page of pages)
    yield page.map((entry) => [
      ...[String(entry.number), isoOf(entry.at), entry.actor.kind, entry.actor.name, entry.action, entry.subject],
      ...[entry.before, entry.after, entry.address, entry.previousHash.toString('hex'), entry.hash.toString('hex')],
    ])
}
