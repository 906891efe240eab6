import type { BankProfile } from '../../provider.ts'

/** On a credit card the value day is the day to pay by, so it never stands in for the booking day. Often the only balance is the available one. (CONTRACTS §7; actual#1392) */
export const danskeBank: Partial<BankProfile> = {
  proofBalances: ['closing_booked', 'interim_booked', 'interim_available'],
  reading: { bookingDay: ['bookingDate', 'bookingDateTime'] },
}
