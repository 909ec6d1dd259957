import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EmbeddedError, EmbeddedUnavailable } from '../db/embedded/embedded.ts'
import { Unavailable } from '../engine/command.ts'
import { ConfigError } from '../main/config.ts'
import { CliError } from './cli-error.ts'
import { explain } from './explain.ts'

test('an operator mistake is 1, a failed check 2, an outage 3', () => {
  const away = Object.assign(new Error(''), { code: 'ECONNREFUSED' })
  const errors: [unknown, number, string][] = [
    [new CliError('no such order'), 1, 'no such order'],
    [new CliError('differs', 2), 2, 'differs'],
    [new ConfigError('PORT must be'), 1, 'PORT must be'],
    [new EmbeddedUnavailable('in use'), 3, 'in use'],
    [new EmbeddedError('cannot be written'), 1, 'cannot be written'],
    [away, 3, 'the database cannot be used: ECONNREFUSED'],
    [
      Object.assign(new Error('connect ENOENT /s'), { code: 'ENOENT', syscall: 'connect' }),
      3,
      'the database cannot be used: connect ENOENT /s',
    ],
    [
      new Unavailable('did not answer', { retryAfterSeconds: 1, cause: away }),
      3,
      'the database cannot be used: ECONNREFUSED',
    ],
    [new Unavailable('did not answer', { retryAfterSeconds: 1 }), 3, 'did not answer'],
    [new Error('timeout expired'), 3, 'the database cannot be used: timeout expired'],
    [
      new Error('Connection terminated unexpectedly'),
      3,
      'the database cannot be used: Connection terminated unexpectedly',
    ],
    [
      new Error('Client has encountered a connection error and is not queryable'),
      3,
      'the database cannot be used: Client has encountered a connection error and is not queryable',
    ],
    [
      Object.assign(new Error('password authentication failed'), { code: '28P01' }),
      3,
      'the database cannot be used: password authentication failed',
    ],
  ]
  const folder = Object.assign(new Error('EISDIR: illegal'), {
    code: 'EISDIR',
    syscall: 'read',
    path: '/d/postgres.json',
  })
  const role = Object.assign(new Error('permission denied for schema public'), { code: '42501' })
  errors.push(
    [folder, 1, '/d/postgres.json cannot be used: it is a folder where a file should be: move it away (EISDIR)'],
    [role, 1, 'the database does not let its role do this: permission denied for schema public'],
  )
  for (const [error, exitCode, line] of errors) assert.deepEqual(explain(error), { exitCode, line })
})

test('a bug is nobody else’s fault and keeps its stack', () => {
  for (const error of [
    new TypeError('x'),
    new Error('assert'),
    Object.assign(new Error('open ENOENT /f'), { code: 'ENOENT', syscall: 'open' }),
    Object.assign(new Error('syntax'), { code: '42601' }),
    'text',
    undefined,
  ])
    assert.equal(explain(error), undefined)
})
