import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { csvRow } from './csv.ts'

test('begins no cell as a formula, whatever was typed', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\n=cmd'])
    assert.match(csvRow([text]), /^"?'/, JSON.stringify(text))
  fc.assert(fc.property(fc.string(), (text) => !/^"?\s*[=+\-@]/.test(csvRow([text]))))
})

test('gives back every cell as it was', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string().map((text) => `x${text}`),
        { minLength: 1 },
      ),
      (cells) => {
        assert.deepEqual(cellsOf(csvRow(cells)), cells)
      },
    ),
  )
})

/** A reader of one row by RFC 4180. */
function cellsOf(row: string): string[] {
  const found = row.slice(0, -2).matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)
  return [...found].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}
