import type { MerchantId } from '../../kernel/ids.ts'

/** What a worker tells the process that started it. */
export type FromWorker =
  /** it listens; `ownerPort` is where the owner of the sandbox's parts can be asked by the others */
  | { readonly tercet: 'ready'; readonly ownerPort?: number }
  /** webhooks, or a job, that the owner of jobs may look at at once */
  | {
      readonly tercet: 'nudge'
      readonly cell: string
      readonly job?: string
      readonly merchants?: readonly MerchantId[]
    }
  /** asks for the first answer to an attempt; `answer` is the one to keep when there is none */
  | { readonly tercet: 'attempt'; readonly question: number; readonly attempt: string; readonly answer: unknown }
  | { readonly tercet: 'metrics'; readonly question: number }

/** What it is told. */
export type ToWorker =
  | { readonly tercet: 'answer'; readonly question: number; readonly answer: unknown }
  | { readonly tercet: 'owner'; readonly port: number | undefined }
  | Extract<FromWorker, { readonly tercet: 'nudge' }>
  /** the embedded database cannot be started: only a new start of all could help */
  | { readonly tercet: 'hopeless' }
  | { readonly tercet: 'stop' }

export function isOurs(message: unknown): message is { readonly tercet: string } {
  return typeof message === 'object' && message !== null && 'tercet' in message
}

/** The environment variable by which a worker knows what it is: `owner` of the jobs (`owner-alone` beside an embedded database), or one that only `serve`s. */
export const roleVariable = 'TERCET_WORKER_ROLE'
