import type { PoolClient } from 'pg'
import { findStoredInstances } from '../../db/catalogue/catalogue-credentials.ts'
import { type ImportCounts, lockMerchant, saveCatalogue } from '../../db/catalogue/catalogue-save.ts'
import { type FileProblem, maximumProblems } from '../../domain/catalogue/file/file-problem.ts'
import type { Catalogue } from '../../domain/catalogue/model/catalogue.ts'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import { type Result, refuse } from '../../kernel/result.ts'
import { checkInstances } from './check-instances.ts'

/** Encrypts an acquirer's credentials (JSON text) for the database. */
export type Seal = (plain: string) => Uint8Array

/** Writes the catalogue inside the caller's transaction, which ends without it when there is a problem. */
export async function saveChecked(
  client: PoolClient,
  merchantId: MerchantId,
  catalogue: Catalogue,
  seal: Seal,
): Promise<Result<ImportCounts, readonly FileProblem[]>> {
  // Before the stored catalogue is read: it cannot change between that and the write.
  await lockMerchant(client, merchantId)
  const uuids = catalogue.instances.map(({ uuid }) => uuid)
  const problems = checkInstances(catalogue.instances, await findStoredInstances(client, merchantId, uuids))
  if (problems.length > 0) return refuse(problems.slice(0, maximumProblems))
  return await saveCatalogue(client, merchantId, catalogue, sealedCredentials(catalogue, seal))
}

/** Each instance's credentials as the database keeps them; none for an instance whose file leaves them out. */
function sealedCredentials(catalogue: Catalogue, seal: Seal): ReadonlyMap<Uuid, Uint8Array> {
  return new Map(
    catalogue.instances.flatMap(({ uuid, credentials }): [Uuid, Uint8Array][] => {
      if (!credentials) return []
      const plain = Object.fromEntries(Object.entries(credentials).map(([name, secret]) => [name, secret.reveal()]))
      return [[uuid, seal(JSON.stringify(plain))]]
    }),
  )
}
