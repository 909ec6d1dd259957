import { createServer, type Socket } from 'node:net'

/**
 * A shop's webhook receiver: answers 200 to every POST and counts it by its path; a path that begins with `/hang` is never
 * answered. `GET /counts` tells the counts, `GET /delay/20` lets every later POST wait 20 ms for its answer. It reads what is sent to it here and nothing else (requests with a
 * `content-length`, in order), because it shares the machine's cores with what is measured. Ends on SIGTERM.
 */
const counts: Record<string, number> = {}
let delayMs = 0

const server = createServer((socket) => {
  let received = ''
  socket.setEncoding('latin1')
  socket.on('error', () => socket.destroy())
  socket.on('data', (text: string) => {
    received += text
    for (let end = endOfRequest(received); end !== undefined; end = endOfRequest(received)) {
      answer(socket, received.slice(0, received.indexOf('\r\n')))
      received = received.slice(end)
    }
  })
})

/** Where the first whole request of the text ends; undefined while a part of it is still on its way. */
function endOfRequest(text: string): number | undefined {
  const bodyAt = text.indexOf('\r\n\r\n') + 4
  if (bodyAt === 3) return undefined
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, bodyAt))?.[1]
  const end = bodyAt + Number(length ?? 0)
  return text.length < end ? undefined : end
}

function answer(socket: Socket, requestLine: string): void {
  const [method, path = ''] = requestLine.split(' ')
  if (path.startsWith('/hang')) return
  if (method === 'GET') {
    if (path.startsWith('/delay/')) delayMs = Number(path.slice(7))
    send(socket, JSON.stringify(counts))
    return
  }
  const count = () => {
    counts[path] = (counts[path] ?? 0) + 1
    send(socket, '')
  }
  if (delayMs === 0) count()
  else setTimeout(count, delayMs)
}

function send(socket: Socket, body: string): void {
  socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') console.log(`is ready at http://127.0.0.1:${address.port}`)
})
process.once('SIGTERM', () => process.exit())
