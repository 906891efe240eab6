import { Type } from 'typebox'
import { closed, component, listQuery, oneOf, tenantKey } from '../shared/http/schema.ts'
import type { CompanyUsage, GroupUsage } from './model.ts'

export const companyParams = Type.Object({ companyId: tenantKey('Your key of the company.') })

const month = Type.String({
  pattern: '^(19|20|21)\\d\\d-(0[1-9]|1[0-2])$',
  description: 'A month, of the company’s own days.',
  examples: ['2026-11'],
})

const monthAsked = Type.Optional({ ...month, description: 'A month; the present one (by UTC) without it.' })

export const usageQuery = Type.Object({ month: monthAsked }, closed)
export const usageListQuery = Type.Object(
  {
    month: monthAsked,
    by: Type.Optional(oneOf(['company', 'group'], 'A row for each company (without it), or for each group.')),
    ...listQuery,
  },
  closed,
)

const final = Type.Boolean({
  description: 'The month is over everywhere: the numbers never change again.',
  examples: [true],
})
const count = (description: string, example: number) => Type.Integer({ minimum: 0, description, examples: [example] })
const used = {
  transactions: count(
    'Delivered for the first time in the month, and booked on or after the first activation of their connection. Those of books that were closed (`alreadyBooked`) are free of charge.',
    412,
  ),
  activeConnections: count('Connections that were fetched for the books in the month, whatever there was.', 3),
}
const activeCompanies = count('Companies with bank data on: at least one active connection in the month.', 2)
const groupId = Type.Union([Type.String(), Type.Null()], {
  description: 'Which the company belonged to at the end of the month (until now, of a month that is not over).',
  examples: ['nordic'],
})

export const companyUsageView = component(
  'CompanyUsage',
  Type.Object(
    { companyId: tenantKey('Your key of the company.'), groupId, month, final, ...used },
    { description: 'What a company has used in a month. It outlives the company.' },
  ),
)

export const usageList = component(
  'UsageList',
  Type.Object(
    {
      month,
      final,
      total: Type.Object({ ...used, activeCompanies }, { description: 'Of all companies, not only of this page.' }),
      data: Type.Array(
        Type.Object({
          companyId: Type.Optional(tenantKey('By company: your key of it.')),
          groupId,
          ...used,
          activeCompanies: Type.Optional(activeCompanies),
        }),
        {
          description:
            'Who used anything, by key. By group, what companies without one used stands first, with `groupId` null.',
        },
      ),
      nextCursor: Type.Union([Type.String(), Type.Null()], {
        description: 'Ask again with it as `cursor`; null on the last page.',
      }),
    },
    { description: 'What all companies have used in a month.' },
  ),
)

export const toUsageView = ({ groupId: of, transactions, activeConnections, ...row }: CompanyUsage | GroupUsage) => ({
  ...('companyId' in row && { companyId: row.companyId }),
  groupId: of,
  transactions,
  activeConnections,
  ...('activeCompanies' in row && { activeCompanies: row.activeCompanies }),
})
