import type { BankProfile } from '../../provider.ts'

/** The one text ends at 140 characters. The lines are whole, but cut at 35 and once more at 140, in words too; the structured field has the text again. (CONTRACTS §7; samples, commerzbank_cobadeff) */
export const commerzbank: Partial<BankProfile> = {
  reading: {
    structuredHoldsText: true,
    cutLines: {
      width: 35,
      words: [
        'End-to-End-Ref.:',
        'Mandatsref:',
        'Gläubiger-ID:',
        'SEPA-BASISLASTSCHRIFT',
        'Kartenzahlung',
        'Dauerauftrag',
      ],
    },
  },
}
