import type { TenantDb } from '../shared/db.ts'
import type { Tenant } from './model.ts'

export const tenantStore = ({ tenant, sql }: TenantDb) => ({
  /** A tenant comes to be with its first valid token. */
  async ensure(now: Date): Promise<void> {
    await sql
      .insertInto('tenants')
      .values({
        tenant_id: tenant,
        name: tenant,
        redirect_urls: [],
        default_redirect_url: null,
        preferred_providers: [],
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.column('tenant_id').doNothing())
      .execute()
  },

  async find(): Promise<Tenant> {
    const row = await sql
      .selectFrom('tenants')
      .select(['tenant_id', 'name', 'redirect_urls', 'default_redirect_url', 'preferred_providers', 'reminder_days'])
      .where('tenant_id', '=', tenant)
      .executeTakeFirstOrThrow()
    return {
      id: row.tenant_id,
      name: row.name,
      redirectUrls: row.redirect_urls,
      defaultRedirectUrl: row.default_redirect_url,
      preferredProviders: row.preferred_providers,
      reminderDays: row.reminder_days,
    }
  },

  async save(settings: Tenant, now: Date): Promise<void> {
    await sql
      .updateTable('tenants')
      .set({
        name: settings.name,
        redirect_urls: [...settings.redirectUrls],
        default_redirect_url: settings.defaultRedirectUrl,
        preferred_providers: [...settings.preferredProviders],
        reminder_days: [...settings.reminderDays],
        updated_at: now,
      })
      .where('tenant_id', '=', tenant)
      .execute()
  },
})

export type TenantStore = ReturnType<typeof tenantStore>
