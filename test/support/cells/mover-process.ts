import { moveMerchant } from '../../../src/app/cell/move/move-merchant.ts'
import { connectPool } from '../../../src/db/wire/connection.ts'
import type { MerchantId } from '../../../src/kernel/ids.ts'

/**
 * `mover-process.ts <merchant> <target> <stage> <milliseconds until it is forgotten, or default> <cell> <url> ...`: moves a merchant, and is killed
 * when it comes to the stage. The first cell first.
 */
const [merchant, target = '', wanted, forgottenAfterMs, ...words] = process.argv.slice(2)
const cells = words.flatMap((name, index) => {
  const url = words[index + 1]
  return index % 2 === 0 && url !== undefined ? [{ name, url, pool: connectPool(url) }] : []
})
await moveMerchant(
  {
    cells,
    ...(forgottenAfterMs !== 'default' && { forgottenAfterMs: Number(forgottenAfterMs) }),
    onStage: (stage) => {
      if (stage === wanted) process.kill(process.pid, 'SIGKILL')
    },
  },
  { merchantId: Number(merchant) as MerchantId, target },
)
