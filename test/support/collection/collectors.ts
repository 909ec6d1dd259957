import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Random } from '../crash/crash-random.ts'
import { programFile } from '../program/program-file.ts'
import type { BookLine } from './book-line.ts'

/** Two collectors, the database they share, and an acquirer with a book on disk, each of which can be killed. */
export type Collectors = {
  /** the time from now on, in milliseconds */
  readonly tell: (now: number) => void
  /** Kills something, at once and without a word; answers what. */
  readonly wound: (random: Random) => Promise<string>
  /** Starts what was killed, and waits until all work again. */
  readonly heal: () => Promise<void>
  readonly readBook: () => Promise<readonly BookLine[]>
  readonly stop: () => Promise<void>
}

type Where = { readonly database: string; readonly pool: pg.Pool; readonly book: string; readonly port: number }

export async function startCollectors({ database, pool, book, port }: Where): Promise<Collectors> {
  const collector = programFile('test/support/collection/collector-process.ts')
  const startCollector = () => fork(collector, [database, `http://127.0.0.1:${port}`])
  const startAcquirer = () =>
    spawn(process.execPath, [programFile('test/support/collection/acquirer-process.ts'), book, String(port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  let acquirer = startAcquirer()
  let collectors = [startCollector(), startCollector()]
  let now: number | undefined
  const tell = (time: number): void => {
    now = time
    for (const each of collectors) if (each.connected) each.send(now)
  }
  await Promise.all([once(acquirer.stdout, 'data'), ...collectors.map((each) => once(each, 'message'))])
  const killAcquirer = () => kill(acquirer)
  const killOne = (random: Random) => kill(random.pick(collectors))
  const killBoth = async () => {
    await Promise.all(collectors.map(kill))
  }
  // A collector's start takes longer than all else in a round, so it is not the most frequent victim.
  const wounds: readonly (readonly [string, number, (random: Random) => Promise<unknown>])[] = [
    ['acquirer', 4, killAcquirer],
    ['database', 4, () => crash(pool)],
    ['one collector', 2, killOne],
    ['acquirer and one collector', 2, (random) => Promise.all([killAcquirer(), killOne(random)])],
    ['database and both collectors', 1, () => Promise.all([crash(pool), killBoth()])],
    ['all', 1, () => Promise.all([killAcquirer(), crash(pool), killBoth()])],
  ]
  const lots = wounds.flatMap((wound) => Array.from({ length: wound[1] }, () => wound))
  return {
    tell,
    wound: async (random) => {
      const [what, , strike] = random.pick(lots)
      await strike(random)
      return what
    },
    heal: async () => {
      const begun: Promise<unknown>[] = [untilAnswered(() => pool.query('select'))]
      if (isDead(acquirer)) {
        acquirer = startAcquirer()
        begun.push(once(acquirer.stdout, 'data'))
      }
      collectors = collectors.map((each) => {
        if (!isDead(each)) return each
        const next = startCollector()
        begun.push(once(next, 'message'))
        return next
      })
      await Promise.all(begun)
      if (now !== undefined) tell(now)
    },
    readBook: async () =>
      (await readFile(book, 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    stop: async () => {
      await Promise.all([acquirer, ...collectors].map(kill))
    },
  }
}

function isDead({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

async function kill(child: ChildProcess): Promise<void> {
  if (isDead(child)) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/**
 * One process of the database dies without a word, and PostgreSQL throws all others away and recovers from its log. One that has ended by itself since
 * it was named is not a blow: the next one is.
 */
async function crash(pool: pg.Pool): Promise<void> {
  await untilAnswered(async () => {
    const { rows } = await pool.query<{ pid: number }>(
      `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`,
    )
    if (rows[0]) process.kill(rows[0].pid, 'SIGKILL')
  })
}

/** A database that still recovers from the last blow is asked again; a minute and a half means that it never will. */
export async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  const giveUp = AbortSignal.timeout(90_000)
  for (;;) {
    try {
      return await ask()
    } catch {
      await pause(10, undefined, { signal: giveUp })
    }
  }
}
