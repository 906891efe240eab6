import type { BankProfile } from '../../provider.ts'

/** The value day, where it is told, is the truer one. (CONTRACTS §7; actual-server, banks/isybank_itbbitmm) */
export const isybank: Partial<BankProfile> = {
  reading: { bookingDay: ['valueDate', 'valueDateTime', 'bookingDate', 'bookingDateTime'] },
}
