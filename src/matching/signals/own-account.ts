import { weights } from '../model/weights.ts'
import { noParams, type Signal } from './signal.ts'

/** Money to or from an own account of the company belongs to a transfer between these two accounts, and to nothing else. */
export const ownAccount: Signal = {
  name: 'own-account',
  family: 'party',
  compare({ line, otherOwn }, { entry }) {
    if (otherOwn?.ledgerAccountId === undefined) return null
    const other = line.amount < 0n ? entry.toLedgerAccountId : entry.fromLedgerAccountId
    if (entry.kind === 'transfer' && other === undefined) return null
    return entry.kind === 'transfer' && other === otherOwn.ledgerAccountId
      ? { bits: weights.ownAccount.equal, key: 'own-account.equal', params: noParams }
      : { bits: weights.ownAccount.differs, key: 'own-account.differs', params: noParams }
  },
}
