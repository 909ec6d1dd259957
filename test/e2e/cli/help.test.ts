import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createProgram } from '../../../src/cli/program.ts'
import { cliRun, tercet } from '../../support/cli.ts'
import { cliPage, commandsOf, readCliPage } from '../../support/pages/cli-page.ts'

test('docs/cli.md says what the program does (npm run update rewrites it)', async () => {
  assert.equal(await readCliPage(), await cliPage())
})

test('every command that does something takes --json and shows an example', async () => {
  const program = createProgram(cliRun().io)
  const leaves = commandsOf(program).filter(
    (words) =>
      !commandsOf(program).some(
        (other) => other.length > words.length && words.every((word, at) => other[at] === word),
      ),
  )
  assert(leaves.length >= 20)
  for (const words of leaves) {
    const { code, out } = await tercet({}, [...words, '--help'])
    assert.equal(code, 0)
    assert.match(out, /--json/, words.join(' '))
    assert.match(
      out,
      new RegExp(
        `Examples?:\n(.*\n)*.*tercet ${words.filter((word) => word !== 'show' || words[0] !== 'clock').join(' ')}`,
      ),
      words.join(' '),
    )
  }
})

test('an unknown command is a mistake with a suggestion, on stderr alone', async () => {
  assert.deepEqual(await tercet({}, ['merchans']), {
    code: 1,
    out: '',
    err: "tercet: unknown command 'merchans'\n(Did you mean merchants?)\n",
  })
  const nested = await tercet({}, ['webhooks', 'replai'])
  assert.deepEqual([nested.code, nested.out], [1, ''])
  assert.match(nested.err, /Did you mean replay/)
})

test('what was typed wrongly is named, and cannot reach the terminal as it is', async () => {
  const wrong: [string[], RegExp][] = [
    [['clock', 'advance', '5x'], /'5x' is invalid .*duration like 5d/],
    [['clock', 'advance', '\x1b[2J'], /\ufffd\[2J/],
    [['clock', 'set', 'tomorrow'], /time like 2030/],
    [['orders', 'authorize', 'SHOP12345678'], /--card/],
    [['orders', 'show', "x'; drop table payment"], /twelve capital letters/],
    [['keys', 'create', '--protocol', 'visa'], /Allowed choices are scalapay/],
    [['keys', 'revoke', 'qhtfs87hjnc12kkos'], /starts with key_/],
    [['webhooks', 'replay'], /give a delivery, or --from/],
    [['webhooks', 'set'], /say what to set/],
    [['merchants', 'add', 'x', '--fee', '101'], /percentage from 0 to 100/],
    [['listen', '--forward', 'localhost'], /--forward must be a URL/],
    [['catalog', 'import', '/nonexistent.json'], /cannot be read \(ENOENT\)/],
    [['ledger', 'check', '--verbose'], /unknown option/],
  ]
  for (const [words, said] of wrong) {
    const { code, out, err } = await tercet({ TERCET_DATA: '/nonexistent/tercet' }, words)
    assert.deepEqual([code, out], [1, ''], words.join(' '))
    assert.match(err, said)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape is what it looks for
    assert.doesNotMatch(err, /\x1b|qhtfs|\n\s+at /)
  }
})

test('says that the database or the server is away, with exit code 3', async () => {
  const nobody = { DATABASE_URL: 'postgres://postgres:secret@127.0.0.1:1/x', PORT: '1' }
  for (const words of [
    ['merchants', 'list'],
    ['ledger', 'check', '--json'],
    ['migrate'],
    ['clock'],
    ['clock', 'advance', '1h'],
  ]) {
    const { code, out, err } = await tercet(nobody, words)
    assert.deepEqual([code, out], [3, ''], words.join(' '))
    assert.match(err, /^tercet: [^\n]+ECONNREFUSED[^\n]*\n$/)
    assert.doesNotMatch(err, /secret/)
  }
})

test('there is no database before there is one', async () => {
  const { code, err } = await tercet({ TERCET_DATA: '/nonexistent/tercet' }, ['merchants', 'list'])
  assert.equal(code, 1)
  assert.match(err, /tercet migrate/)
})
