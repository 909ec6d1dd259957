import assert from 'node:assert/strict'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openJournal } from './journal.ts'

async function aFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tercet-journal-'))
  t.after(() => rm(folder, { recursive: true }))
  return join(folder, 'book')
}

test('keeps lines in the order they were appended, each on the disk once its promise resolves', async (t) => {
  const path = await aFile(t)
  const { journal, lines } = await openJournal(path)
  assert.deepEqual(lines, [])
  await journal.append('first')
  assert.equal(await readFile(path, 'utf8'), 'first\n')
  const many = Array.from({ length: 500 }, (_, i) => `line ${i}`)
  await Promise.all(many.map((line) => journal.append(line)))
  assert.deepEqual((await readFile(path, 'utf8')).split('\n').slice(0, -1), ['first', ...many])
  await journal.close()
})

test('is settled when everything appended before is on the disk', async (t) => {
  const path = await aFile(t)
  const { journal } = await openJournal(path)
  await journal.settled()
  const appended = [journal.append('a'), journal.append('b')]
  await journal.settled()
  assert.equal(await readFile(path, 'utf8'), 'a\nb\n')
  await Promise.all(appended)
  await journal.close()
})

test('cuts a torn last line off and goes on after the last whole one', async (t) => {
  const path = await aFile(t)
  await appendFile(path, 'þ one\n{"tor')
  const { journal, lines } = await openJournal(path)
  assert.deepEqual(lines, ['þ one'])
  await journal.append('two')
  await journal.close()
  assert.equal(await readFile(path, 'utf8'), 'þ one\ntwo\n')
})

test('refuses to open what is not a file', async (t) => {
  const path = await aFile(t)
  await assert.rejects(openJournal(join(path, 'below', 'nothing')))
})
