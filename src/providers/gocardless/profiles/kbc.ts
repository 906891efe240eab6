import type { BankProfile } from '../../provider.ts'

/** As CBC, in Dutch: `Some Shop Betaling met Debetkaart …`. (CONTRACTS §7; actual-server, banks/kbc_kredbebb) */
export const kbc: Partial<BankProfile> = {
  reading: {
    payee: [
      {
        from: 'remittanceInformationUnstructured',
        pattern: '^(.{1,70}?) (?:Betaling met|Domiciliëring|Overschrijving) ',
        of: 'out',
      },
    ],
  },
}
