import type { BankProfile } from '../../provider.ts'

/** Shows a card payment twice, with one transaction id and two booking days and entry references. (CONTRACTS §7; TampereHacklab/mulysa#571) */
export const nordeaFi: Partial<BankProfile> = { stableId: 'transactionId', repeatsMovements: true }
