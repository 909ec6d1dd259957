import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export type Answer = { readonly status: number; readonly body: string }

/**
 * A keep-alive HTTP/1.1 connection, one request at a time. It reads what the servers measured here write and nothing else:
 * answers with a `content-length`, in ASCII. A general client would take the cores that are to be measured.
 */
export class Connection {
  readonly #socket: Socket
  #received = ''
  #resolve: ((answer: Answer) => void) | undefined
  #reject: ((error: Error) => void) | undefined

  static async open(port: number): Promise<Connection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    return new Connection(socket)
  }

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => this.#read(text))
    socket.on('error', (error) => this.#fail(error))
    socket.on('close', () => this.#fail(new Error('the server closed the connection')))
  }

  /** Sends a request that is already written out as text. Rejects when the connection breaks. */
  ask(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
      this.#socket.write(request, 'latin1')
    })
  }

  close(): void {
    this.#reject = undefined
    this.#socket.destroy()
  }

  #read(text: string): void {
    this.#received += text
    const answer = answerIn(this.#received)
    if (!answer) return
    this.#received = ''
    const resolve = this.#resolve
    this.#resolve = undefined
    resolve?.(answer)
  }

  #fail(error: Error): void {
    if (this.#resolve) this.#reject?.(error)
  }
}

const lengthName = 'content-length: '

/** The whole answer, undefined while a part of it is still on its way. */
export function answerIn(text: string): Answer | undefined {
  const bodyAt = text.indexOf('\r\n\r\n') + 4
  if (bodyAt === 3) return undefined
  const lengthAt = text.indexOf(lengthName)
  if (lengthAt === -1 || lengthAt > bodyAt) throw new Error('an answer without a content-length')
  const length = Number.parseInt(text.slice(lengthAt + lengthName.length, bodyAt), 10)
  if (text.length < bodyAt + length) return undefined
  return { status: Number(text.slice(9, 12)), body: text.slice(bodyAt) }
}
