import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify'

/**
 * Every body of the scope reaches its handler as the bytes that were sent, whatever its content type says; schemas describe the routes
 * for the documentation, and nothing is compiled from them.
 */
export function keepBodiesRaw(scope: FastifyInstance): void {
  parseNothing(scope)
  scope.setValidatorCompiler(() => () => true)
  scope.setSerializerCompiler(() => (value) => JSON.stringify(value))
}

/** Bodies are read as bytes and parsed by nobody: at an address that takes none, one costs no more than its size. */
export function parseNothing(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', readBytes)
}

type Done = (error: Error | null, body?: Buffer) => void

/**
 * The framework's own reader would copy each body into a pool that all requests share, where one that is still at work keeps the memory
 * of forty others from being used again: half of the collector's work under load. That the length is the one announced is
 * seen to by Node's parser.
 */
function readBytes(request: FastifyRequest, payload: NodeJS.ReadableStream, done: Done): void {
  const { bodyLimit } = request.routeOptions
  if (Number(request.headers['content-length']) > bodyLimit) {
    done(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE())
    return
  }
  if (isCompressed(request)) {
    done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(`content-encoding ${request.headers['content-encoding']}`))
    return
  }
  const chunks: Buffer[] = []
  let length = 0
  const onData = (chunk: Buffer) => {
    length += chunk.length
    if (length > bodyLimit) finish(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE())
    else chunks.push(chunk)
  }
  const onEnd = () => finish(null)
  const onError = (error: Error) => finish(Object.assign(error, { statusCode: 400 }))
  const finish = (error: Error | null) => {
    payload.off('data', onData).off('end', onEnd).off('error', onError)
    if (error) done(error)
    else done(null, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length))
  }
  payload.on('data', onData).on('end', onEnd).on('error', onError)
}

/** Orders are small: to unpack them would only be a way to send a large one in few bytes. Answered 415. */
function isCompressed({ headers }: FastifyRequest): boolean {
  const encoding = headers['content-encoding']
  return encoding !== undefined && encoding !== '' && !/^identity$/i.test(encoding)
}
