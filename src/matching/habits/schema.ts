import { Type } from 'typebox'
import {
  closed,
  component,
  instant,
  listOf,
  listQuery,
  oneOf,
  tenantKey,
  text,
  uuid,
} from '../../shared/http/schema.ts'
import { maskIban } from '../../values/iban.ts'
import type { Habit } from '../model/learning.ts'

export const companyParams = Type.Object({ companyId: tenantKey('Your key of the company.') })
export const habitListQuery = Type.Object(listQuery, closed)
export const forgetQuery = Type.Object(
  { habitId: Type.Optional(uuid('Only this one; without it all of them are forgotten.')) },
  closed,
)

const day = (description: string, example: number) => Type.Integer({ description, examples: [example] })

export const habitView = component(
  'LearnedHabit',
  Type.Object(
    {
      id: uuid('Stays the same while anything that taught it stands.'),
      kind: oneOf(
        ['account', 'name', 'text', 'days'],
        '`account`: pays from, or is paid to, this account. `name`: the bank calls them so. `text`: the text of their payments begins so, where the bank gives no name. `days`: pays so many days after it was due.',
      ),
      party: Type.Object(
        {
          id: Type.Optional(text(64, 'Your key of the party.', 'C-17')),
          name: Type.Optional(text(200, 'As the books called them last.', 'Fjell og Fjord AS')),
          account: Type.Optional(text(64, 'Where the books say neither: their account, masked.', '•••• 4567')),
        },
        { description: 'Whom it was learned of.' },
      ),
      seen: Type.Optional(
        text(
          200,
          'What was seen at the bank, as it is compared: an account masked but for its last four characters, a name’s or a text’s words folded. Absent for `days`.',
          'FJELL FJORD',
        ),
      ),
      days: Type.Optional(
        Type.Object(
          {
            usual: day('In the middle.', 4),
            least: day('At the least; negative is before it was due.', 3),
            most: day('At the most.', 6),
          },
          { description: 'For `days`: how many after it was due.' },
        ),
      ),
      confirmations: Type.Integer({
        description: 'How many matches that people confirmed or made say so.',
        examples: [4],
      }),
      rejections: Type.Integer({ description: 'How many that people refused say that it is not so.', examples: [0] }),
      effect: oneOf(
        ['for', 'against', 'none'],
        'What matching makes of it: that it is so; that it is not; nothing, as too little or both was said.',
      ),
      since: instant('The first of these decisions.'),
      last: instant('The last of them.'),
    },
    { description: 'Something that people’s decisions taught matching of one party, for one company.' },
  ),
)
export const habitList = listOf('LearnedHabitList', habitView)

export const toHabitView = (habit: Habit) => ({
  id: habit.id,
  kind: habit.kind,
  party: {
    ...(habit.partyId !== null && { id: habit.partyId }),
    ...(habit.partyName !== null && { name: habit.partyName }),
    ...(habit.partyId === null && habit.partyName === null && { account: masked(habit.party) }),
  },
  ...(habit.days === null && { seen: habit.kind === 'account' ? masked(habit.seen) : habit.seen }),
  ...(habit.days !== null && { days: habit.days }),
  confirmations: habit.times,
  rejections: habit.refusals,
  effect: habit.verdict,
  since: habit.since.toISOString(),
  last: habit.last.toISOString(),
})

/** Accounts are learned without their country and check digits. */
const masked = (account: string): string => maskIban(account).slice(-9)
