import { Type } from 'typebox'
import { closed, component, country, listOf, listQuery, oneOf, text } from '../shared/http/schema.ts'
import type { Institution } from './model.ts'

export const institutionParams = Type.Object({
  institutionId: Type.String({
    pattern: '^[A-Za-z0-9._~-]{1,129}$',
    description: 'The institution.',
    examples: ['berlin-group.fjordbanken'],
  }),
})

export const institutionQuery = Type.Object(
  {
    ...listQuery,
    country: Type.Optional(country('Only those that serve this country.')),
    psuType: Type.Optional(oneOf(['business', 'private'], 'Only those that offer access to such customers.')),
    kind: Type.Optional(oneOf(['bank', 'card_programme'], 'Only of this kind.')),
    search: Type.Optional(
      text(100, 'Words or parts of words of a name or BIC, in any order; case and diacritics do not matter.', 'fjord'),
    ),
  },
  closed,
)

export const institutionView = component(
  'Institution',
  Type.Object(
    {
      id: Type.String({ description: 'Names it in a consent session.', examples: ['berlin-group.fjordbanken'] }),
      name: text(200, 'As people know it.', 'Fjordbanken'),
      bic: Type.Optional(text(11, 'ISO 9362.', 'FJORNO22')),
      kind: oneOf(['bank', 'card_programme'], 'What it is.'),
      logo: Type.Optional(Type.String({ description: 'A URL of a square logo.' })),
      countries: Type.Array(country()),
      accountTypes: Type.Array(
        oneOf(['current', 'savings', 'card', 'fuel_card', 'loan'], 'A kind of account that it gives access to.'),
      ),
      maxHistoryDays: Type.Integer({ description: 'How many days before today it serves.', examples: [90] }),
      maxConsentDays: Type.Integer({ description: 'How long a consent may last.', examples: [180] }),
      provider: Type.String({ description: 'The provider that reaches it.', examples: ['berlin-group'] }),
      approverHint: Type.Optional(
        text(
          500,
          'What to tell the company about who can approve there.',
          'The corporate bank administrator gives the right to approve.',
        ),
      ),
      agreementWith: Type.Optional(
        text(
          200,
          'With whom the company signs an agreement first, once for all of their banks: `POST /v1/companies/{companyId}/agreement`. Until it is approved nobody can consent here.',
          'Norbro',
        ),
      ),
    },
    { description: 'A bank or card programme that can be reached, through one provider.' },
  ),
)
export const institutionList = listOf('InstitutionList', institutionView)

export const toInstitutionView = (institution: Institution) => ({
  id: institution.id,
  name: institution.name,
  ...(institution.bic !== null && { bic: institution.bic }),
  kind: institution.kind,
  ...(institution.logo !== null && { logo: institution.logo }),
  countries: [...institution.countries],
  accountTypes: [...institution.accountTypes],
  maxHistoryDays: institution.maxHistoryDays,
  maxConsentDays: institution.maxConsentDays,
  provider: institution.providerId,
  ...(institution.approverHint !== null && { approverHint: institution.approverHint }),
  ...(institution.agreement !== null && { agreementWith: institution.agreement.name }),
})
