import type { BankProfile } from '../../provider.ts'

/** The text of money out begins with the other side, then says how: `Some Shop Paiement Maestro par Carte …`. (actual-server, banks/cbc_cregbebb) */
export const cbc: Partial<BankProfile> = {
  reading: {
    payee: [
      {
        from: 'remittanceInformationUnstructured',
        pattern: '^(.{1,70}?) (?:Paiement|Domiciliation|Transfert|Ordre permanent) ',
        of: 'out',
      },
    ],
  },
}
