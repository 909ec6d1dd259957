#!/usr/bin/env node
import { Command } from 'commander'
import { version } from '../main/version.ts'
import { startCommand } from './commands/start.ts'

const program = new Command('tercet')
  .description('A self-hosted payments server: one engine, one double-entry ledger, three merchant APIs.')
  .version(version)
  .addCommand(startCommand())

await program.parseAsync()
