import type { ConnectionStore } from '../connections/index.ts'
import { isWaiting, ledgerAccountIdOf } from '../connections/model/connection.ts'
import { decideWaiting } from '../connections/model/waiting.ts'
import type { Clock } from '../shared/clock.ts'
import { AppError } from '../shared/errors.ts'
import type { Ids } from '../shared/ids.ts'
import type { Unit } from '../shared/unit.ts'
import type { TransactionStore } from '../transactions/index.ts'
import { normaliseIban } from '../values/iban.ts'
import type { CompanyId, LedgerAccountId, TenantId } from '../values/ids.ts'
import { isCurrency } from '../values/money.ts'
import type { CompanyStore, LedgerAccountStore } from './index.ts'
import type { LedgerAccount } from './model.ts'

type Deps = {
  readonly unit: Unit<{
    companies: Pick<CompanyStore, 'hold'>
    ledgerAccounts: Pick<LedgerAccountStore, 'find' | 'ofCompany' | 'save' | 'delete'>
    connections: Pick<ConnectionStore, 'ofCompany' | 'add' | 'save' | 'drop' | 'inheritStatuses' | 'touch'>
    transactions: Pick<TransactionStore, 'announceHeld'>
  }>
  readonly clock: Clock
  readonly ids: Ids
}

/**
 * Creates or replaces a ledger account. With an account number it has a connection from now on: its bank account's, if that is connected already, else one
 * that waits.
 * @throws {AppError} company_not_found, invalid_request, iban_taken when another ledger account of the company has the IBAN
 */
export function putLedgerAccount(
  deps: Deps,
  { tenant, account }: { tenant: TenantId; account: Omit<LedgerAccount, 'ibanChangedAt'> },
): Promise<LedgerAccount> {
  const iban = checkedIban(account.iban)
  if (!isCurrency(account.currency))
    throw new AppError('invalid_request', 'The currency is not known.', {
      errors: [{ path: '/body/currency', message: 'must be an ISO 4217 code' }],
    })
  if (iban !== null && account.bban !== null)
    throw new AppError('invalid_request', 'An account has one number.', {
      errors: [{ path: '/body/bban', message: 'must be absent where there is an iban' }],
    })
  return deps.unit(tenant, async ({ companies, ledgerAccounts, connections, transactions }) => {
    await companies.hold(account.companyId)
    const now = deps.clock.now()
    const others = await ledgerAccounts.ofCompany(account.companyId)
    const taken = others.find(
      (other) =>
        other.id !== account.id && other.iban !== null && other.iban === iban && other.currency === account.currency,
    )
    if (taken !== undefined) throw new AppError('iban_taken', `The ledger account ${taken.id} has this IBAN already.`)
    const before = others.find(({ id }) => id === account.id)
    const saved = {
      ...account,
      iban,
      ibanChangedAt: before === undefined || before.iban !== iban ? now : before.ibanChangedAt,
    }
    await ledgerAccounts.save(saved, now)

    const theirs = await connections.ofCompany(account.companyId, { removed: true })
    const decision = decideWaiting({ account: saved, isNew: before === undefined, connections: theirs }, now)
    switch (decision.kind) {
      case 'nothing':
        break
      case 'wait':
        await connections.add({ ...decision.connection, id: deps.ids.uuid() })
        break
      case 'amend':
        await connections.save(decision.connection)
        break
      case 'drop':
        await connections.drop(decision.id)
        break
      case 'assign':
        if (decision.absorbs !== null) {
          await connections.inheritStatuses(decision.absorbs, decision.connection.id)
          await connections.drop(decision.absorbs)
        }
        await connections.save(decision.connection)
        await transactions.announceHeld(decision.connection, now)
        break
    }
    connections.touch(
      ...theirs.filter((connection) => ledgerAccountIdOf(connection) === account.id).map(({ id }) => id),
    )
    return saved
  })
}

/**
 * Forgets a ledger account. A connection that only waited for it goes too; one that fetches stays with its transactions and says what it lacks.
 * @throws {AppError} ledger_account_not_found
 */
export function deleteLedgerAccount(
  deps: Deps,
  { tenant, companyId, id }: { tenant: TenantId; companyId: CompanyId; id: LedgerAccountId },
): Promise<void> {
  return deps.unit(tenant, async ({ ledgerAccounts, connections }) => {
    if (!(await ledgerAccounts.delete(companyId, id)))
      throw new AppError('ledger_account_not_found', `There is no ledger account ${id}.`)
    const now = deps.clock.now()
    for (const connection of await connections.ofCompany(companyId)) {
      if (ledgerAccountIdOf(connection) !== id) continue
      if (isWaiting(connection)) await connections.drop(connection.id)
      else await connections.save({ ...connection, ledgerAccountGoneAt: now })
    }
  })
}

function checkedIban(text: string | null): string | null {
  if (text === null) return null
  const iban = normaliseIban(text)
  if (iban === undefined)
    throw new AppError('invalid_request', 'The IBAN is not valid.', {
      errors: [{ path: '/body/iban', message: 'must be a valid IBAN: check its digits' }],
    })
  return iban
}
