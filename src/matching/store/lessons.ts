import { sql as raw, type Selectable } from 'kysely'
import type { Tables } from '../../shared/db-tables.ts'
import type { TenantDb } from '../../shared/db.ts'
import type { CompanyId, HabitId, MatchId } from '../../values/ids.ts'
import type { Lesson } from '../model/habits.ts'
import type { Learned } from '../model/learning.ts'

const columns = [
  'match_id',
  'habit_id',
  'transaction_id',
  'kind',
  'seen',
  'party',
  'party_id',
  'party_name',
  'is_not',
  'learned_at',
] as const

/** So many are remembered of a company: more would cost every run more, and say nothing new. */
const newestMax = 20_000

export const lessonStore = ({ tenant, sql }: TenantDb) => ({
  /** What one match teaches. */
  async add(companyId: CompanyId, lessons: readonly Learned[]): Promise<void> {
    if (lessons.length === 0) return
    const rows = lessons.map((lesson, number) => ({
      ...toRow(lesson),
      tenant_id: tenant,
      company_id: companyId,
      number,
    }))
    await sql.insertInto('lessons').values(rows).execute()
  },

  /** What was learned from this match is forgotten. */
  async forgetMatch(id: MatchId): Promise<void> {
    await sql.deleteFrom('lessons').where('tenant_id', '=', tenant).where('match_id', '=', id).execute()
  },

  /** All of it, or all that makes one habit. Answers how many lessons that were. */
  async forget(companyId: CompanyId, habitId: HabitId | null): Promise<bigint> {
    const { numDeletedRows } = await sql
      .deleteFrom('lessons')
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .$if(habitId !== null, (query) => query.where('habit_id', '=', habitId ?? ''))
      .executeTakeFirst()
    return numDeletedRows
  },

  /** The newest first; by the index lessons_company. */
  async newest(companyId: CompanyId, max = newestMax): Promise<readonly Learned[]> {
    const rows = await sql
      .selectFrom('lessons')
      .select(columns)
      .where('tenant_id', '=', tenant)
      .where('company_id', '=', companyId)
      .orderBy(raw`learned_at desc, match_id desc, number`)
      .limit(max)
      .execute()
    return rows.map(toLesson)
  },
})

export type LessonStore = ReturnType<typeof lessonStore>

type Row = Pick<Selectable<Tables['lessons']>, (typeof columns)[number]>

const toRow = (lesson: Learned): Row => ({
  match_id: lesson.matchId,
  habit_id: lesson.habitId,
  transaction_id: lesson.transactionId,
  kind: lesson.kind,
  seen: lesson.seen,
  party: lesson.party,
  party_id: lesson.partyId,
  party_name: lesson.partyName,
  is_not: lesson.isNot,
  learned_at: lesson.at,
})

const toLesson = (row: Row): Learned => ({
  matchId: row.match_id,
  habitId: row.habit_id,
  transactionId: row.transaction_id,
  kind: kindOf(row.kind),
  seen: row.seen,
  party: row.party,
  partyId: row.party_id,
  partyName: row.party_name,
  isNot: row.is_not,
  at: row.learned_at,
})

function kindOf(text: string): Lesson['kind'] {
  if (text === 'account' || text === 'name' || text === 'text' || text === 'days') return text
  throw new Error(`lessons.kind holds ${text}`)
}
