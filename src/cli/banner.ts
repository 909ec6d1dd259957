import type { Config } from '../main/config.ts'
import {
  salescloudOrganizationKey,
  scalapayDeviceKey,
  scalapayMerchantKey,
  secondScalapayMerchantKey,
} from '../main/fixtures.ts'
import type { Running } from '../main/start.ts'
import { version } from '../main/version.ts'

/** What a newcomer needs next: where it runs, the keys, one command to paste, where the data lies. */
export function banner(running: Running, config: Config): string {
  const lines = [
    '',
    `Tercet ${version} (${config.mode}) is ready at ${running.publicUrl}`,
    '',
    ...(config.mode === 'sandbox' ? sandboxLines(running.publicUrl) : []),
    `  API reference    ${running.publicUrl}/docs`,
    `  data             ${dataLine(running, config)}`,
    '',
  ]
  return `${lines.join('\n')}\n`
}

function sandboxLines(url: string): string[] {
  return [
    '  Scalapay API',
    `    merchant key   ${scalapayMerchantKey}`,
    `    device key     ${scalapayDeviceKey}`,
    `    second shop    ${secondScalapayMerchantKey}`,
    '',
    '  SalesCloud API',
    '    organization   3f8b2c1e-9a47-4d6b-8e21-5c7f0a1b2d34',
    '    channel        a1c9e7d2-4b58-4f3a-b6d0-92e8c7f51a60',
    '    card instance  5b2e9f04-7c31-4a8d-91f6-d3a0b8c4e275 (ISK, valitor_greidslugatt)',
    `    own key        ${salescloudOrganizationKey}`,
    '',
    '  test cards       4242424242424242 approves, 4000000000000002 declines',
    '',
    '  A first order:',
    '',
    `    curl -s ${url}/v2/orders -H 'Authorization: Bearer ${scalapayMerchantKey}' \\`,
    `      -H 'Content-Type: application/json' -d '{"totalAmount":{"amount":"90.00","currency":"EUR"},`,
    `      "merchant":{"redirectConfirmUrl":"https://shop.example/ok","redirectCancelUrl":"https://shop.example/ko"}}'`,
    '',
  ]
}

function dataLine({ embedded }: Running, config: Config): string {
  if (!embedded) return 'the PostgreSQL of DATABASE_URL'
  if (!embedded.isElsewhere) return embedded.files
  return `${embedded.files} (PostgreSQL's user cannot enter ${config.dataFolder})`
}
