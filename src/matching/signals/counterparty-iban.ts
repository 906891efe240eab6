import { accountKey } from '../model/keys.ts'
import { knownParty } from './known-party.ts'
import { rarity } from '../model/rarity.ts'
import { weights } from '../model/weights.ts'
import { noParams, type Signal } from './signal.ts'

/** The other side's account. Worth more the fewer open entries have it; another one is evidence against, as people have several. */
export const counterpartyIban: Signal = {
  name: 'counterparty-iban',
  family: 'party',
  compare(line, entry, books) {
    const learnt = knownParty(line, entry, books, 'account')
    if (learnt !== null && line.account !== entry.account) return learnt
    if (line.account === undefined || entry.account === undefined) return null
    if (line.account !== entry.account) {
      // An account that the books know as somebody else's is worse than one that nobody has seen.
      const isOthers = books.count(accountKey(line.account)) > 0
      const bits = isOthers ? weights.counterpartyIban.others : weights.counterpartyIban.differs
      return { bits, key: 'counterparty-iban.differs', params: noParams }
    }
    const bits = rarity(books, accountKey(entry.account)) + Math.log2(weights.counterpartyIban.equal)
    return { bits, key: 'counterparty-iban.equal', params: noParams }
  },
}
