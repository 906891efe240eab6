import type { FastifyInstance } from 'fastify'
import type { Institution } from './institutions.ts'
import { notFound, onlyKnown, refusal } from './refusal.ts'
import type { World } from './world.ts'

/** Each asks for institutions that have a feature, or have it not. */
const filters = [
  'access_scopes_supported',
  'account_selection_supported',
  'business_accounts_supported',
  'card_accounts_supported',
  'corporate_accounts_supported',
  'pending_transactions_supported',
  'private_accounts_supported',
  'read_debtor_account_supported',
  'read_refund_account_supported',
  'separate_continuous_history_consent_supported',
  'ssn_verification_supported',
]

export function institutionRoutes(scope: FastifyInstance, world: World): void {
  scope.get<{ Querystring: Record<string, string> }>('/institutions/', async ({ query }) => {
    onlyKnown(query, ['country', ...filters], 'query parameters')
    const country = query['country']?.toUpperCase()
    if (country !== undefined && !/^[A-Z]{2}$/.test(country))
      throw refusal(400, 'Invalid country choice.', `${query['country']} is not a valid choice.`)
    return [...world.institutions.values()]
      .filter(({ countries }) => (country === undefined ? !countries.includes('XX') : countries.includes(country)))
      .filter(({ supported_features: has }) =>
        filters.every((filter) => {
          const wanted = query[filter]?.toLowerCase()
          return wanted === undefined || String(has.includes(filter.replace(/_supported$/, ''))) === wanted
        }),
      )
      .map(listed)
  })

  scope.get<{ Params: { id: string } }>('/institutions/:id/', async ({ params }) => {
    const institution = world.institutions.get(params.id)
    if (institution === undefined) throw notFound()
    return { ...listed(institution), supported_features: institution.supported_features, identification_codes: [] }
  })
}

/** The list says nothing of features. */
function listed(institution: Institution): object {
  const { id, name, bic, countries, logo } = institution
  const { transaction_total_days, max_access_valid_for_days, max_access_valid_for_days_reconfirmation } = institution
  const days = { transaction_total_days, max_access_valid_for_days, max_access_valid_for_days_reconfirmation }
  return { id, name, bic, ...days, countries, logo }
}
