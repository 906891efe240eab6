import { Type } from 'typebox'
import { principalOf } from '../shared/http/auth.ts'
import { operation } from '../shared/http/operation.ts'
import type { Routes } from '../shared/http/routes.ts'
import { closed, listQuery } from '../shared/http/schema.ts'
import { pageAsk } from '../shared/page.ts'
import { parseDay } from '../values/day.ts'
import { deleteCompany } from './delete-company.ts'
import { putCompany } from './put-company.ts'
import { deleteLedgerAccount, putLedgerAccount } from './put-ledger-account.ts'
import { deletePerson, putPerson } from './put-person.ts'
import {
  getCompany,
  getLedgerAccount,
  getPerson,
  listCompanies,
  listLedgerAccounts,
  listPersons,
} from './read-companies.ts'
import {
  companyBody,
  companyList,
  companyParams,
  companyView,
  ledgerAccountBody,
  ledgerAccountList,
  ledgerAccountParams,
  ledgerAccountView,
  personBody,
  personList,
  personParams,
  personView,
  toCompanyView,
  toLedgerAccountView,
  toPersonView,
} from './schema.ts'

type Deps = Parameters<typeof deleteCompany>[0] &
  Parameters<typeof putCompany>[0] &
  Parameters<typeof putLedgerAccount>[0] &
  Parameters<typeof putPerson>[0] &
  Parameters<typeof getCompany>[0]

const tag = 'Companies'
const query = Type.Object(listQuery, closed)
const gone = { 204: Type.Null({ description: 'Gone.' }) }

export const companyRoutes: Routes<Deps> = (app, deps) => {
  app.get(
    '/companies',
    operation({
      id: 'listCompanies',
      tag,
      summary: 'List companies',
      description: 'Your companies by key.',
      scope: 'companies:read',
      querystring: query,
      answers: { 200: companyList.ref },
      refusals: ['invalid_cursor'],
    }),
    async (request) => {
      const page = await listCompanies(deps, { tenant: principalOf(request).tenant, ask: pageAsk(request.query) })
      return { data: page.data.map(toCompanyView), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/companies/:companyId',
    operation({
      id: 'getCompany',
      tag,
      summary: 'Get a company',
      description: 'One company, and whether any usable consent brings it bank data.',
      scope: 'companies:read',
      params: companyParams,
      answers: { 200: companyView.ref },
      refusals: ['company_not_found'],
    }),
    async (request) =>
      toCompanyView(await getCompany(deps, { tenant: principalOf(request).tenant, ...request.params })),
  )

  app.put(
    '/companies/:companyId',
    operation({
      id: 'putCompany',
      tag,
      summary: 'Create or replace a company',
      description: 'Under a key of your choosing; naturally repeatable.',
      scope: 'companies:write',
      params: companyParams,
      body: companyBody.ref,
      answers: { 200: companyView.ref },
    }),
    async (request) => {
      const { tenant } = principalOf(request)
      const { companyId } = request.params
      const { name, country, organisationNumber, timeZone, groupId, accountPolicy } = request.body
      const company = await putCompany(deps, {
        tenant,
        company: {
          id: companyId,
          name,
          country,
          organisationNumber: organisationNumber ?? null,
          timeZone,
          groupId: groupId ?? null,
          accountPolicy: accountPolicy ?? 'any',
        },
      })
      return toCompanyView(company)
    },
  )

  app.delete(
    '/companies/:companyId',
    operation({
      id: 'deleteCompany',
      tag,
      summary: 'Delete a company',
      description:
        'Erases all that is held of it; an event keeps the proof that it was done. Its consents must be revoked first.',
      scope: 'companies:write',
      params: companyParams,
      answers: gone,
      refusals: ['company_not_found', 'company_has_live_consents'],
    }),
    async (request, reply) => {
      await deleteCompany(deps, { tenant: principalOf(request).tenant, ...request.params })
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/companies/:companyId/ledger-accounts',
    operation({
      id: 'listLedgerAccounts',
      tag,
      summary: 'List ledger accounts',
      description: 'The company’s bank accounts in its books, by key.',
      scope: 'companies:read',
      params: companyParams,
      querystring: query,
      answers: { 200: ledgerAccountList.ref },
      refusals: ['company_not_found', 'invalid_cursor'],
    }),
    async (request) => {
      const page = await listLedgerAccounts(deps, {
        tenant: principalOf(request).tenant,
        ...request.params,
        ask: pageAsk(request.query),
      })
      return { data: page.data.map(toLedgerAccountView), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/companies/:companyId/ledger-accounts/:ledgerAccountId',
    operation({
      id: 'getLedgerAccount',
      tag,
      summary: 'Get a ledger account',
      description: 'One bank account in the company’s books.',
      scope: 'companies:read',
      params: ledgerAccountParams,
      answers: { 200: ledgerAccountView.ref },
      refusals: ['ledger_account_not_found'],
    }),
    async (request) => {
      const { companyId, ledgerAccountId } = request.params
      return toLedgerAccountView(
        await getLedgerAccount(deps, { tenant: principalOf(request).tenant, companyId, id: ledgerAccountId }),
      )
    },
  )

  app.put(
    '/companies/:companyId/ledger-accounts/:ledgerAccountId',
    operation({
      id: 'putLedgerAccount',
      tag,
      summary: 'Create or replace a ledger account',
      description:
        'With an IBAN (or BBAN) it has a connection from now on, which says what is still to be done until transactions arrive.',
      scope: 'companies:write',
      params: ledgerAccountParams,
      body: ledgerAccountBody.ref,
      answers: { 200: ledgerAccountView.ref },
      refusals: ['company_not_found', 'iban_taken'],
    }),
    async (request) => {
      const { companyId, ledgerAccountId } = request.params
      const { name, currency, iban, bban, institutionId, bookedThrough } = request.body
      const account = await putLedgerAccount(deps, {
        tenant: principalOf(request).tenant,
        account: {
          id: ledgerAccountId,
          companyId,
          name,
          currency,
          iban: iban ?? null,
          bban: bban ?? null,
          institutionId: institutionId ?? null,
          bookedThrough: (bookedThrough === undefined ? undefined : parseDay(bookedThrough)) ?? null,
        },
      })
      return toLedgerAccountView(account)
    },
  )

  app.delete(
    '/companies/:companyId/ledger-accounts/:ledgerAccountId',
    operation({
      id: 'deleteLedgerAccount',
      tag,
      summary: 'Delete a ledger account',
      description:
        'A connection that fetched for it stays, with its transactions, and says that the ledger account is gone.',
      scope: 'companies:write',
      params: ledgerAccountParams,
      answers: gone,
      refusals: ['ledger_account_not_found'],
    }),
    async (request, reply) => {
      const { companyId, ledgerAccountId } = request.params
      await deleteLedgerAccount(deps, { tenant: principalOf(request).tenant, companyId, id: ledgerAccountId })
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/companies/:companyId/persons',
    operation({
      id: 'listPersons',
      tag,
      summary: 'List persons',
      description: 'The company’s people by key, and what has become of their consents.',
      scope: 'companies:read',
      params: companyParams,
      querystring: query,
      answers: { 200: personList.ref },
      refusals: ['company_not_found', 'invalid_cursor'],
    }),
    async (request) => {
      const page = await listPersons(deps, {
        tenant: principalOf(request).tenant,
        ...request.params,
        ask: pageAsk(request.query),
      })
      return { data: page.data.map(toPersonView), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/companies/:companyId/persons/:personId',
    operation({
      id: 'getPerson',
      tag,
      summary: 'Get a person',
      description: 'One person, and what has become of their consents.',
      scope: 'companies:read',
      params: personParams,
      answers: { 200: personView.ref },
      refusals: ['person_not_found'],
    }),
    async (request) => {
      const { companyId, personId } = request.params
      return toPersonView(await getPerson(deps, { tenant: principalOf(request).tenant, companyId, id: personId }))
    },
  )

  app.put(
    '/companies/:companyId/persons/:personId',
    operation({
      id: 'putPerson',
      tag,
      summary: 'Create or replace a person',
      description:
        'Somebody who may authorise access at a bank, or who holds a card. An accountant without bank rights needs no consent.',
      scope: 'companies:write',
      params: personParams,
      body: personBody.ref,
      answers: { 200: personView.ref },
      refusals: ['company_not_found'],
    }),
    async (request) => {
      const { tenant } = principalOf(request)
      const { companyId, personId } = request.params
      const { name, email, phone } = request.body
      const person = { id: personId, companyId, name, email: email ?? null, phone: phone ?? null }
      return toPersonView(await putPerson(deps, { tenant, person }))
    },
  )

  app.delete(
    '/companies/:companyId/persons/:personId',
    operation({
      id: 'deletePerson',
      tag,
      summary: 'Delete a person',
      description:
        'What they consented to is no longer used where they were the chosen source. Revoke their consents to end them at the bank as well.',
      scope: 'companies:write',
      params: personParams,
      answers: gone,
      refusals: ['person_not_found'],
    }),
    async (request, reply) => {
      const { companyId, personId } = request.params
      await deletePerson(deps, { tenant: principalOf(request).tenant, companyId, id: personId })
      return reply.code(204).send(null)
    },
  )
}
