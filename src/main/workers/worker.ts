import cluster from 'node:cluster'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { AggregatorRegistry, type Registry } from 'prom-client'
import { answerUnavailable, type Elsewhere } from '../../http/elsewhere.ts'
import { forwardTo } from '../../http/forward.ts'
import type { AttemptId } from '../../kernel/ids.ts'
import type { AttemptMemory } from '../../rails/card/sandbox/attempt-memory.ts'
import { type FromWorker, isOurs, roleVariable, type ToWorker } from './messages.ts'
import { isOwnersAddress } from './owners-address.ts'

type Nudge = Extract<ToWorker, { readonly tercet: 'nudge' }>

/** What one of several processes behind one port does otherwise than one alone. */
export type Worker = {
  /** whether this one runs the jobs, and has the sandbox's acquirer and chains beside it */
  readonly isOwner: boolean
  /** no other program works on its database */
  readonly isAlone: boolean
  /** lets the owner look at what this one has made */
  readonly nudge: (nudge: Omit<Nudge, 'tercet'>) => void
  /** called for each nudge of another one; for the owner */
  readonly onNudge: (heard: (nudge: Nudge) => void) => void
  /** one book for all of them */
  attemptMemory<Answer>(): AttemptMemory<Answer>
  /** what only the owner has in the sandbox */
  readonly elsewhere: Elsewhere
  /** text over all of them */
  readonly metrics: (registry: Registry) => () => Promise<{ readonly contentType: string; readonly text: string }>
  readonly isHopeless: () => boolean
  /** Tells that it listens. */
  readonly ready: (wired: { readonly server: Pick<FastifyInstance, 'routing'> }) => Promise<void>
  readonly close: () => void
}

export type WorkerRole = { readonly isOwner: boolean; readonly isAlone: boolean }

/** What this process is to be; undefined for one that is not a worker. */
export function workerRole(): WorkerRole | undefined {
  const role = cluster.isWorker ? process.env[roleVariable] : undefined
  return role === undefined ? undefined : { isOwner: role !== 'serve', isAlone: role === 'owner-alone' }
}

/** As if by a signal, unless one has come already: a second would mean to wait for nothing any more. */
function createEndOnce(): () => void {
  let isEnding = false
  const end = () => {
    isEnding = true
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, end)
  return () => {
    if (!isEnding) process.kill(process.pid, 'SIGTERM')
  }
}

/** This process's own end of the channel to the one that started it. */
export function joinWorkers({ isOwner, isAlone }: WorkerRole, hasSandbox: boolean): Worker {
  const waiting = new Map<number, (answer: unknown) => void>()
  const listeners: ((nudge: Nudge) => void)[] = []
  let ownerPort: number | undefined
  let isHopeless = false
  let questions = 0
  const endOnce = createEndOnce()
  const door = createServer()
  const tell = (message: FromWorker) => {
    // A channel that is closed belongs to a process that is gone, and this one is ending.
    if (process.connected) process.send?.(message)
  }
  const ask = (message: (question: number) => FromWorker) =>
    new Promise<unknown>((resolve) => {
      waiting.set(++questions, resolve)
      tell(message(questions))
    })
  process.on('message', (message) => {
    if (!isOurs(message)) return
    const told = message as ToWorker
    if (told.tercet === 'stop') endOnce()
    else if (told.tercet === 'hopeless') isHopeless = true
    else if (told.tercet === 'owner') ownerPort = told.port
    else if (told.tercet === 'nudge') for (const heard of listeners) heard(told)
    else {
      waiting.get(told.question)?.(told.answer)
      waiting.delete(told.question)
    }
  })
  return {
    isOwner,
    isAlone,
    nudge: (nudge) => tell({ tercet: 'nudge', ...nudge }),
    onNudge: (heard) => void listeners.push(heard),
    attemptMemory: <Answer>() => ({
      firstAnswer: async (attempt: AttemptId, decide: () => Answer) =>
        (await ask((question) => ({ tercet: 'attempt', question, attempt, answer: decide() }))) as Answer,
    }),
    elsewhere: ({ url = '' }) => {
      if (isOwner || !hasSandbox || !isOwnersAddress(url)) return undefined
      return ownerPort === undefined ? answerUnavailable : forwardTo(ownerPort)
    },
    metrics: (registry) => {
      // It answers the questions of the process that adds up.
      new AggregatorRegistry()
      AggregatorRegistry.setRegistries([registry])
      return async () => {
        const text = await ask((question) => ({ tercet: 'metrics', question }))
        return { contentType: registry.contentType, text: String(text) }
      }
    },
    isHopeless: () => isHopeless,
    ready: async (wired) => {
      if (!isOwner || !hasSandbox) return tell({ tercet: 'ready' })
      door.on('request', wired.server.routing)
      await new Promise<void>((resolve) => door.listen({ port: 0, host: '127.0.0.1', exclusive: true }, resolve))
      tell({ tercet: 'ready', ownerPort: (door.address() as AddressInfo).port })
    },
    close: () => {
      door.close()
      door.closeAllConnections()
    },
  }
}
