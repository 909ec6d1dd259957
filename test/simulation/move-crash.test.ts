import { testKilledMovers } from '../support/cells/killed-movers.ts'
import { cellDatabases } from '../support/database.ts'

await testKilledMovers(await cellDatabases())
