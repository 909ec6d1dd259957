import type { Config } from '../main/config.ts'
import { scalapayMerchantKey } from '../main/fixtures.ts'
import { sandboxKeys } from '../main/sandbox-desk.ts'
import type { Running } from '../main/start.ts'
import { version } from '../main/version.ts'

/** What a newcomer needs next: where it runs, the keys, one command to paste, where the data lies. `chains`: what becomes of the sandbox's own. */
export function banner(
  running: Pick<Running, 'publicUrl' | 'embedded'>,
  config: Config,
  chains: string | undefined,
): string {
  const lines = [
    '',
    `Tercet ${version} (${config.mode}) is ready at ${running.publicUrl}`,
    '',
    ...(config.mode === 'sandbox' ? sandboxLines(running.publicUrl) : []),
    ...(chains === undefined ? [] : [`  local chains     ${chains}`]),
    `  API reference    ${running.publicUrl}/docs`,
    `  data             ${dataLine(running, config)}`,
    '',
  ]
  return `${lines.join('\n')}\n`
}

function sandboxLines(url: string): string[] {
  return [
    ...sandboxKeys.flatMap(({ api, rows }) => [
      `  ${api}`,
      ...rows.map(([name, value]) => `    ${name.padEnd(15)} ${value}`),
      '',
    ]),
    '  test cards       4242424242424242 approves, 4000000000000002 declines',
    '',
    `  A first order: open ${url} and press the button, or paste`,
    '',
    `    curl -s ${url}/v2/orders -H 'Authorization: Bearer ${scalapayMerchantKey}' \\`,
    `      -H 'Content-Type: application/json' -d '{"totalAmount":{"amount":"90.00","currency":"EUR"},`,
    `      "merchant":{"redirectConfirmUrl":"https://shop.example/ok","redirectCancelUrl":"https://shop.example/ko"}}'`,
    '',
  ]
}

function dataLine({ embedded }: Pick<Running, 'embedded'>, config: Config): string {
  if (!embedded) return 'the PostgreSQL of DATABASE_URL'
  if (!embedded.isElsewhere) return embedded.files
  return `${embedded.files} (PostgreSQL's user cannot enter ${config.dataFolder})`
}
