import type { BankProfile } from '../../provider.ts'

/**
 * The additional information is `atmPosName: …, narrative: ['…', '…']`: the narrative has the text and more, and begins with the
 * other side. The value day is the truer one. Its brands Fintro and Hello bank! do the same. (CONTRACTS §7; actual, banks/bnp_be_gebabebb)
 */
export const bnpFortis: Partial<BankProfile> = {
  reading: {
    bookingDay: ['valueDate', 'valueDateTime', 'bookingDate', 'bookingDateTime'],
    alsoTold: ['additionalInformation'],
    payee: [
      { from: 'additionalInformation', pattern: String.raw`^(?:[^[]{0,300}, )?atmPosName: ([^,]{1,70})` },
      { from: 'additionalInformation', pattern: String.raw`^[^[]{0,300}narrative: \['([^']{1,70})'` },
    ],
  },
}
