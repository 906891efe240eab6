import type { BankProfile } from '../../provider.ts'

/** The value day is the truer one; rows have a running balance. (CONTRACTS §7; actual-server, banks/ing_pl_ingbplpw) */
export const ingPl: Partial<BankProfile> = {
  reading: { bookingDay: ['valueDate', 'valueDateTime', 'bookingDate', 'bookingDateTime'] },
}
