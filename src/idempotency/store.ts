import { AppError } from '../shared/errors.ts'
import type { TenantDb } from '../shared/db.ts'

type Claimed =
  | { readonly kind: 'claimed' }
  | { readonly kind: 'answered'; readonly status: number; readonly answer: Buffer }
  | { readonly kind: 'in_flight'; readonly until: Date }
  | { readonly kind: 'other_request' }

/** Requests that were asked with an Idempotency-Key: claimed first, answered together with their effect (`shared/http/once.ts`). */
export const idempotencyStore = ({ tenant, sql }: TenantDb) => ({
  async claim(ask: { key: string; fingerprint: Buffer; claim: string; now: Date; leaseUntil: Date }): Promise<Claimed> {
    const made = await sql
      .insertInto('idempotency_keys')
      .values({
        tenant_id: tenant,
        key: ask.key,
        fingerprint: ask.fingerprint,
        claim: ask.claim,
        lease_until: ask.leaseUntil,
        status: null,
        answer: null,
        created_at: ask.now,
      })
      // A claim whose lease ran out belongs to a process that died: the same request may take it over.
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'key'])
          .doUpdateSet({ claim: ask.claim, lease_until: ask.leaseUntil })
          .where('idempotency_keys.status', 'is', null)
          .where('idempotency_keys.lease_until', '<=', ask.now)
          .where('idempotency_keys.fingerprint', '=', ask.fingerprint),
      )
      .returning('claim')
      .executeTakeFirst()
    if (made !== undefined) return { kind: 'claimed' }
    const held = await sql
      .selectFrom('idempotency_keys')
      .select(['fingerprint', 'status', 'answer', 'lease_until'])
      .where('tenant_id', '=', tenant)
      .where('key', '=', ask.key)
      .executeTakeFirst()
    // Gone between the two statements: the attempt that held it was refused. Asking again will find the key free.
    if (held === undefined) return { kind: 'in_flight', until: ask.now }
    if (!held.fingerprint.equals(ask.fingerprint)) return { kind: 'other_request' }
    if (held.status !== null && held.answer !== null)
      return { kind: 'answered', status: held.status, answer: held.answer }
    return { kind: 'in_flight', until: held.lease_until }
  },

  async answer(ask: { key: string; claim: string; status: number; answer: Buffer }): Promise<void> {
    const { numUpdatedRows } = await sql
      .updateTable('idempotency_keys')
      .set({ status: ask.status, answer: ask.answer })
      .where('tenant_id', '=', tenant)
      .where('key', '=', ask.key)
      .where('claim', '=', ask.claim)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n)
      throw new AppError(
        'lease_lost',
        'Another request with this Idempotency-Key went ahead. Ask again for its answer.',
      )
  },

  async release(ask: { key: string; claim: string }): Promise<void> {
    await sql
      .deleteFrom('idempotency_keys')
      .where('tenant_id', '=', tenant)
      .where('key', '=', ask.key)
      .where('claim', '=', ask.claim)
      .where('status', 'is', null)
      .execute()
  },

  /** Forgets what was answered before `before`. */
  async forget(before: Date): Promise<void> {
    await sql.deleteFrom('idempotency_keys').where('tenant_id', '=', tenant).where('created_at', '<', before).execute()
  },
})

export type IdempotencyStore = ReturnType<typeof idempotencyStore>
