import type { BankProfile } from '../../provider.ts'

/** A credit card that tells purchases with a plus; what its balances mean is not known. (actual, banks/cetelem_cetmptp1xxx) */
export const cetelem: Partial<BankProfile> = { proofBalances: [], reading: { debitsArePositive: true } }
