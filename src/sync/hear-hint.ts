import type { ConnectionStore } from '../connections/index.ts'
import { fetches } from '../connections/model/projection.ts'
import type { SessionLookup, SessionStore } from '../consents/index.ts'
import { hintKey } from '../consents/model/hint.ts'
import type { DueStore } from '../due/index.ts'
import type { Called, Provider } from '../providers/provider.ts'
import type { Clock } from '../shared/clock.ts'
import { digestOf } from '../shared/crypto.ts'
import { AppError } from '../shared/errors.ts'
import type { Unit } from '../shared/unit.ts'
import type { SyncStore } from './index.ts'
import { hintedAt } from './model/next-try.ts'

type Stores = {
  sessions: Pick<SessionStore, 'get'>
  connections: Pick<ConnectionStore, 'find'>
  sync: Pick<SyncStore, 'state' | 'someRuns'>
  due: Pick<DueStore, 'setBy'>
}

type Deps = {
  readonly unit: Unit<Stores>
  readonly lookup: SessionLookup
  readonly providers: ReadonlyMap<string, Provider>
  readonly clock: Clock
}

/**
 * A provider has called to say that there is news of somebody. Nothing of it is believed but that: the connections are fetched sooner than they would be, as often
 * as their bank's limit allows. News of somebody who is not known here is no error.
 * @throws {AppError} not_found for a provider that does not call, unauthenticated for a call that is not its own
 */
export async function hearHint(
  deps: Deps,
  { providerId, called }: { readonly providerId: string; readonly called: Omit<Called, 'now'> },
): Promise<void> {
  const provider = deps.providers.get(providerId)
  if (provider?.readHint === undefined) throw new AppError('not_found', 'No provider calls here.')
  const hint = provider.readHint({ ...called, now: deps.clock.now() })
  if (hint === undefined)
    throw new AppError('unauthenticated', 'This call is not signed by the provider, or is too old.')
  const found =
    hint.about === null ? undefined : await deps.lookup.find('hint', digestOf(hintKey(providerId, hint.about)))
  if (found === undefined) return
  await deps.unit(found.tenant, async ({ sessions, connections, sync, due }) => {
    const { connectionIds } = await sessions.get(found.sessionId)
    for (const id of connectionIds) {
      const connection = await connections.find(id)
      if (connection === undefined || !fetches(connection.projection, connection)) continue
      const { lastRunId } = await sync.state(id)
      const [last] = lastRunId === null ? [] : await sync.someRuns([lastRunId])
      const at = hintedAt(last?.finishedAt ?? null, deps.clock.now())
      await due.setBy({ kind: 'sync', subject: id, lane: connection.institutionId ?? '', at })
    }
  })
}
