import { testKilledMovers } from '../support/cells/killed-movers.ts'
import { cellDatabases } from '../support/database.ts'

// From a plain first cell to one that the cluster places, which is the way onto a cluster, and back.
const { first, far } = await cellDatabases()
await testKilledMovers({ first, near: first, far })
