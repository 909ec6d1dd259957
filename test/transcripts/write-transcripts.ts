import { execFile } from 'node:child_process'
import { glob } from 'node:fs/promises'
import { promisify } from 'node:util'

const root = new URL('../../', import.meta.url)

/** Records every transcript anew by running its test with UPDATE=1; answers what was written. */
export async function writeTranscripts(): Promise<readonly string[]> {
  const tests = await Array.fromAsync(glob('test/transcripts/**/*.test.ts', { cwd: root }))
  await promisify(execFile)(process.execPath, ['--test', ...tests], { cwd: root, env: { ...process.env, UPDATE: '1' } })
  return Array.fromAsync(glob('test/transcripts/recorded/*.txt', { cwd: root }))
}
