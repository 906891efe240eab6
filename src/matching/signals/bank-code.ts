import type { EntryKind } from '../model/types.ts'
import { weights } from '../model/weights.ts'
import { noParams, type Signal } from './signal.ts'

/**
 * What the bank calls the movement (ISO 20022 families and subfamilies), and what kinds of entry are booked for such: a card purchase
 * is hardly a wage, whatever the amount.
 */
const kindsOf: readonly (readonly [code: RegExp, kinds: readonly EntryKind[]])[] = [
  [/-(CHRG|COMM|FEES|MDOP|ADBT)/, ['bank_fee']],
  [/-(INTR|INTS)/, ['bank_fee', 'loan', 'ledger_posting']],
  [/-(SALA|PAYR|PENS)/, ['payroll']],
  [/-(TAXS|VATX|WHTX)/, ['tax']],
  [/-CCRD|-MCRD|-POSD|-POSC|-CWDL|-SMRT/, ['expense', 'purchase_bill', 'ledger_posting']],
  [/-CNTR|-CDPT/, ['ledger_posting', 'expense']],
  [/-(BOOK|SWEP|ZABA|ICCT)$/, ['transfer']],
  [/^LDAS|-(PPAY|DDWN|LOAN|FTLN)/, ['loan']],
  [/-RDDT|-ESDD|-BBDD$/, ['purchase_bill', 'expense', 'tax', 'loan', 'ledger_posting']],
]

export const bankCode: Signal = {
  name: 'bank-code',
  family: 'code',
  compare({ line }, { entry }) {
    const code = line.bankTransactionCode
    if (code === undefined) return null
    const kinds = kindsOf.find(([pattern]) => pattern.test(code))?.[1]
    // A credit transfer may be anything but what has a code of its own.
    if (kinds === undefined)
      return entry.kind === 'bank_fee'
        ? { bits: weights.bankCode.differs, key: 'bank-code.differs', params: noParams }
        : null
    return kinds.includes(entry.kind)
      ? {
          bits: kinds.length === 1 ? weights.bankCode.only : weights.bankCode.fits,
          key: 'bank-code.fits',
          params: noParams,
        }
      : { bits: weights.bankCode.differs, key: 'bank-code.differs', params: noParams }
  },
}
