import type { ConnectionStore } from '../connections/index.ts'
import { fetches } from '../connections/model/projection.ts'
import type { ConsentStore } from '../consents/index.ts'
import { isUsable } from '../consents/model/consent.ts'
import { consentRow, coverRow } from '../consents/model/rows.ts'
import type { InstitutionStore } from '../institutions/index.ts'
import { ProviderError, type Provider, type Psu } from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit, UnitFor } from '../shared/unit.ts'
import type { ConnectionId, TenantId } from '../values/ids.ts'
import type { SyncStore } from './index.ts'
import { countedSince, mayFetch } from './model/quota.ts'
import type { KeptBalance } from './model/balance.ts'

type AskStores = {
  connections: Pick<ConnectionStore, 'hold'>
  consents: Pick<ConsentStore, 'get' | 'sealedRef' | 'sealedAccountRef'>
  institutions: Pick<InstitutionStore, 'find'>
  sync: Pick<SyncStore, 'unattendedUse' | 'addCall'>
}
export type RefreshBalancesStores = { sync: Pick<SyncStore, 'saveBalances' | 'saveLimit' | 'balances'> }

type Deps = {
  /** For what is read before the bank is asked. */
  readonly unit: Unit<AskStores>
  readonly answer: UnitFor<RefreshBalancesStores, readonly KeptBalance[]>
  readonly providers: ReadonlyMap<string, Provider>
  readonly cipher: Cipher
  readonly clock: Clock
}

/**
 * Asks the bank for the balances now.
 * @throws {AppError} connection_not_found, connection_not_usable, rate_limited with `retryAt` when the bank's four a day are used up, bank_unavailable
 */
export async function refreshBalances(
  deps: Deps,
  ask: { tenant: TenantId; connectionId: ConnectionId; psu: Psu | null },
): Promise<readonly KeptBalance[]> {
  const { tenant, connectionId, psu } = ask
  const { institution, consentRef, accountRef, currency } = await deps.unit(tenant, (stores) =>
    refsOf(deps, stores, ask),
  )
  const provider = deps.providers.get(institution.providerId)
  if (provider === undefined || !provider.capabilities.balances) throw notUsable('its provider gives no balances.')
  const { balances, limit } = await provider
    .fetchBalances({
      nativeId: institution.nativeId,
      ref: deps.cipher.open(consentRef.sealed, consentRow(tenant, consentRef.id)).toString('utf8'),
      accountRef: deps.cipher
        .open(accountRef, coverRow(tenant, { consentId: consentRef.id, connectionId }))
        .toString('utf8'),
      currency,
      ...(psu !== null && { psu }),
      now: deps.clock.now(),
    })
    .catch(refusalOf)
  return deps.answer(tenant, async ({ sync }) => {
    const now = deps.clock.now()
    await sync.saveBalances(connectionId, balances, now)
    if (limit !== undefined) await sync.saveLimit(connectionId, 'balances', limit, now)
    return sync.balances(connectionId)
  })
}

async function refsOf(
  { clock }: Deps,
  stores: AskStores,
  { connectionId, psu }: { connectionId: ConnectionId; psu: Psu | null },
) {
  const now = clock.now()
  // Held, so that calls are counted one after the other, however many ask at once.
  const connection = await stores.connections.hold(connectionId)
  const consentId = connection.projection.effectiveConsentId
  const institution =
    connection.institutionId === null ? undefined : await stores.institutions.find(connection.institutionId)
  if (!fetches(connection.projection, connection) || consentId === null || institution === undefined)
    throw notUsable(connection.projection.reason)
  const accountRef = await stores.consents.sealedAccountRef(consentId, connectionId)
  if (accountRef === undefined || !isUsable(await stores.consents.get(consentId), now))
    throw notUsable('its consent has ended.')
  if (psu === null) {
    const usage = await stores.sync.unattendedUse(connectionId, 'balances', countedSince(now))
    const allowance = mayFetch({ ...usage, now, trigger: 'api' })
    if (!allowance.ok)
      throw new AppError(
        'rate_limited',
        'The bank’s limit on unattended calls is reached. Send `psu` when the person is there, or wait.',
        { retryAt: allowance.retryAt },
      )
  }
  await stores.sync.addCall(connectionId, 'balances', { at: now, attended: psu !== null })
  return {
    institution,
    consentRef: { id: consentId, sealed: await stores.consents.sealedRef(consentId) },
    accountRef,
    currency: connection.currency,
  }
}

const notUsable = (why: string) => new AppError('connection_not_usable', `This connection cannot be asked: ${why}`)

function refusalOf(error: unknown): never {
  if (!(error instanceof ProviderError)) throw error
  const retry = error.retryAt === undefined ? {} : { retryAt: error.retryAt }
  if (error.kind === 'rate_limited')
    throw new AppError('rate_limited', 'The bank answers no more for now.', { cause: error, ...retry })
  if (error.kind === 'temporary')
    throw new AppError('bank_unavailable', 'The bank does not answer right now. Try again later.', {
      cause: error,
      ...retry,
    })
  throw new AppError('bank_refused', `The bank refused: ${error.message}`, { cause: error })
}
