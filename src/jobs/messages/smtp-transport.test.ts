import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { createSmtpTransport } from './smtp-transport.ts'

/** A mail server of one connection's worth of RFC 5321, with an answer to the text of the mail. */
async function mailServer(afterText: (socket: Socket) => void) {
  const mails: string[] = []
  const server = createServer((socket) => {
    let text: string | undefined
    let rest = ''
    socket.on('error', () => undefined)
    socket.write('220 test\r\n')
    socket.on('data', (bytes) => {
      const lines = (rest + String(bytes)).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (text !== undefined) {
          if (line === '.') {
            mails.push(text)
            text = undefined
            afterText(socket)
          } else text += `${line}\n`
        } else if (/^DATA/i.test(line)) {
          text = ''
          socket.write('354 go on\r\n')
        } else if (/^RCPT TO:<gone@/i.test(line)) socket.write('550 no such mailbox\r\n')
        else if (/^RCPT TO:<busy@/i.test(line)) socket.write('451 try later\r\n')
        else socket.write(/^EHLO/i.test(line) ? '250 test\r\n' : '250 ok\r\n')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const transport = createSmtpTransport({
    url: `smtp://127.0.0.1:${port}`,
    from: 'Shop <no-reply@pay.example>',
    domain: 'pay.example',
  })
  after(() => {
    transport.close?.()
    server.close()
  })
  return { mails, transport }
}

const message = { id: 'abc', recipient: 'ada@example.com', subject: 'Così è', text: 'Testo', html: '<p>Testo</p>' }

test('sends a mail with both forms of its text, under an id that stays', async () => {
  const { mails, transport } = await mailServer((socket) => socket.write('250 taken\r\n'))
  assert.deepEqual(await transport.send(message), { kind: 'sent' })
  assert.match(`${mails[0]}`, /^Message-ID: <abc@pay\.example>$/m)
  assert.match(`${mails[0]}`, /^To: ada@example\.com$/m)
  assert.match(`${mails[0]}`, /multipart\/alternative.*Testo.*<p>Testo<\/p>/s)
})

test('keeps a refusal apart from a wish to try later', async () => {
  const { transport } = await mailServer((socket) => socket.write('250 taken\r\n'))
  assert.equal((await transport.send({ ...message, recipient: 'gone@example.com' })).kind, 'refused')
  assert.equal((await transport.send({ ...message, recipient: 'busy@example.com' })).kind, 'later')
})

test('does not guess what became of a mail whose text had left when the connection broke', async () => {
  const { transport } = await mailServer((socket) => socket.destroy())
  assert.equal((await transport.send(message)).kind, 'unknown')
})

test('tries later what never reached a server', async () => {
  const transport = createSmtpTransport({ url: 'smtp://127.0.0.1:1', from: 'a@b.example', domain: 'b.example' })
  after(() => transport.close?.())
  assert.equal((await transport.send(message)).kind, 'later')
})
