import type { Day } from '../../values/day.ts'
import { meansMonth, periodsIn, type Period } from '../model/periods.ts'
import { weights } from '../model/weights.ts'
import type { Signal } from './signal.ts'

/** The month that the text names, against the one that the entry is for: its description's, that in which it was issued, or is due. */
export const period: Signal = {
  name: 'period',
  family: 'period',
  compare({ periods }, { entry }) {
    if (periods.length === 0) return null
    const named = periods.map(told).join(', ')
    const params = () => ({ period: named })
    const described = periodsIn(entry.description ?? '')
    if (described.some((month) => meansMonth(periods, month)))
      return { bits: weights.period.described, key: 'period.described', params }
    const [issued, due] = [monthOf(entry.issueDate), monthOf(entry.dueDate)]
    if (issued !== undefined && meansMonth(periods, issued))
      return { bits: weights.period.issued, key: 'period.issued', params }
    if (due !== undefined && meansMonth(periods, due)) return { bits: weights.period.due, key: 'period.due', params }
    if (described.length === 0 && issued === undefined && due === undefined) return null
    return { bits: weights.period.other, key: 'period.other', params }
  },
}

const monthOf = (day: Day | undefined): Period | undefined =>
  day === undefined ? undefined : { month: Number(day.slice(5, 7)), year: Number(day.slice(0, 4)) }

const told = ({ month, year }: Period): string =>
  `${year === undefined ? '' : `${year}-`}${String(month).padStart(2, '0')}`
