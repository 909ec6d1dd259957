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
}: {
  label: string
  head: readonly string[]
  rows: readonly (readonly ReactNode[])[]
}) {
  const words = useWords()
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
            {head.map((name) => (
              <Table.Th key={name} scope="col">
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
                <Table.Td key={head[column]}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
