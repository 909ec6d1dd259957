import { Compile } from 'typebox/compile'
import type { TLocalizedValidationError } from 'typebox/error'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import type { Catalogue } from '../model/catalogue.ts'
import type { References } from '../model/references.ts'
import { catalogueFromFile } from './catalogue-from-file.ts'
import { checkCatalogueFile } from './check-catalogue-file.ts'
import { type FileProblem, maximumProblems, pathOfPointer } from './file-problem.ts'
import { type CatalogueFile, catalogueFileSchema, wordsOfPattern } from './file-schema.ts'

const validator = Compile(catalogueFileSchema)

/**
 * A parsed JSON value as a catalogue, or everything that is wrong with it, each with its path: first its shape, and when
 * that is right, what one part says of another.
 */
export function readCatalogueFile(value: unknown): Result<Catalogue, readonly FileProblem[]> {
  const file = readFileShape(value)
  return file.ok ? catalogueOf(file.value) : file
}

/** Whether the value has the shape of a catalogue file. What its parts say of each other is `catalogueOf`'s to check. */
export function readFileShape(value: unknown): Result<CatalogueFile, readonly FileProblem[]> {
  return validator.Check(value) ? ok(value) : refuse(shapeProblems(value))
}

/** With `stored`, its parts may also speak of what the organization has already. */
export function catalogueOf(file: CatalogueFile, stored?: References): Result<Catalogue, readonly FileProblem[]> {
  const problems = checkCatalogueFile(file, stored).slice(0, maximumProblems)
  return problems.length > 0 ? refuse(problems) : ok(catalogueFromFile(file))
}

/** An unknown word is told by the library as a value that nothing may have, and again by the object that has it. */
function shapeProblems(value: unknown): readonly FileProblem[] {
  const errors = validator.Errors(value)
  const unknownWords = errors.filter((error) => error.keyword === 'boolean')
  return errors
    .filter((error) => error.keyword !== 'additionalProperties' || unknownWords.length === 0)
    .slice(0, maximumProblems)
    .map((error) => ({ path: pathOfPointer(error.instancePath), message: messageOf(error) }))
}

function messageOf(error: TLocalizedValidationError): string {
  if (error.keyword === 'boolean') return 'is not a known word here'
  return (error.keyword === 'pattern' && wordsOfPattern.get(String(error.params.pattern))) || error.message
}
