import { Group, Text } from '@mantine/core'
import { useFormat } from '../format.ts'
import { useWords } from '../words/index.ts'
import type { Day, Periods } from './sales-days.ts'

/** How high the picture is, and how wide a day, in the picture's own units. */
const [height, width] = [100, 10]

/** Two bars a day, the earlier one behind. The table below says the same in numbers, so the picture is silent. */
export function SalesChart({ days, before }: Periods) {
  const words = useWords()
  const format = useFormat()
  const { top, step } = scaleOf(Math.max(...[...days, ...before].map(amountOf)))
  const marks = Array.from({ length: Math.round(top / step) + 1 }, (_, at) => top - at * step)
  const heightOf = (day: Day | undefined) => (day ? (amountOf(day) / top) * height : 0)
  const currency = days[0]?.captured.currency ?? ''
  return (
    <figure className="chart" aria-hidden="true">
      <div className="chart-marks">
        {marks.map((mark) => (
          <span key={mark}>{format.roughly(mark, currency)}</span>
        ))}
      </div>
      <svg viewBox={`0 0 ${days.length * width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {marks.map((mark) => (
          <path key={mark} className="mark" d={`M0 ${height - (mark / top) * height}H${days.length * width}`} />
        ))}
        {days.map((each, at) => {
          const [now, earlier] = [heightOf(each), heightOf(before[at])]
          return (
            <g key={each.day}>
              <title>{`${format.date(each.day)}: ${format.money(each.captured)}`}</title>
              <rect className="earlier" x={at * width + 1} y={height - earlier} width={5} height={earlier} />
              <rect className="now" x={at * width + 3} y={height - now} width={5} height={now} />
            </g>
          )
        })}
      </svg>
      <div className="chart-days">
        {days.map(({ day }, at) => (
          <span key={day}>{isNamed(at, days.length) ? format.shortDay(day, days.length) : ''}</span>
        ))}
      </div>
      {before.length > 0 && (
        <Group component="figcaption" gap="md" className="chart-legend">
          <Text size="xs" c="dimmed" className="now">
            {words.home.days(days.length)}
          </Text>
          <Text size="xs" c="dimmed" className="earlier">
            {words.home.before(days.length)}
          </Text>
        </Group>
      )}
    </figure>
  )
}

/** For drawing alone: nothing is reckoned with it. */
function amountOf({ captured }: Day): number {
  return Number(captured.amount)
}

/** The round number at the top of a scale, and the one between its three to five marks. */
function scaleOf(most: number): { readonly top: number; readonly step: number } {
  const least = Math.max(most, 1) / 4
  const unit = 10 ** Math.floor(Math.log10(least))
  const step = ([1, 2, 5, 10].find((each) => each * unit >= least) ?? 10) * unit
  return { top: Math.ceil(Math.max(most, 1) / step) * step, step }
}

/** Of many days every so many-th has its name, the last one always. */
function isNamed(at: number, count: number): boolean {
  return (count - 1 - at) % Math.ceil(count / 7) === 0
}
