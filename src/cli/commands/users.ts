import { type Command, Option } from 'commander'
import { createPeople } from '../../app/user/people.ts'
import { type Role, roleOf, roles } from '../../domain/user/role.ts'
import { systemClock } from '../../kernel/clock.ts'
import { isoOf } from '../../kernel/instant.ts'
import { byOperator } from '../by-operator.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { chooseMerchant, type MerchantOption, merchantFlag, merchantHelp } from '../merchant.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { table } from '../print/table.ts'
import { serverUrl } from '../settings.ts'

type InviteOptions = OutputOptions & MerchantOption & { readonly role: string; readonly url?: string }
type ListOptions = OutputOptions & MerchantOption

/** `tercet users invite|list`. */
export function addUsers(program: Command, io: Io): void {
  const users = program.command('users').description('the people who use the seller portal')
  users
    .command('invite')
    .description('make a link that lets somebody into the portal, for a week')
    .argument('<email>', 'the address of the person')
    .option(merchantFlag, merchantHelp)
    .addOption(
      new Option('--role <role>', 'what the person may do').choices([...roles]).default('owner' satisfies Role),
    )
    .option('--url <url>', 'where browsers reach the server')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
The first owner of a merchant comes in this way; owners invite the others in the portal. docs/generated/roles.md says what
each role may do.

Examples:
  tercet users invite ada@example.com --merchant SHOP
  tercet users invite bea@example.com --merchant SHOP --role support`,
    )
    .action((email: string, options: InviteOptions) => runInvite(io, email, options))
  users
    .command('list')
    .description('list who works for a merchant')
    .option(merchantFlag, merchantHelp)
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet users list --merchant SHOP')
    .action((options: ListOptions) => runList(io, options))
}

async function runInvite(io: Io, email: string, options: InviteOptions): Promise<void> {
  const publicUrl = serverUrl(io.env, options.url)
  const invited = await withDatabase(io, async (database) => {
    const merchant = await chooseMerchant(database, options)
    const people = createPeople({ pool: database.pool, clock: systemClock, publicUrl })
    const role = roleOf(options.role) ?? 'owner'
    return await people.invite({ merchantId: merchant.id, email, role, by: byOperator })
  })
  if (!invited.ok) throw new CliError(invited.reason.sentence)
  const { link } = invited.value
  answer(io, options, { email: invited.value.email, role: options.role, link }, () => [
    `${invited.value.email} comes in as ${options.role} by this link, once and within a week:`,
    link,
  ])
}

async function runList(io: Io, options: ListOptions): Promise<void> {
  const { members, invitations } = await withDatabase(io, async (database) => {
    const merchant = await chooseMerchant(database, options)
    return await createPeople({ pool: database.pool, clock: systemClock, publicUrl: '' }).list(merchant.id)
  })
  const rows = [
    ...members.map(({ email, role, hasSecondFactor }) => [
      email,
      role,
      hasSecondFactor ? 'second factor' : 'password only',
    ]),
    ...invitations.map(({ email, role, expiresAt }) => [email, role, `invited until ${isoOf(expiresAt)}`]),
  ]
  const view = {
    members: members.map(({ userId: id, email, name, role, hasSecondFactor }) => ({
      id,
      email,
      name,
      role,
      hasSecondFactor,
    })),
    invitations: invitations.map(({ email, role, expiresAt }) => ({ email, role, expiresAt: isoOf(expiresAt) })),
  }
  answer(io, options, view, () =>
    rows.length === 0 ? ['nobody works for this merchant yet: tercet users invite'] : table(['who', 'role', ''], rows),
  )
}
