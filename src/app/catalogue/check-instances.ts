import type { StoredInstance } from '../../db/catalogue/catalogue-credentials.ts'
import type { FileProblem } from '../../domain/catalogue/file/file-problem.ts'
import type { InstanceInFile } from '../../domain/catalogue/model/catalogue.ts'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { Connector } from '../../rails/card/connector.ts'
import { connectors } from '../../rails/card/index.ts'

/**
 * What keeps an instance from taking payments, found when it is entered and not by its shoppers. Credentials that are sent are sent
 * whole and are right; those that are stored may be left out, and an instance that is not enabled may wait for its own. Whether
 * anybody answers at the endpoint is not asked.
 */
export function checkInstances(
  instances: readonly InstanceInFile[],
  stored: ReadonlyMap<Uuid, StoredInstance>,
): readonly FileProblem[] {
  return instances.flatMap((instance, index) => {
    const path = `instances[${index}]`
    const connector = connectors.get(instance.acquirer)
    if (!connector)
      return [
        { path: `${path}.acquirer`, message: `is not an acquirer that is known here: ${list(connectors.keys())}` },
      ]
    const problems = instance.credentials
      ? checkSent(connector, instance, instance.credentials)
      : checkStored(connector, instance, stored.get(instance.uuid))
    return problems.map(({ path: within, message }) => ({ path: `${path}.credentials${within}`, message }))
  })
}

function checkSent(
  { name, fields, check }: Connector,
  { currency }: InstanceInFile,
  credentials: NonNullable<InstanceInFile['credentials']>,
): FileProblem[] {
  const known = fields.map((field) => field.name)
  const values = Object.fromEntries(Object.entries(credentials).map(([word, secret]) => [word, secret.reveal()]))
  const unknown = Object.keys(values).filter((word) => !known.includes(word))
  const missing = known.filter((word) => !Object.hasOwn(values, word))
  const problems = [
    ...unknown.map((word) => ({
      path: `.${word}`,
      message: `is not a credential of ${name}, which has ${list(known)}`,
    })),
    ...missing.map((word) => ({ path: `.${word}`, message: 'is missing: credentials are sent whole' })),
  ]
  if (problems.length > 0) return problems
  const checked = check(values)
  if (!checked.ok) return [{ path: `.${checked.reason.field}`, message: checked.reason.message }]
  return fields
    .filter((field) => field.kind === 'currency' && values[field.name] !== currency)
    .map((field) => ({ path: `.${field.name}`, message: `must be the currency of the instance, ${currency}` }))
}

/** Another acquirer's or another currency's credentials that are stored would be useless, now or when it is enabled. */
function checkStored(
  { name, fields }: Connector,
  { acquirer, currency, isEnabled }: InstanceInFile,
  stored: StoredInstance | undefined,
): FileProblem[] {
  if (fields.length === 0) return []
  const hasOwn = stored?.hasCredentials && stored.acquirer === acquirer && stored.currency === currency
  if (hasOwn || (!isEnabled && !stored?.hasCredentials)) return []
  const needed = `must be given: ${name} needs ${list(fields.map((field) => field.name))}`
  const why = stored?.hasCredentials ? ', and those that are stored are for another acquirer or currency' : ''
  return [{ path: '', message: `${needed}${why}` }]
}

function list(words: Iterable<string>): string {
  return [...words].join(', ') || 'none'
}
