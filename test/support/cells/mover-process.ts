import { moveMerchant } from '../../../src/app/cell/move/move-merchant.ts'
import { connectPool } from '../../../src/db/wire/connection.ts'
import type { MerchantId } from '../../../src/kernel/ids.ts'

/** `mover-process.ts <merchant> <target> <stage> <url of main> <url of far>`: moves a merchant, and is killed when it comes to the stage. */
const [merchant, target = '', wanted, mainUrl = '', farUrl = ''] = process.argv.slice(2)
const cells = [
  { name: 'main', url: mainUrl, pool: connectPool(mainUrl) },
  { name: 'far', url: farUrl, pool: connectPool(farUrl) },
]
await moveMerchant(
  {
    cells,
    forgottenAfterMs: 0,
    onStage: (stage) => {
      if (stage === wanted) process.kill(process.pid, 'SIGKILL')
    },
  },
  { merchantId: Number(merchant) as MerchantId, target },
)
