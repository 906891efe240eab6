import type { DueStore } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import { transactionsAssigned } from '../events/model.ts'
import type { TransactionStore } from '../transactions/index.ts'
import type { WebhookStore } from './index.ts'

/**
 * Writes what a unit of work has told, and makes it due at every endpoint that wants to hear of it: the last act before the commit. An endpoint that is made
 * beside it waits for the feed, and begins after it.
 */
export async function tellEvents(
  {
    transactions,
    events,
    webhooks,
    due,
  }: {
    transactions: Pick<TransactionStore, 'takeAssigned'>
    events: Pick<EventStore, 'append' | 'appendedTypes' | 'flush'>
    webhooks: Pick<WebhookStore, 'listening'>
    due: Pick<DueStore, 'wake'>
  },
  now: Date,
): Promise<void> {
  // A run tells of its own changes, once; these are nobody's run.
  for (const { connection, counts, at } of transactions.takeAssigned())
    events.append(transactionsAssigned(connection, counts, at))
  const types = events.appendedTypes()
  if (types.length === 0) return
  await events.flush()
  await due.wake({ kind: 'delivery', subjects: await webhooks.listening(types), at: now })
}
