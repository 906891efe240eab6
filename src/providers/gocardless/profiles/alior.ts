import type { BankProfile } from '../../provider.ts'

/** Money out has the holder as debtor and no creditor; a card's shop is in the text, `Transakcja kartą debetową, Some Shop`. (CONTRACTS §7; actual, banks/alior_albpplpw) */
export const alior: Partial<BankProfile> = {
  reading: {
    payee: [
      {
        from: 'remittanceInformationUnstructured',
        pattern: '^Transakcja kartą [^,]{1,40}, ?(.+)$',
        of: 'out',
      },
    ],
  },
}
