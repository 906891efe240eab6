import { Type } from 'typebox'
import { closed, component, country, currency, day, listOf, oneOf, tenantKey, text } from '../shared/http/schema.ts'
import type { Company, LedgerAccount, Person } from './model.ts'

export const companyParams = Type.Object({ companyId: tenantKey('Your key of the company.') })
export const ledgerAccountParams = Type.Object({
  companyId: tenantKey('Your key of the company.'),
  ledgerAccountId: tenantKey('Your key of the ledger account.'),
})
export const personParams = Type.Object({
  companyId: tenantKey('Your key of the company.'),
  personId: tenantKey('Your key of the person.'),
})

const companyFields = {
  name: text(200, 'Legal name.', 'Nordlys Kaffe AS'),
  country: country(),
  organisationNumber: Type.Optional(text(40, 'As its register writes it.', '923609016')),
  timeZone: Type.Optional(
    text(64, 'IANA name; by default the country’s. Whose days "yesterday" and reminders are.', 'Europe/Oslo'),
  ),
  groupId: Type.Optional(tenantKey('Companies with the same group are billed together.')),
  accountPolicy: Type.Optional(
    oneOf(
      ['any', 'business_only'],
      '`business_only` refuses private accounts when a consent brings them. Default `any`.',
    ),
  ),
}

export const companyBody = component(
  'CompanyInput',
  Type.Object(companyFields, { ...closed, description: 'A legal entity whose books are kept.' }),
)
export const companyView = component(
  'Company',
  Type.Object(
    {
      companyId: tenantKey('Your key of the company.'),
      ...companyFields,
      bankData: oneOf(['on', 'off'], '`on` while any usable consent of the company exists.'),
    },
    { description: 'A legal entity whose books are kept.' },
  ),
)
export const companyList = listOf('CompanyList', companyView)

export const toCompanyView = (company: Company & { readonly bankData: 'on' | 'off' }) => ({
  companyId: company.id,
  name: company.name,
  country: company.country,
  ...(company.organisationNumber !== null && { organisationNumber: company.organisationNumber }),
  timeZone: company.timeZone,
  ...(company.groupId !== null && { groupId: company.groupId }),
  accountPolicy: company.accountPolicy,
  bankData: company.bankData,
})

const ledgerAccountFields = {
  name: text(200, 'As the books call it.', '1920 Bank'),
  currency: currency(),
  iban: Type.Optional(
    Type.String({ maxLength: 42, description: 'Checked, and kept without spaces.', examples: ['NO9386011117947'] }),
  ),
  bban: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9]{1,30}$',
      description: 'Only where there is no IBAN.',
      examples: ['86011117947'],
    }),
  ),
  institutionId: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9._~-]{1,129}$',
      description: 'Its bank, where the IBAN does not tell.',
      examples: ['berlin-group.fjordbanken'],
    }),
  ),
  bookedThrough: Type.Optional(
    day('The books are closed through this day: transactions up to it are marked `alreadyBooked` and left alone.'),
  ),
}

export const ledgerAccountBody = component(
  'LedgerAccountInput',
  Type.Object(ledgerAccountFields, { ...closed, description: 'A bank account in the company’s books.' }),
)
export const ledgerAccountView = component(
  'LedgerAccount',
  Type.Object(
    {
      companyId: tenantKey('Your key of the company.'),
      ledgerAccountId: tenantKey('Your key of the ledger account.'),
      ...ledgerAccountFields,
    },
    { description: 'A bank account in the company’s books.' },
  ),
)
export const ledgerAccountList = listOf('LedgerAccountList', ledgerAccountView)

export const toLedgerAccountView = (account: LedgerAccount) => ({
  companyId: account.companyId,
  ledgerAccountId: account.id,
  name: account.name,
  currency: account.currency,
  ...(account.iban !== null && { iban: account.iban }),
  ...(account.bban !== null && { bban: account.bban }),
  ...(account.institutionId !== null && { institutionId: account.institutionId }),
  ...(account.bookedThrough !== null && { bookedThrough: account.bookedThrough }),
})

const personFields = {
  name: text(200, 'Full name.', 'Anna Berg'),
  email: Type.Optional(
    Type.String({
      maxLength: 254,
      pattern: '^[^@\\s]+@[^@\\s]+$',
      description: 'For your own invitations: Bankfeed sends no mail.',
      examples: ['anna@nordlys.example'],
    }),
  ),
  phone: Type.Optional(
    Type.String({ pattern: '^\\+?[0-9 ()-]{4,30}$', description: 'With country code.', examples: ['+47 400 00 000'] }),
  ),
}

export const personBody = component(
  'PersonInput',
  Type.Object(personFields, {
    ...closed,
    description: 'Somebody who may authorise access at a bank, or who holds a card.',
  }),
)
export const personView = component(
  'Person',
  Type.Object(
    {
      companyId: tenantKey('Your key of the company.'),
      personId: tenantKey('Your key of the person.'),
      ...personFields,
      consentStatus: oneOf(
        ['none', 'usable', 'expiring', 'expired', 'revoked'],
        'What has become of this person’s consents for the company.',
      ),
    },
    { description: 'Somebody who may authorise access at a bank, or who holds a card.' },
  ),
)
export const personList = listOf('PersonList', personView)

export const toPersonView = (
  person: Person & { readonly consentStatus: 'none' | 'usable' | 'expiring' | 'expired' | 'revoked' },
) => ({
  companyId: person.companyId,
  personId: person.id,
  name: person.name,
  ...(person.email !== null && { email: person.email }),
  ...(person.phone !== null && { phone: person.phone }),
  consentStatus: person.consentStatus,
})
