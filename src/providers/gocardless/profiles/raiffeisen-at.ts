import type { BankProfile } from '../../provider.ts'

/** A card's shop stands in the first twelve columns of the structured remittance information. (CONTRACTS §7; actual, banks/raiffeisen_at_rzbaatww) */
export const raiffeisenAt: Partial<BankProfile> = {
  reading: {
    structuredHoldsText: true,
    payee: [
      {
        from: 'remittanceInformationStructured',
        pattern: String.raw`^(.{12}) \d{4} .{1,60}\d\d\.\d\d\. \d\d:\d\d`,
      },
    ],
  },
}
