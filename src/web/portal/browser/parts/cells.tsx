import { Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../words/index.ts'

/** Where a screen has less for each column, the table is scrolled. */
const columnWidth = 70

/** Rows of history under their columns, scrolled sideways where the screen is small. */
export function Cells({
  label,
  head,
  rows,
  numbers = [],
}: {
  label: string
  /** which columns are amounts or counts, to be compared line by line: they end at one edge */
  numbers?: readonly number[]
  head: readonly string[]
  rows: readonly (readonly ReactNode[])[]
}) {
  const words = useWords()
  const side = (column: number) => (numbers.includes(column) ? 'end' : undefined)
  if (rows.length === 0) return <Text c="dimmed">{words.order.none}</Text>
  return (
    <Table.ScrollContainer
      minWidth={head.length * columnWidth}
      type="native"
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <Table className="cells">
        <Table.Thead>
          <Table.Tr>
            {head.map((name, column) => (
              <Table.Th key={name} scope="col" ta={side(column)}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((cells, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are history, in their order, and never move
            <Table.Tr key={at}>
              {cells.map((cell, column) => (
                <Table.Td key={head[column]} ta={side(column)}>
                  {cell}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
