import type { App } from '../app/app.ts'
import type { Part } from '../http/server.ts'
import { account } from './account/index.ts'
import { checkout } from './checkout/index.ts'
import { messages } from './messages/index.ts'
import { pictures } from './pictures/index.ts'
import { reference } from './reference/index.ts'
import { sandboxBank } from './sandbox-bank/index.ts'
import { assets } from './shared/assets.ts'

/** Every set of pages that people see. */
export const pages: readonly Part<App>[] = [assets, checkout, account, messages, pictures, reference, sandboxBank]
