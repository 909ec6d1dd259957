import { setTimeout as wait } from 'node:timers/promises'
import { Value } from 'typebox/value'
import type { Clock } from '../../../../kernel/clock.ts'
import { neverSeenCode } from '../codes.ts'
import { operations, receiptOperation } from '../operation.ts'
import { type Node, operationName, readEnvelope, textOf } from '../soap.ts'
import { type Book, type BookLine, createBook, linesOf } from './book.ts'
import { Entry } from './entry.ts'
import { createFaultQueue, type Fault, type FaultQueue } from './faults.ts'
import { type Journal, openJournal } from './journal.ts'
import { judge, readCard } from './judge.ts'
import { renderAnswer, renderDuplicate, renderFault, renderNonsense, renderReceipt, renderRefusal } from './render.ts'
import type { SimulatorSettings } from './settings.ts'

/** What is sent back; undefined cuts the connection. */
export type Reply = { readonly status: number; readonly body: string } | undefined

export type Gateway = {
  handle(envelope: string): Promise<Reply>
  setFaults(faults: readonly Fault[]): void
  /** the book, and how many operations were asked for since the start, faults included */
  book(): { readonly calls: number; readonly entries: readonly BookLine[] }
  close(): Promise<void>
}

/** The acquirer behind the simulator's HTTP, with its book read from the file. Rejects when a line is not an entry. */
export async function openGateway(bookFile: string, settings: SimulatorSettings, clock: Clock): Promise<Gateway> {
  const { journal, lines } = await openJournal(bookFile)
  const book = await bookOf(lines).catch(async (error) => {
    await journal.close()
    throw error
  })
  return createGateway(book, journal, settings, clock)
}

/** Every answer is given after its entry is in the journal. */
export function createGateway(book: Book, journal: Journal, settings: SimulatorSettings, clock: Clock): Gateway {
  const faults = createFaultQueue()
  const office: Office = { book, journal, faults, settings, clock }
  let calls = 0
  return {
    handle(envelope) {
      calls += 1
      return handle(office, envelope)
    },
    setFaults: faults.set,
    book: () => ({ calls, entries: linesOf(book) }),
    close: journal.close,
  }
}

async function bookOf(lines: readonly string[]): Promise<Book> {
  const book = createBook()
  for (const [index, line] of lines.entries()) book.add(readEntry(line, index + 1))
  return book
}

function readEntry(line: string, number: number): Entry {
  const entry: unknown = JSON.parse(line)
  if (!Value.Check(Entry, entry)) throw new Error(`line ${number} of the book is not an entry`)
  return entry
}

type Office = {
  readonly book: Book
  readonly journal: Journal
  readonly faults: FaultQueue
  readonly settings: SimulatorSettings
  readonly clock: Clock
}

async function handle(office: Office, envelope: string): Promise<Reply> {
  const request = readEnvelope(envelope, operationName)
  const reference = textOf(request, 'Tilvisunarnumer')
  const operation = textOf(request, 'Adgerd')
  if (request === undefined || reference === undefined || operation === undefined || reference.length > 100) {
    return { status: 500, body: renderFault('Ólögleg beiðni') }
  }
  const fault = office.faults.take({ operation, reference, last4: readCard(request)?.number.reveal().slice(-4) })
  if (fault?.fault === 'unavailable') return { status: 503, body: 'Service Unavailable' }
  if (fault?.fault === 'cut_before') return undefined
  if (fault?.fault === 'slow') await wait(fault.ms)
  const refusal = accessRefusal(request, office.settings)
  if (refusal !== undefined) return { status: 200, body: refusal }
  if (operation === receiptOperation) return answer(await receipt(office, reference), fault, renderReceipt)
  if (!known.has(operation)) return { status: 500, body: renderFault('Óþekkt aðgerð') }
  return answer(await perform(office, request, reference, fault), fault, renderAnswer)
}

const known: ReadonlySet<string> = new Set(Object.values(operations))

function accessRefusal(request: Node, settings: SimulatorSettings): string | undefined {
  if (textOf(request, 'PosId') !== settings.posId) return renderRefusal('1', 'Þjónusta óþekkt')
  const isUser = textOf(request, 'Notandanafn') === settings.username
  const isPassword = textOf(request, 'Lykilord') === settings.password
  return isUser && isPassword ? undefined : renderRefusal('2', 'Rangt notandanafn eða lykilorð')
}

/** The entry under the reference, made now if there is none, once it is on the disk. No await before it is booked. */
async function perform(office: Office, request: Node, reference: string, fault: Fault | undefined): Promise<Entry> {
  const { book, journal, settings, clock } = office
  const earlier = book.byReference(reference)
  if (earlier !== undefined) {
    await journal.settled()
    return earlier
  }
  const forcedCode = fault?.fault === 'decline' ? fault.code : undefined
  const entry = judge(book, request, settings.currency, clock.now(), forcedCode)
  await enter(office, entry)
  return entry
}

/**
 * What a receipt is made of. A reference that was never used is closed by the question: an operation that is still on
 * its way must not be done after its sender was told that it never was.
 */
async function receipt(office: Office, reference: string): Promise<Entry> {
  const earlier = office.book.byReference(reference)
  if (earlier !== undefined) {
    await office.journal.settled()
    return earlier
  }
  const entry = closedEntry(reference, office.settings)
  await enter(office, entry)
  return entry
}

function closedEntry(reference: string, { currency }: SimulatorSettings): Entry {
  const nothing = { minor: '0', last4: null, cardType: null, transaction: null, original: null }
  return { reference, operation: receiptOperation, code: neverSeenCode, currency, ...nothing }
}

function enter({ book, journal }: Office, entry: Entry): Promise<void> {
  book.add(entry)
  return journal.append(JSON.stringify(entry))
}

function answer(entry: Entry, fault: Fault | undefined, render: (entry: Entry) => string): Reply {
  if (fault?.fault === 'cut_after') return undefined
  if (fault?.fault === 'duplicate') return { status: 200, body: renderDuplicate(entry) }
  if (fault?.fault !== 'nonsense') return { status: 200, body: render(entry) }
  const shape = fault.shape ?? 'html'
  return { status: shape === 'fault' ? 500 : 200, body: renderNonsense(entry, shape, render) }
}
