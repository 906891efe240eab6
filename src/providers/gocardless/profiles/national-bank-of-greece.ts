import type { BankProfile } from '../../provider.ts'

/** The only balance is the available one. What is odd about its pending rows need not be known here. (CONTRACTS §7; actual-server, banks/nbg_ethngraaxxx) */
export const nationalBankOfGreece: Partial<BankProfile> = {
  proofBalances: ['closing_booked', 'interim_booked', 'interim_available'],
}
