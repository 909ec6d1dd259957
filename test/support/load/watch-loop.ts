import { subscribe } from 'node:diagnostics_channel'
import { threadCpuUsage } from 'node:process'
import type { FastifyInstance } from 'fastify'

/**
 * Loaded into a server (`node --import`) that a test talks to over its IPC channel: between `start` and `stop` it looks at the
 * event loop once a turn, and answers the longest turn in milliseconds. What is counted is the processor time of the main
 * thread, which other programs on the machine do not lengthen as they lengthen the time on the clock. To `routes` it answers
 * every route of the server, of the API documentation or not.
 */
let isWatching = false
let longest = 0
let before = 0

const routes: { method: string; path: string }[] = []

subscribe('fastify.initialization', (message) => {
  const { fastify } = message as { fastify: FastifyInstance }
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, path: url })
  })
})

process.on('message', (message) => {
  if (message === 'routes') process.send?.({ routes })
  if (message === 'start' && !isWatching) {
    isWatching = true
    longest = 0
    before = spent()
    setImmediate(look)
  } else if (message === 'stop') {
    isWatching = false
    process.send?.({ longestTurnMs: longest })
  }
})
process.channel?.unref()

function look(): void {
  const now = spent()
  longest = Math.max(longest, now - before)
  before = now
  if (isWatching) setImmediate(look)
}

function spent(): number {
  const { user, system } = threadCpuUsage()
  return (user + system) / 1_000
}
