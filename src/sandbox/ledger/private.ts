// A month of a private person: amounts are given in kroner and fit any currency.

import { addDays, type Day } from '../../values/day.ts'
import { type Draft, type Month, amountBetween, businessDay, chanceOf, codes } from './movement.ts'

export function privateMonth(month: Month): readonly Draft[] {
  return [...regularly(month), ...groceries(month)]
}

function regularly(month: Month): Draft[] {
  const random = chanceOf(month, 'private')
  const { words, currency, employer, landlord, suppliers } = month.words
  const saved = amountBetween(random, 2_000, 4_000, currency)
  const savingDay = businessDay(month, 26)
  return [
    current(businessDay(month, 24), amountBetween(random, 31_000, 33_000, currency), {
      code: codes.received,
      counterparty: employer,
      text: words.salary,
    }),
    current(businessDay(month, 1), -amountBetween(random, 11_900, 12_000, currency), {
      code: codes.sent,
      counterparty: landlord,
      text: words.rent,
    }),
    current(businessDay(month, 12), -amountBetween(random, 600, 1_900, currency), {
      code: codes.sent,
      counterparty: random.pick(suppliers),
      text: words.power,
    }),
    current(savingDay, -saved, { code: codes.own, text: words.transfer }),
    { role: 'private-savings', day: savingDay, amount: saved, code: codes.ownReceived, text: words.transfer },
    {
      role: 'private-savings',
      day: businessDay(month, 28),
      amount: amountBetween(random, 150, 450, currency),
      code: codes.interest,
      text: words.interest,
    },
  ]
}

function groceries(month: Month): Draft[] {
  const random = chanceOf(month, 'groceries')
  return Array.from({ length: 14 + random.below(10) }, () => {
    const madeOn = addDays(month.first, random.below(26))
    return {
      role: 'private',
      madeOn,
      day: addDays(madeOn, 1 + random.below(2)),
      amount: -amountBetween(random, 40, 1_100, month.words.currency),
      code: codes.card,
      counterparty: { name: random.pick(month.words.merchants) },
    } satisfies Draft
  })
}

function current(day: Day, amount: bigint, rest: Omit<Draft, 'role' | 'day' | 'amount'>): Draft {
  return { role: 'private', day, amount, ...rest }
}
