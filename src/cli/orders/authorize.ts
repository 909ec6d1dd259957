import { CliError } from '../cli-error.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Io } from '../io.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { keyForOrder, type ServerOptions } from '../sandbox-key.ts'
import { askServer, refuseUnlessOk } from '../server-client.ts'
import { serverUrl } from '../settings.ts'
import { refuseOtherApi } from './other-api.ts'
import { readToken } from './token.ts'

export type AuthorizeOptions = OutputOptions & ServerOptions & { readonly card: string }

/** The running server does it, through its sandbox call: a card is asked by the process that has the acquirer. */
export async function authorizeOrder(io: Io, text: string, options: AuthorizeOptions): Promise<void> {
  const token = readToken(text)
  const url = serverUrl(io.env, options.url)
  const result = await askServer({
    url,
    path: `/sandbox/orders/${token}/authorize`,
    key: keyForOrder(options, token),
    body: { cardNumber: options.card },
  })
  if (result.status >= 400) await refuseOtherApi(io, token)
  refuseUnlessOk(result, { missing: `the server at ${url} has no sandbox: is it in live mode?`, token })
  const status = String(result.body.status)
  const isDeclined = result.body.declined === true
  answer(io, options, { token, status, declined: isDeclined }, () => [
    isDeclined ? `${token} is still ${status}` : `${token} is ${status}`,
  ])
  if (isDeclined) throw new CliError('the card was declined', exitCodes.checkFailed)
}
