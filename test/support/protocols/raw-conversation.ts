import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export type RawAnswer = { readonly status: number; readonly headers: Headers; readonly body: string }

export type Conversation = {
  readonly socket: Socket
  /** everything that came back, once the server has closed; fails when it was cut in the middle of an answer */
  readonly answers: () => Promise<readonly RawAnswer[]>
  /** resolves as soon as the bytes that came back contain the text */
  readonly seen: (text: string) => Promise<void>
}

/** Sends the bytes of a request as they are, over a connection of its own. `isHead`: answers have no bodies. */
export function say(port: number, bytes: string | Buffer, { isHead = false } = {}): Conversation {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  return listenTo(socket, isHead)
}

export function listenTo(socket: Socket, isHead = false): Conversation {
  let received = ''
  const ended = once(socket, 'end')
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1')
  })
  return {
    socket,
    answers: async () => {
      await ended
      socket.end()
      return answersIn(received, isHead)
    },
    seen: async (text) => {
      while (!received.includes(text)) await once(socket, 'data')
    },
  }
}

function answersIn(received: string, isHead: boolean): readonly RawAnswer[] {
  const answers: RawAnswer[] = []
  for (let rest = received; rest.length > 0; ) {
    const headEnd = rest.indexOf('\r\n\r\n')
    assert(headEnd > 0, `no whole head: ${rest.slice(0, 200)}`)
    const [statusLine = '', ...fields] = rest.slice(0, headEnd).split('\r\n')
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]
    assert(status, statusLine)
    const headers = new Headers(
      fields.map((field): [string, string] => [nameOf(field), field.slice(nameOf(field).length + 1)]),
    )
    const length = isHead || status === '100' ? 0 : Number(headers.get('content-length') ?? Number.NaN)
    const bodyStart = headEnd + 4
    assert(rest.length >= bodyStart + length, 'the body is whole')
    if (status !== '100')
      answers.push({ status: Number(status), headers, body: rest.slice(bodyStart, bodyStart + length) })
    rest = rest.slice(bodyStart + length)
  }
  return answers
}

function nameOf(field: string): string {
  return field.slice(0, field.indexOf(':'))
}
