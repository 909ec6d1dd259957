import { fastify } from 'fastify'
import { announce } from './announce.ts'

/** The measure of all things here: Fastify as it comes, JSON parsed and printed again, nothing else done. */
const server = fastify()
server.post('/echo', async (request) => request.body)
await announce(server)
