// An invoice paid to the end: less a discount where the payer takes one, in whatever money.

import { type Company } from '../books/company.ts'
import { accountFor, pay, type Paying } from './incoming.ts'

export function payInFull(company: Company, whole: Omit<Paying, 'story'>): void {
  const { customer, items } = whole
  const item = items[0]!
  const { discount } = item
  const inTime = discount !== null && customer.takesDiscount !== 'never'
  if (inTime) {
    const late = customer.takesDiscount === 'always' && company.chance.is(0.4)
    const day = late
      ? discount.until + company.chance.between(1, 9)
      : Math.min(whole.day, discount.until - company.chance.between(0, 2))
    const less = Math.round((item.cents * discount.percent) / 100)
    pay(company, {
      ...whole,
      day: Math.max(day, item.day),
      cents: item.cents - less,
      story: late ? 'discount taken late' : 'discount in time',
    })
    return
  }
  const isForeign = customer.currency !== accountFor(company, customer.currency).currency
  pay(
    company,
    isForeign
      ? { ...whole, story: 'foreign currency' }
      : {
          ...whole,
          story: customer.isBooked ? 'one invoice' : 'not in the books: customer',
          toldInStory: customer.isBooked,
        },
  )
}
