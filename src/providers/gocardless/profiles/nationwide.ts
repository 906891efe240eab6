import type { BankProfile } from '../../provider.ts'

/** Ids of 32 characters (accounts) and 40 (cards) last; the others, such as `00DEBIT…`, change. (CONTRACTS §7; actual-server, banks/nationwide_naiagb21) */
export const nationwide: Partial<BankProfile> = {
  stableId: 'transactionId',
  reading: { transactionIdPattern: '^(?!00(?:DEB|CRED)IT)(?:.{32}|.{40})$' },
}
