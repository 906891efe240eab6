import type { BankProfile } from '../../provider.ts'

/** A card's shop stands in the text, `(..1234) 2025-01-02 09:32 Some Shop\Street 3\Town`. (actual, banks/lhv_lhvbee22) */
export const lhv: Partial<BankProfile> = {
  reading: {
    payee: [
      {
        from: 'remittanceInformationUnstructured',
        pattern: String.raw`^\(\.\.\d{4}\) \d{4}-\d\d-\d\d \d\d:\d\d ([^\\]{1,140})`,
      },
    ],
  },
}
