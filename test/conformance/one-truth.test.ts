import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { unavailableMessage } from '../../src/http/last-resort.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFile(join(root, path), 'utf8')

/** Whole sentences, wherever the lines of the page break. */
async function sentencesOf(path: string): Promise<readonly string[]> {
  return (await read(path)).replaceAll(/\s+/g, ' ').split(/(?<=\.) |\|/)
}

test('no page says of a 503 that nothing was done', async () => {
  const promise =
    /nothing (was|has been|is) (changed|done(?! twice)|written|committed)|was not (done|committed)|did not happen/
  for await (const path of glob(['README.md', 'docs/**/*.md'], { cwd: root })) {
    const sentences = await sentencesOf(path)
    for (const [at, sentence] of sentences.entries())
      if (sentence.includes('503')) assert.doesNotMatch(sentences.slice(at, at + 3).join(' '), promise, path)
  }
})

test('the pages of every API say the same of an answer that did not come: not known, ask again with the same key', async () => {
  assert.match(unavailableMessage, /not known: ask again with the same Idempotency-Key/)
  const said: Readonly<Record<string, RegExp>> = {
    'docs/protocols/scalapay.md': /`service_unavailable` \| 503 .*not known: ask again with the same key/,
    'docs/protocols/kupay.md': /`503` .*not known; the same call again is safe/,
    'docs/protocols/salescloud.md': /unavailable: the database is away.*Ask again with the same `requestId`/,
    'docs/protocols/salescloud-catalogue.md': /After a 503 the change may have happened, or happen yet: repeat it/,
    'docs/decisions/0001-batching-engine.md':
      /A 503 means that nobody knows: .*unknown, ask\s+again with the same key/s,
    'docs/decisions/0005-scalapay-unpublished.md': /Whether the request was done is not known then/,
  }
  for (const [path, words] of Object.entries(said)) assert.match(await read(path), words, path)
})
