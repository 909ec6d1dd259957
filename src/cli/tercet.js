#!/usr/bin/env -S node --max-semi-space-size=8 --heap-growing-percent=20 --no-allocation-site-pretenuring --v8-pool-size=1
import { enableCompileCache } from 'node:module'

// JavaScript, the only file here that is: Node loads its eraser of types for an entry that has any, and keeps it (18 MB).
// Types of all other files are erased once and the result is kept (in the system's temporary folder, or NODE_COMPILE_CACHE):
// later starts are quicker, and never load the eraser. So this comes before every other import.
enableCompileCache()
const { processIo } = await import('./io.ts')
const { runCli } = await import('./run-cli.ts')

process.exitCode = await runCli(process.argv.slice(2), processIo())
