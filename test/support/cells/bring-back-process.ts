import { bringBack } from '../../../src/app/cell/move/bring-back.ts'
import type { MerchantId } from '../../../src/kernel/ids.ts'

/** `bring-back-process.ts <merchant> <stage> <cell> <url> ...`: brings a merchant back, and is killed when it comes to the stage. The first cell first. */
const [merchant, wanted, ...words] = process.argv.slice(2)
const cells = words.flatMap((name, index) => {
  const url = words[index + 1]
  return index % 2 === 0 && url !== undefined ? [{ name, url }] : []
})
const bring = () =>
  bringBack(cells, Number(merchant) as MerchantId, {
    onStage: (stage) => {
      if (stage === wanted) process.kill(process.pid, 'SIGKILL')
    },
  })
// The database ends the session of one that was killed before, and with it the lock, a moment later.
for (let result = await bring(); !result.ok && result.reason.reason === 'busy'; ) result = await bring()
