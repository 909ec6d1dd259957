import type pg from 'pg'
import type { MessageChannel } from '../../domain/message/message.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Sealer } from '../shared/seal.ts'
import type { ShopperCells } from './cells/accounts-elsewhere.ts'
import type { CodeBrake } from './cells/code-brake.ts'
import type { ShopperSecrets } from './secrets.ts'

/** What the use cases of shoppers are made of. */
export type ShopperParts = {
  readonly mode: 'sandbox' | 'live'
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly sealer: Sealer
  readonly secrets: ShopperSecrets
  readonly channels: ReadonlySet<MessageChannel>
  /** where this is one of several cells */
  readonly cells?: ShopperCells | undefined
  /** counts codes over all cells, beside what each counts by itself; undefined: there is one cell, or nothing leaves */
  readonly codeBrake?: CodeBrake | undefined
}
