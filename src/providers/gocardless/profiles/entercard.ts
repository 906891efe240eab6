import type { BankProfile } from '../../provider.ts'

/** Of a purchase abroad the amount is the foreign one; what the card was billed stands in the text, `billingAmount: 123.45`. (CONTRACTS §7; actual-server, banks/entercard_swednokk) */
export const entercard: Partial<BankProfile> = {
  reading: {
    billedAmount: {
      from: 'remittanceInformationUnstructured',
      pattern: String.raw`^billingAmount: ([+-]?\d{1,15}(?:\.\d{1,3})?)$`,
    },
  },
}
