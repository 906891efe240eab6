import { sql as raw, type Selectable } from 'kysely'
import { reviewReasons, type ReviewReason } from '../providers/provider.ts'
import type { Tables } from '../shared/db-tables.ts'
import type { TenantDb } from '../shared/db.ts'
import type { AgreementId, CompanyId, ProgrammeId } from '../values/ids.ts'
import { agreementStates, type Agreement, type AgreementState } from './model.ts'

const columns = [
  'agreement_id',
  'company_id',
  'programme_id',
  'state',
  'since',
  'reasons',
  'redirect_url',
  'attempt_id',
  'link_ends_at',
  'created_at',
] as const

/** What is kept of an agreement only encrypted. */
export type SealedParts = {
  /** What the provider is to be asked, with who is to sign: only until that has been done. */
  readonly asking: Buffer | null
  readonly providerRef: Buffer | null
  readonly signingUrl: Buffer | null
  /** How the provider knows those that were replaced and have still to be ended there. */
  readonly formerRefs: readonly Buffer[]
}

/** A step as it is kept: `told` are the reasons as the reviewer told them, encrypted. */
export type KeptStep = {
  readonly state: AgreementState
  readonly reasons: readonly ReviewReason[]
  readonly told: Buffer | null
  readonly at: Date
  readonly recordedAt: Date
}

export const agreementStore = ({ tenant, sql }: TenantDb) => {
  const all = () =>
    sql
      .selectFrom('agreements')
      .select([...columns, raw<boolean>`asking is not null`.as('is_being_drawn_up')])
      .where('tenant_id', '=', tenant)

  return {
    async find(companyId: CompanyId, programmeId: ProgrammeId): Promise<Agreement | undefined> {
      const row = await all()
        .where('company_id', '=', companyId)
        .where('programme_id', '=', programmeId)
        .executeTakeFirst()
      return row && toAgreement(row)
    },

    async byId(id: AgreementId): Promise<Agreement | undefined> {
      const row = await all().where('agreement_id', '=', id).executeTakeFirst()
      return row && toAgreement(row)
    },

    /** As `byId`, and nobody else changes it until this unit of work ends. */
    async hold(id: AgreementId): Promise<Agreement | undefined> {
      const row = await all().where('agreement_id', '=', id).forNoKeyUpdate().executeTakeFirst()
      return row && toAgreement(row)
    },

    async ofCompany(companyId: CompanyId): Promise<readonly Agreement[]> {
      return (await all().where('company_id', '=', companyId).orderBy('programme_id').execute()).map(toAgreement)
    },

    async sealed(id: AgreementId): Promise<SealedParts | undefined> {
      const row = await sql
        .selectFrom('agreements')
        .select(['asking', 'provider_ref', 'signing_url', 'former_refs'])
        .where('tenant_id', '=', tenant)
        .where('agreement_id', '=', id)
        .executeTakeFirst()
      return (
        row && {
          asking: row.asking,
          providerRef: row.provider_ref,
          signingUrl: row.signing_url,
          formerRefs: row.former_refs,
        }
      )
    },

    async add(agreement: Agreement, sealed: SealedParts): Promise<void> {
      await sql
        .insertInto('agreements')
        .values({
          tenant_id: tenant,
          agreement_id: agreement.id,
          company_id: agreement.companyId,
          programme_id: agreement.programmeId,
          created_at: agreement.createdAt,
          ...toFields(agreement),
          ...toSealedFields(sealed),
        })
        .execute()
    },

    /** `sealed`: only what changes of it. */
    async save(agreement: Agreement, sealed: Partial<SealedParts> = {}): Promise<void> {
      await sql
        .updateTable('agreements')
        .set({ ...toFields(agreement), ...toSealedFields(sealed) })
        .where('tenant_id', '=', tenant)
        .where('agreement_id', '=', agreement.id)
        .execute()
    },

    async addStep(id: AgreementId, step: KeptStep): Promise<void> {
      await sql
        .insertInto('agreement_steps')
        .values((eb) => ({
          tenant_id: tenant,
          agreement_id: id,
          number: eb
            .selectFrom('agreement_steps')
            .select(raw<number>`coalesce(max(number), 0) + 1`.as('next'))
            .where('tenant_id', '=', tenant)
            .where('agreement_id', '=', id),
          state: step.state,
          reasons: [...step.reasons],
          told: step.told,
          at: step.at,
          recorded_at: step.recordedAt,
        }))
        .execute()
    },

    /** The oldest first, and no more than the last `limit`. */
    async steps(id: AgreementId, limit: number): Promise<readonly KeptStep[]> {
      const rows = await sql
        .selectFrom('agreement_steps')
        .select(['state', 'reasons', 'told', 'at', 'recorded_at'])
        .where('tenant_id', '=', tenant)
        .where('agreement_id', '=', id)
        .orderBy('number', 'desc')
        .limit(limit)
        .execute()
      return rows.toReversed().map((row) => ({
        state: stateOf(row.state),
        reasons: row.reasons.map(reasonOf),
        told: row.told,
        at: row.at,
        recordedAt: row.recorded_at,
      }))
    },
  }
}

export type AgreementStore = ReturnType<typeof agreementStore>

type Row = Pick<Selectable<Tables['agreements']>, (typeof columns)[number]> & { readonly is_being_drawn_up: boolean }

const toFields = (agreement: Agreement) => ({
  state: agreement.state,
  since: agreement.since,
  reasons: [...agreement.reasons],
  redirect_url: agreement.redirectUrl,
  attempt_id: agreement.attemptId,
  link_ends_at: agreement.linkEndsAt,
})

const toSealedFields = ({ asking, providerRef, signingUrl, formerRefs }: Partial<SealedParts>) => ({
  ...(asking !== undefined && { asking }),
  ...(providerRef !== undefined && { provider_ref: providerRef }),
  ...(signingUrl !== undefined && { signing_url: signingUrl }),
  ...(formerRefs !== undefined && { former_refs: [...formerRefs] }),
})

const toAgreement = (row: Row): Agreement => ({
  id: row.agreement_id,
  companyId: row.company_id,
  programmeId: row.programme_id,
  state: stateOf(row.state),
  since: row.since,
  reasons: row.reasons.map(reasonOf),
  redirectUrl: row.redirect_url,
  attemptId: row.attempt_id,
  isBeingDrawnUp: row.is_being_drawn_up,
  linkEndsAt: row.link_ends_at,
  createdAt: row.created_at,
})

function stateOf(text: string): AgreementState {
  const state = agreementStates.find((known) => known === text)
  if (state === undefined) throw new Error(`agreements.state holds ${text}`)
  return state
}

function reasonOf(text: string): ReviewReason {
  const reason = reviewReasons.find((known) => known === text)
  if (reason === undefined) throw new Error(`agreements.reasons holds ${text}`)
  return reason
}
