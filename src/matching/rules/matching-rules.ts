import type { CompanyStore } from '../../companies/index.ts'
import type { ConnectionStore } from '../../connections/index.ts'
import type { DueStore } from '../../due/index.ts'
import type { Clock } from '../../shared/clock.ts'
import { AppError } from '../../shared/errors.ts'
import type { Unit } from '../../shared/unit.ts'
import type { CompanyId, TenantId } from '../../values/ids.ts'
import type { RuleStore } from '../index.ts'
import { faultsIn, type Rule } from '../model/rules.ts'

type ReadStores = { companies: Pick<CompanyStore, 'get'>; rules: Pick<RuleStore, 'get'> }

/** @throws {AppError} company_not_found */
export function getRules(
  { unit }: { readonly unit: Unit<ReadStores> },
  { tenant, companyId }: { tenant: TenantId; companyId: CompanyId },
): Promise<readonly Rule[]> {
  return unit(tenant, async ({ companies, rules }) => {
    await companies.get(companyId)
    return rules.get(companyId)
  })
}

type PutStores = {
  companies: Pick<CompanyStore, 'hold'>
  connections: Pick<ConnectionStore, 'ofCompany'>
  rules: Pick<RuleStore, 'replace'>
  due: Pick<DueStore, 'setBy'>
}

/** Rules are tried out one after the other: matching waits until they have settled. */
const settleMs = 10_000

/** Replaces the list. @throws {AppError} company_not_found, connection_not_found, invalid_request */
export async function putRules(
  { unit, clock }: { readonly unit: Unit<PutStores>; readonly clock: Clock },
  { tenant, companyId, list }: { tenant: TenantId; companyId: CompanyId; list: readonly Rule[] },
): Promise<readonly Rule[]> {
  const faults = faultsIn(list)
  if (faults.length > 0)
    throw new AppError('invalid_request', 'The rules do not make sense: see errors.', {
      errors: faults.map(({ path, message }) => ({ path: `/body/rules${path}`, message })),
    })
  return unit(tenant, async ({ companies, connections, rules, due }) => {
    await companies.hold(companyId)
    // A list that holds stays one that can be put, when one of its connections has been removed.
    const theirs = new Set((await connections.ofCompany(companyId, { removed: true })).map(({ id }) => id))
    if (list.some(({ when }) => when.connectionId !== undefined && !theirs.has(when.connectionId)))
      throw new AppError('connection_not_found', 'A rule names a connection that the company does not have.')
    const now = clock.now()
    await rules.replace(companyId, list, now)
    await due.setBy({ kind: 'match', subject: companyId, at: new Date(now.getTime() + settleMs) })
    return list
  })
}
