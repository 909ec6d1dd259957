/** One line of the table. */
export type Figure = {
  /** names the figure in bench/README.md: `2.1` */
  readonly id: string
  readonly what: string
  /** a ratio, or megabytes where it says so */
  readonly value: number
  readonly target?: { readonly atLeast: number } | { readonly atMost: number }
  /** what the numbers were on this machine */
  readonly note: string
}

export function isReached({ value, target }: Figure): boolean {
  if (target === undefined) return true
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost
}

export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.id,
    figure.what,
    numberText(figure.value),
    targetText(figure.target),
    figure.target === undefined ? 'report' : isReached(figure) ? 'pass' : 'FAIL',
    figure.note,
  ])
  const all = [['figure', 'what', 'measured', 'target', '', 'on this machine'], ...rows]
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function targetText(target: Figure['target']): string {
  if (target === undefined) return '-'
  return 'atLeast' in target ? `>= ${target.atLeast}` : `<= ${target.atMost}`
}

function numberText(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2)
}
