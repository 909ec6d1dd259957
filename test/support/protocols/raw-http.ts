import { connect } from 'node:net'

export type RawRequest = {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly version?: '1.0' | '1.1'
}

/** The request as text. `Connection: close`, so that the end of the answer is the end of the connection. */
export function requestText({ method, path, headers = {}, body, version = '1.1' }: RawRequest): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const length = bytes === undefined ? {} : { 'Content-Length': String(bytes.length) }
  const all = { Host: 'tercet.test', ...headers, ...length, Connection: 'close' }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/${version}\r\n${head.join('')}\r\n`),
    bytes ?? Buffer.alloc(0),
  ])
}

/** Sends bytes to the local port and answers everything that came back, as text. */
export function exchange(port: number, request: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')))
  })
}

export type RawResponse = { readonly status: number; readonly head: string; readonly body: string }

export function parseResponse(text: string): RawResponse {
  const end = text.indexOf('\r\n\r\n')
  const head = text.slice(0, end)
  return { status: Number(head.split(' ')[1]), head, body: text.slice(end + 4) }
}
