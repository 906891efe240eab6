import type { BankProfile } from '../../provider.ts'

/**
 * The booking date is up to days later than the movement, whose day is in `valueDateTime`; rows have a running balance. A card's shop
 * stands on a line of its own, `CCV*Some Shop,PAS123`, and another side behind `Naam:`. (CONTRACTS §7; actual-server, banks/abnamro_abnanl2a)
 */
export const abnAmro: Partial<BankProfile> = {
  reading: {
    bookingDay: ['valueDateTime', 'bookingDate', 'bookingDateTime', 'valueDate'],
    payee: [
      {
        from: 'remittanceInformationUnstructuredArray',
        pattern: String.raw`^(?:[^*,]{1,40}\*)?([^*,]{1,70}),PAS\d{1,6}$`,
      },
      { from: 'remittanceInformationUnstructuredArray', pattern: '^Naam: (.{1,140})$' },
    ],
  },
}
