import { Type } from 'typebox'
import { closed, component, day } from '../shared/http/schema.ts'
import type { DayRates } from './model.ts'

export const dayParams = Type.Object({ day: day('The day that they are of.') })

const rates = Type.Record(
  Type.String({ pattern: '^[A-Z]{3}$' }),
  Type.String({ pattern: '^\\d{1,9}(\\.\\d{1,9})?$', description: 'How many of it one EUR is.' }),
  {
    ...closed,
    minProperties: 1,
    description: 'Units per EUR as decimal strings, by ISO 4217 currency. EUR itself may be left out.',
    examples: [{ NOK: '11.6450', SEK: '11.1215', USD: '1.0894' }],
  },
)

export const ratesBody = component(
  'ExchangeRatesInput',
  Type.Object({ rates }, { ...closed, description: 'A day’s exchange rates.' }),
)
export const ratesView = component(
  'ExchangeRates',
  Type.Object({ day: day('The day that they are of.'), rates }, { description: 'A day’s exchange rates.' }),
)

export const toRatesView = ({ day: of, rates: those }: DayRates) => ({ day: of, rates: { ...those } })
