// Builds every dependency and hands it out: the map of the running program. No logic.

import { endAtProvider, openAgreements, type OpenAgreement } from './agreements/ask-provider.ts'
import { agreementStore, type AgreementStore } from './agreements/index.ts'
import { companyStore, ledgerAccountStore, personStore } from './companies/index.ts'
import { connectionStore } from './connections/index.ts'
import { refreshStatuses } from './connections/refresh-statuses.ts'
import { endAtBank, unsettledAttempt, type Attempt, type AttemptStores } from './consents/attempt.ts'
import { consentStore, sessionLookup, sessionStore } from './consents/index.ts'
import type { ConsentSession } from './consents/model/consent-session.ts'
import { dueClaims, dueStore } from './due/index.ts'
import { entryStore } from './entries/index.ts'
import { eventStore } from './events/index.ts'
import { exportStore } from './exports/index.ts'
import { exchangeRateStore } from './exchange-rates/index.ts'
import { idempotencyStore } from './idempotency/index.ts'
import { institutionStore, type InstitutionStore } from './institutions/index.ts'
import { keyStore, lessonStore, matchStore, ruleStore } from './matching/index.ts'
import type { Proposer } from './matching/proposer.ts'
import { createProviders, type ProviderConfig } from './providers/registry.ts'
import { reconciliationStore } from './reconciliation/index.ts'
import type { Clock } from './shared/clock.ts'
import type { Cipher } from './shared/crypto.ts'
import { sqlOf, type Pool, type TenantDb } from './shared/db.ts'
import type { Metrics } from './shared/metrics.ts'
import { createOnce } from './shared/http/once.ts'
import type { Ids } from './shared/ids.ts'
import type { Log } from './shared/log.ts'
import type { Outbound, Receivers } from './shared/outbound.ts'
import { createSnapshots, createUnit } from './shared/unit.ts'
import { syncStore } from './sync/index.ts'
import { tenantStore } from './tenants/index.ts'
import { transactionStore } from './transactions/index.ts'
import { webhookStore } from './webhooks/index.ts'
import { tellEvents } from './webhooks/tell-events.ts'
import { countHeld } from './usage/count-held.ts'
import { usageStore } from './usage/index.ts'
import type { TenantId } from './values/ids.ts'

export type Given = {
  readonly pool: Pool
  readonly cipher: Cipher
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly metrics: Metrics
  readonly outbound: Outbound
  /** The way to where tenants want their events sent. */
  readonly receivers: Receivers
  readonly proposer: Proposer
  /** In [0, 1): for jitter. */
  readonly random: () => number
  /** Which providers are on. */
  readonly providerConfig: ProviderConfig
  /** How people and banks reach the service. */
  readonly publicUrl: string
}

export type Stores = ReturnType<typeof storesOn>

const storesOn = (db: TenantDb, ids: Ids) => ({
  tenants: tenantStore(db),
  companies: companyStore(db),
  ledgerAccounts: ledgerAccountStore(db),
  persons: personStore(db),
  institutions: institutionStore(db),
  agreements: agreementStore(db),
  sessions: sessionStore(db),
  consents: consentStore(db),
  connections: connectionStore(db),
  transactions: transactionStore(db),
  sync: syncStore(db),
  entries: entryStore(db),
  matches: matchStore(db),
  keys: keyStore(db),
  lessons: lessonStore(db),
  rules: ruleStore(db),
  reconciliations: reconciliationStore(db),
  exchangeRates: exchangeRateStore(db),
  events: eventStore(db, ids.uuid),
  webhooks: webhookStore(db),
  usage: usageStore(db),
  exports: exportStore(db),
  due: dueStore(db),
  idempotency: idempotencyStore(db),
})

export type Deps = ReturnType<typeof wire>

export function wire(given: Given) {
  const unit = createUnit<Stores>({
    pool: given.pool,
    storesOn: (db) => storesOn(db, given.ids),
    beforeCommit: async (stores) => {
      await refreshStatuses(stores, given.clock.now())
      await countHeld(stores, given.clock.now())
      await stores.transactions.flush()
      await tellEvents(stores, given.clock.now())
    },
  })
  const sql = sqlOf(given.pool)
  const providers = createProviders(given.providerConfig, { ...given, newId: given.ids.uuid })
  return {
    ...given,
    unit,
    /** For what is read for minutes. Each takes one of the pool's connections. */
    snapshot: createSnapshots<Stores>({ pool: given.pool, storesOn: (db) => storesOn(db, given.ids), max: 2 }),
    /** For what is read or told beside an answer that is written by `once`. */
    plain: unit,
    providers,
    attempts: {
      unsettled: (stores: AttemptStores, tenant: TenantId, session: ConsentSession) =>
        unsettledAttempt(given, stores, tenant, session),
      end: (attempt: Attempt) => endAtBank({ providers, log: given.log }, attempt),
    },
    agreements: {
      open: (
        stores: { agreements: Pick<AgreementStore, 'ofCompany' | 'sealed'> },
        tenant: TenantId,
        companyId: string,
      ) => openAgreements(given, stores, tenant, companyId),
      end: (open: OpenAgreement) => endAtProvider({ providers, log: given.log }, open),
    },
    catalogue: <T>(work: (institutions: InstitutionStore) => Promise<T>) =>
      sql.transaction().execute((transaction) => work(institutionStore({ sql: transaction }))),
    once: createOnce<Stores>({ ...given, unit }),
    claims: dueClaims(sql),
    lookup: sessionLookup(sql),
  }
}
