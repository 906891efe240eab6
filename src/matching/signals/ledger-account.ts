import { weights } from '../model/weights.ts'
import { noParams, type Signal } from './signal.ts'

/** The account that the books expect the movement on; for a transfer the one that this direction leaves or reaches. */
export const ledgerAccount: Signal = {
  name: 'ledger-account',
  family: 'account',
  compare({ line, ledgerAccountId }, { entry }) {
    const isTransfer = entry.kind === 'transfer'
    const expected = isTransfer
      ? line.amount < 0n
        ? entry.fromLedgerAccountId
        : entry.toLedgerAccountId
      : entry.ledgerAccountId
    if (expected === undefined || ledgerAccountId === undefined) return null
    if (expected !== ledgerAccountId)
      return { bits: weights.ledgerAccount.differs, key: 'ledger-account.differs', params: noParams }
    const bits = isTransfer ? weights.ledgerAccount.transferLeg : weights.ledgerAccount.equal
    return { bits, key: 'ledger-account.equal', params: noParams }
  },
}
