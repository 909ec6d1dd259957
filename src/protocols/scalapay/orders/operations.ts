import type { ActionOf } from '../../../domain/payment/action.ts'
import type { ScalapayAction } from '../errors.ts'
import { noAcquirer } from '../errors.ts'
import { parseCreateOrder } from './create-order.ts'
import type { Operation } from './operation.ts'
import {
  parseCapture,
  parseClose,
  parseDelay,
  parsePartCapture,
  parseReduce,
  parseRefund,
  parseUpdate,
  parseVoid,
} from './parse-operation.ts'
import {
  renderCaptured,
  renderClosed,
  renderCreated,
  renderDelayed,
  renderOpenPart,
  renderRefunded,
  renderUpdated,
  renderVoided,
} from './render.ts'

type Of<K extends ScalapayAction['kind']> = Operation<ActionOf<K>>

export const createOrder: Of<'create'> = {
  name: 'scalapay.create',
  parse: parseCreateOrder,
  render: renderCreated,
  token: 'none',
  amountKey: 'totalAmount',
  obstacle: async (app, merchant) => ((await app.hasAcquirer(merchant)) ? undefined : noAcquirer),
}

export const updateReferences: Of<'update_references'> = {
  name: 'scalapay.update',
  isWatched: true,
  parse: ({ value }) => parseUpdate(value),
  render: renderUpdated,
  token: 'path',
}

export const capture: Of<'capture'> = {
  name: 'scalapay.capture',
  isWatched: true,
  parse: ({ value }) => parseCapture(value),
  render: renderCaptured,
  token: 'body',
  amountKey: 'amount',
  wantsDetails: true,
}

export const delay: Of<'delay'> = {
  name: 'scalapay.delay',
  parse: ({ value }) => parseDelay(value),
  render: renderDelayed,
  token: 'path',
  wantsDetails: true,
}

export const voidOrder: Of<'void'> = {
  name: 'scalapay.void',
  parse: ({ value }) => parseVoid(value),
  render: renderVoided,
  token: 'path',
}

export const refund: Of<'refund'> = {
  name: 'scalapay.refund',
  parse: ({ value }) => parseRefund(value),
  render: renderRefunded,
  token: 'path',
  amountKey: 'refundAmount',
}

export const capturePart: Of<'capture_part'> = {
  name: 'scalapay.delay.capture',
  isWatched: true,
  parse: ({ value }) => parsePartCapture(value),
  render: renderOpenPart,
  token: 'path',
  amountKey: 'amount',
  wantsDetails: true,
}

export const reduce: Of<'reduce'> = {
  name: 'scalapay.delay.refund',
  parse: ({ value }) => parseReduce(value),
  render: renderOpenPart,
  token: 'path',
  amountKey: 'refundAmount',
  wantsDetails: true,
}

export const close: Of<'close'> = {
  name: 'scalapay.delay.void',
  parse: parseClose,
  render: renderClosed,
  token: 'path',
  wantsDetails: true,
}
