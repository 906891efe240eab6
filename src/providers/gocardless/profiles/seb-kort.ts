import type { BankProfile } from '../../provider.ts'

/**
 * SEB Kort and the cards that it issues for others: purchases come with a plus, the shop as additional information. What is owed is
 * the expected balance less the one not invoiced yet, so no single balance proves anything. (CONTRACTS §7; actual-server, banks/seb_kort_bank_ab)
 */
export const sebKort: Partial<BankProfile> = {
  proofBalances: [],
  reading: { debitsArePositive: true, payee: [{ from: 'additionalInformation' }] },
}
