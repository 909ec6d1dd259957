#!/usr/bin/env -S node --max-semi-space-size=8 --heap-growing-percent=20 --no-allocation-site-pretenuring --v8-pool-size=1
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

// JavaScript, the only file here that is, and in words that any Node since 18 reads: Node loads its eraser of types for an entry that has any,
// and keeps it (18 MB); and a Node that is too old gets as far as this.
const oldest = 26

if (Number(process.versions.node.split('.')[0]) >= oldest) await run()
else runOnPinnedNode()

async function run() {
  // Types of all other files are erased once and the result is kept (in the system's temporary folder, or NODE_COMPILE_CACHE):
  // later starts are quicker, and never load the eraser. So this comes before every other import.
  nodeModule.enableCompileCache()
  const { processIo } = await import('./io.ts')
  const { runCli } = await import('./run-cli.ts')
  process.exitCode = await runCli(process.argv.slice(2), processIo())
}

/** In a child that ends as this process is told to end, and that this process ends like; of the Node that `npm ci` brings. */
function runOnPinnedNode() {
  const node = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url))
  const isRunByPinned = process.execPath === node
  if (isRunByPinned || !existsSync(node)) {
    console.error(
      `tercet: Node ${oldest} or later is needed, and this is ${process.version}: run npm ci in the program's folder, which brings it`,
    )
    process.exitCode = 1
    return
  }
  const flags = ['--max-semi-space-size=8', '--heap-growing-percent=20', '--no-allocation-site-pretenuring']
  const words = [...flags, '--v8-pool-size=1', fileURLToPath(import.meta.url), ...process.argv.slice(2)]
  // The channel tells the child when this process is gone without having passed on a signal.
  const child = spawn(node, words, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  child.on('error', (error) => {
    console.error(`tercet: ${node} cannot be run: ${error.message}`)
    process.exitCode = 1
  })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const name of signals) process.on(name, () => child.kill(name))
  child.on('exit', (code, signal) => {
    for (const name of signals) process.removeAllListeners(name)
    if (signal) process.kill(process.pid, signal)
    else process.exitCode = code ?? 1
  })
}
