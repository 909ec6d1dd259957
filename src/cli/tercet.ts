#!/usr/bin/env -S node --max-semi-space-size=4 --heap-growing-percent=15 --no-allocation-site-pretenuring --v8-pool-size=1
import { enableCompileCache } from 'node:module'

// Types are erased once and the result is kept (in the system's temporary folder, or NODE_COMPILE_CACHE): later starts
// are quicker, and never load the eraser into the server's memory. So it comes before every other import.
enableCompileCache()
const { processIo } = await import('./io.ts')
const { runCli } = await import('./run-cli.ts')

process.exitCode = await runCli(process.argv.slice(2), processIo())
