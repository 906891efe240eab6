import type { BankProfile } from '../../provider.ts'

/**
 * The Sparkassen, which share their systems: the purpose stands in one text or another and in the additional information; the creditor
 * is often a payment service or a word such as Lastschriftzahlung, and then the ultimate creditor is whom the money is for.
 * (samples, ssk_dusseldorf_dussdeddxxx; actual-server#331, #2759)
 */
export const sparkasse: Partial<BankProfile> = {
  reading: { structuredHoldsText: true, ultimateFirst: true, alsoTold: ['additionalInformation'] },
}

/** The only balance is the available one. (CONTRACTS §7; actual-server, banks/berliner_sparkasse_beladebexxx) */
export const berlinerSparkasse: Partial<BankProfile> = {
  ...sparkasse,
  proofBalances: ['closing_booked', 'interim_booked', 'interim_available'],
}
