// Invoices get their numbers in the order of their days, as an invoicing program gives them.

import type { Chance } from '../../random.ts'
import { partsOf } from '../base/calendar.ts'
import { referenceOf } from '../base/references.ts'
import type { Company, Item } from './company.ts'

type Style = 'plain' | 'year-dash' | 'prefix' | 'prefix-year' | 'year-glued' | 'padded'

const prefixes = ['F', 'INV', 'RE', 'A', 'FA', 'V', 'S', 'R', 'FV', 'VF']

export type Numbers = (item: Item) => string

function seriesOf(chance: Chance, style: Style, first: number, prefix: string): Numbers {
  let next = first
  let year = 0
  return (item) => {
    const now = partsOf(item.day).year
    if (now !== year && (style === 'year-dash' || style === 'prefix-year' || style === 'year-glued'))
      next = chance.between(1, 3)
    year = now
    const serial = next++
    switch (style) {
      case 'plain':
        return String(serial)
      case 'padded':
        return String(serial).padStart(6, '0')
      case 'year-dash':
        return `${now}-${String(serial).padStart(4, '0')}`
      case 'prefix':
        return `${prefix}${String(serial).padStart(5, '0')}`
      case 'prefix-year':
        return `${prefix}-${now}-${String(serial).padStart(4, '0')}`
      case 'year-glued':
        return `${now}${String(serial).padStart(4, '0')}`
    }
  }
}

export type CustomerOf = ReadonlyMap<Item, number>

/** Numbers and references for everything that this company wrote itself, also what never reached its books. */
export function number(company: Company, customerOf: CustomerOf): void {
  const { chance } = company
  const style = chance.weighed<Style>({
    plain: 5,
    'year-dash': 2,
    prefix: 2,
    'prefix-year': 2,
    'year-glued': 2,
    padded: 1,
  })
  const first = chance.pick([101, 1001, 2388, 10_001, 20_417, 40_250, 100_311])
  const invoices = seriesOf(chance, style, first, chance.pick(prefixes))
  const own = [...company.items, ...company.hidden].filter(
    ({ kind, documentNumber }) => documentNumber === null && kind === 'sales_invoice',
  )
  own.sort((one, other) => one.day - other.day)
  for (const item of own) {
    item.documentNumber = invoices(item)
    if (company.scheme !== null) item.reference = referenceFor(company, item, customerOf)
  }
}

function referenceFor(company: Company, item: Item, customerOf: CustomerOf): string {
  const scheme = company.scheme!
  const customer = String(customerOf.get(item) ?? 0).padStart(6, '0')
  if (company.referencePerCustomer) return referenceOf(scheme, `1${customer}`)
  const serial = item
    .documentNumber!.replaceAll(/\D/g, '')
    .slice(-8)
    .padStart(scheme === 'viite' ? 4 : 7, '0')
  return referenceOf(
    scheme,
    scheme === 'kid10' || scheme === 'kid11'
      ? customer + serial
      : scheme === 'ogm'
        ? serial.padStart(10, '0')
        : `1${serial}`,
  )
}
