// What speaks for or against that a line and an entry belong together. A new signal is its own file and one line here; what the
// evidence weighs stands in `model/weights.ts`, what it says in `model/reasons.ts`.

import { amount } from './amount.ts'
import { bankCode } from './bank-code.ts'
import { counterpartyIban } from './counterparty-iban.ts'
import { counterpartyName } from './counterparty-name.ts'
import { date } from './date.ts'
import { describedNumber } from './described-number.ts'
import { documentNumber } from './document-number.ts'
import { endToEndId } from './end-to-end-id.ts'
import { ledgerAccount } from './ledger-account.ts'
import { ownAccount } from './own-account.ts'
import { period } from './period.ts'
import { reference } from './reference.ts'
import { remittanceText } from './remittance-text.ts'
import type { Signal } from './signal.ts'

export const signals: readonly Signal[] = [
  amount,
  endToEndId,
  reference,
  documentNumber,
  describedNumber,
  counterpartyIban,
  counterpartyName,
  date,
  period,
  remittanceText,
  ledgerAccount,
  ownAccount,
  bankCode,
]
