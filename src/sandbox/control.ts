// `/control`: how tests and demos make a bank day happen. JSON in and out; no authentication, since nothing here is anybody's.
//
//   GET    /control                                   banks with their persons and accounts; consents; what is ordered at present
//   POST   /control/reset                             everything as on the first day: consents, changes, quirks, faults are gone
//
//   GET    /control/accounts                          every account: id (`fjordbanken-main`), bank, IBAN, currency, logins that see it
//   GET    /control/accounts/{id}                     the truth about one: opening balance, every transaction booked or pending now
//   POST   /control/accounts/{id}/transactions        adds one (fields in edits.ts; `status: "pending"` adds a pending one) → { key }
//   PATCH  /control/accounts/{id}/transactions/{key}  changes one; `status: "booked"` books a pending one
//   DELETE /control/accounts/{id}/transactions/{key}  the bank withdraws it
//   POST   /control/accounts/{id}/bulk                { count, from, to }: so many rows spread evenly over those days
//   PUT    /control/accounts/{id}/quirks              { ids?, shuffle?, pageSize?, doubled?, emptyOnce?, balanceOff?, removed? } (quirks.ts);
//                                                     replaces what was there, {} ends them all
//
//   PUT    /control/banks/{id}/persons/{login}/accounts
//                                                     [{ key, name, owner, usage, currency, iban?, maskedPan?, balance, transactions }]
//                                                     (holdings.ts): all that the person has there from now on, as `<bank>-<login>-<key>`;
//                                                     an account that was among them and is no more is closed
//                                                                                                DELETE  as on the first day
//   POST   /control/banks/{id}/persons/{login}/revoke every consent of theirs, as they would at the bank
//
//   GET    /control/consents                          every consent with its status now
//   POST   /control/consents/{id}/revoke              as the person would at the bank          POST …/expire
//
//   GET    /control/agreements                        every agreement of a programme with its status now, without its signatory
//   POST   /control/agreements/{id}/review            { reasons: [{ code, text? }] }: it is reviewed by hand (agreements.ts)
//   POST   /control/agreements/{id}/approve           POST …/refuse { reasons }                 POST …/terminate
//   PUT    /control/programmes/{id}/review            { reasons }: so is everybody's who signs from now on      DELETE  nobody's
//
//   POST   /control/faults                            { times?, bank?, path?, code?, status?, body?, headers?, delayMs?, cut? } (faults.ts)
//   DELETE /control/faults                            none any more
//   PUT    /control/banks/{id}/maintenance            503 for everything there                 DELETE  open again
//
// Changes are answered with 204 or with what they made; unknown ids with 404, malformed bodies with 400 and `{ error }`.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Day } from '../values/day.ts'
import { formatMoney } from '../values/money.ts'
import type { Account } from './accounts.ts'
import {
  allAccounts,
  type Branch,
  currentStatus,
  editsOf,
  ownAccounts,
  quirksOf,
  saveConsents,
  statementAt,
  today,
  type World,
} from './branch.ts'
import { agreementNow, decided, reviewBody, type Agreement, type AgreementStatus } from './agreements.ts'
import { end } from './consents.ts'
import { type Edits, movementFields } from './edits.ts'
import { faultBody } from './faults.ts'
import { editsOfHolding, faultIn, heldId, holderOf, type Holding, holdingOf, holdingsBody } from './holdings.ts'
import type { Movement } from './ledger/movement.ts'
import { programmes } from './programmes.ts'
import { quirksBody } from './quirks.ts'
import { emptyState, type State } from './state.ts'
import { bookedBalance } from './statement.ts'

const dayText = Type.Unsafe<Day>(Type.String({ format: 'date' }))
const bulkBody = Type.Object(
  { count: Type.Integer({ minimum: 1, maximum: 1_000_000 }), from: dayText, to: dayText },
  { additionalProperties: false },
)
const idParams = Type.Object({ id: Type.String() })
const keyParams = Type.Object({ id: Type.String(), key: Type.String() })
const personParams = Type.Object({ id: Type.String(), login: Type.String() })

/** Years of transactions may come at once. */
const holdingsBytesMax = 64 * 1024 * 1024

/** What control was asked about is not there, or cannot be. */
class ControlError extends Error {
  readonly statusCode: number
  constructor(statusCode: number, message: string) {
    super(message)
    this.statusCode = statusCode
  }
}

export function controlRoutes(app: FastifyInstance, branches: readonly Branch[], world: World): void {
  const { store } = world
  app.setErrorHandler((error, _request, reply) => {
    const isOurs = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    return reply
      .code(isOurs ? Number(error.statusCode) : 500)
      .send({ error: error instanceof Error ? error.message : 'failed' })
  })

  app.get('/', async () => ({
    banks: branches.map(({ bank, persons }) => ({ id: bank.id, name: bank.name, persons })),
    accounts: branches.flatMap((branch) => allAccounts(branch).map((account) => outlined(branch, account))),
    consents: consentsNow(branches, store.state()),
    faults: store.state().faults,
    maintenance: store.state().maintenance,
  }))
  app.post('/reset', async (_request, reply) => {
    await store.change(() => emptyState)
    return reply.code(204).send()
  })
  accountControls(app, branches, world)
  personControls(app, branches, world)
  consentControls(app, branches, world)
  agreementControls(app, world)
  troubleControls(app, branches, world)
}

function accountControls(app: FastifyInstance, branches: readonly Branch[], { store, clock }: World): void {
  const scope = app.withTypeProvider<TypeBoxTypeProvider>()
  const edit = (account: Account, change: (edits: Edits) => Partial<Edits>) =>
    store.change((state) => {
      const edits = editsOf(account, state)
      return { ...state, edits: { ...state.edits, [account.id]: { ...edits, ...change(edits) } } }
    })

  scope.get('/accounts', async () =>
    branches.flatMap((branch) => allAccounts(branch).map((account) => outlined(branch, account))),
  )

  scope.get('/accounts/:id', { schema: { params: idParams } }, async (request) => {
    const { branch, account } = accountOf(branches, request.params.id)
    const statement = statementAt(branch, account, clock.now().getTime())
    const { currency } = account
    return {
      ...outlined(branch, account),
      openingBalance: formatMoney({ minor: statement.opening, currency }),
      bookedBalance: formatMoney({ minor: bookedBalance(statement), currency }),
      transactions: [
        ...statement.booked.map((movement) => truthOf(movement, 'booked', currency)),
        ...statement.pending.map((movement) => truthOf(movement, 'pending', currency)),
      ],
    }
  })

  scope.post(
    '/accounts/:id/transactions',
    { schema: { params: idParams, body: movementFields } },
    async (request, reply) => {
      const { account } = accountOf(branches, request.params.id)
      if (request.body.amount === undefined) throw new ControlError(400, 'amount is missing')
      const key = `added-${String(Object.keys(editsOf(account, store.state()).added).length + 1).padStart(6, '0')}`
      const added = { at: clock.now().getTime(), fields: request.body }
      await edit(account, (edits) => ({ added: { ...edits.added, [key]: added } }))
      return reply.code(201).send({ key })
    },
  )

  scope.patch(
    '/accounts/:id/transactions/:key',
    { schema: { params: keyParams, body: movementFields } },
    async (request, reply) => {
      const { branch, account } = accountOf(branches, request.params.id)
      const key = keyOf(branch, account, request.params.key)
      const at = clock.now().getTime()
      await edit(account, ({ changed }) => ({
        changed: { ...changed, [key]: { at, fields: { ...changed[key]?.fields, ...request.body } } },
      }))
      return reply.code(204).send()
    },
  )

  scope.delete('/accounts/:id/transactions/:key', { schema: { params: keyParams } }, async (request, reply) => {
    const { branch, account } = accountOf(branches, request.params.id)
    const key = keyOf(branch, account, request.params.key)
    await edit(account, ({ withdrawn }) => ({ withdrawn: [...withdrawn, key] }))
    return reply.code(204).send()
  })

  scope.post('/accounts/:id/bulk', { schema: { params: idParams, body: bulkBody } }, async (request, reply) => {
    const { branch, account } = accountOf(branches, request.params.id)
    if (request.body.from > request.body.to) throw new ControlError(400, 'from is after to')
    await edit(account, ({ bulk }) => ({ bulk: [...bulk, request.body] }))
    // Made here, and not while somebody's benchmark waits for the first page.
    statementAt(branch, account, clock.now().getTime())
    return reply.code(204).send()
  })

  scope.put('/accounts/:id/quirks', { schema: { params: idParams, body: quirksBody } }, async (request, reply) => {
    const { account } = accountOf(branches, request.params.id)
    await store.change((state) => ({ ...state, quirks: { ...state.quirks, [account.id]: request.body } }))
    return reply.code(204).send()
  })
}

function personControls(app: FastifyInstance, branches: readonly Branch[], { store }: World): void {
  const scope = app.withTypeProvider<TypeBoxTypeProvider>()

  scope.put(
    '/banks/:id/persons/:login/accounts',
    { schema: { params: personParams, body: holdingsBody }, bodyLimit: holdingsBytesMax },
    async (request, reply) => {
      const { branch, holder } = personOf(branches, request.params)
      const fault = faultIn(request.body)
      if (fault !== undefined) throw new ControlError(400, fault)
      const held = request.body.map((body) => ({ holding: heldToday(body, branch), edits: editsOfHolding(body) }))
      await store.change((state) => ({
        ...state,
        holdings: { ...state.holdings, [holder]: held.map(({ holding }) => holding) },
        edits: {
          ...state.edits,
          ...Object.fromEntries(held.map(({ holding, edits }) => [heldId(holder, holding), edits])),
        },
      }))
      return reply.code(204).send()
    },
  )

  scope.delete('/banks/:id/persons/:login/accounts', { schema: { params: personParams } }, async (request, reply) => {
    const { holder } = personOf(branches, request.params)
    await store.change((state) => {
      const others = Object.entries(state.holdings).filter(([whose]) => whose !== holder)
      return { ...state, holdings: Object.fromEntries(others) }
    })
    return reply.code(204).send()
  })

  scope.post('/banks/:id/persons/:login/revoke', { schema: { params: personParams } }, async (request, reply) => {
    const { branch, login } = personOf(branches, request.params)
    const standing = Object.values(store.state().consents).filter(
      (consent) =>
        consent.bankId === branch.bank.id &&
        consent.authorisation.person === login &&
        currentStatus(branch, consent) === 'valid',
    )
    await saveConsents(branch, ...standing.map((consent) => end(consent, 'revokedByPsu', today(branch))))
    return reply.code(204).send()
  })
}

function personOf(branches: readonly Branch[], { id, login }: { readonly id: string; readonly login: string }) {
  const branch = branches.find(({ bank }) => bank.id === id)
  if (branch?.persons.some((person) => person.login === login) !== true) throw new ControlError(404, 'no such person')
  return { branch, login, holder: holderOf(id, login) }
}

/** @throws {ControlError} for an amount that the currency cannot have. */
function heldToday(body: Parameters<typeof holdingOf>[0], branch: Branch): Holding {
  try {
    return holdingOf(body, today(branch))
  } catch (error) {
    if (error instanceof RangeError) throw new ControlError(400, error.message)
    throw error
  }
}

function consentControls(app: FastifyInstance, branches: readonly Branch[], { store }: World): void {
  const scope = app.withTypeProvider<TypeBoxTypeProvider>()
  scope.get('/consents', async () => consentsNow(branches, store.state()))

  for (const [action, status] of [
    ['revoke', 'revokedByPsu'],
    ['expire', 'expired'],
  ] as const) {
    scope.post(`/consents/:id/${action}`, { schema: { params: idParams } }, async (request, reply) => {
      const consent = store.state().consents[request.params.id]
      const home = branches.find(({ bank }) => bank.id === consent?.bankId)
      if (consent === undefined || home === undefined) throw new ControlError(404, 'no such consent')
      await saveConsents(home, end(consent, status, today(home)))
      return reply.code(204).send()
    })
  }
}

function knownProgramme(id: string): string {
  if (!programmes.some((programme) => programme.id === id)) throw new ControlError(404, 'no such programme')
  return id
}

function agreementControls(app: FastifyInstance, { store, clock }: World): void {
  const scope = app.withTypeProvider<TypeBoxTypeProvider>()
  const decide = async (id: string, status: AgreementStatus, reasons: Agreement['reasons'] = []) => {
    const agreement = store.state().agreements[id]
    if (agreement === undefined) throw new ControlError(404, 'no such agreement')
    const after = decided(agreement, { status, reasons, now: clock.now() })
    await store.change((state) => ({ ...state, agreements: { ...state.agreements, [id]: after } }))
  }

  scope.get('/agreements', async () =>
    Object.values(store.state().agreements).map((agreement) => {
      const { id, programme, key, organisation, status, reasons, createdAt } = agreementNow(agreement, clock.now())
      return { id, programme, key, organisation, status, reasons, createdAt: new Date(createdAt).toISOString() }
    }),
  )
  scope.post('/agreements/:id/review', { schema: { params: idParams, body: reviewBody } }, async (request, reply) => {
    await decide(request.params.id, 'underReview', request.body.reasons)
    return reply.code(204).send()
  })
  scope.post('/agreements/:id/refuse', { schema: { params: idParams, body: reviewBody } }, async (request, reply) => {
    await decide(request.params.id, 'rejected', request.body.reasons)
    return reply.code(204).send()
  })
  for (const [action, status] of [
    ['approve', 'approved'],
    ['terminate', 'terminated'],
  ] as const) {
    scope.post(`/agreements/:id/${action}`, { schema: { params: idParams } }, async (request, reply) => {
      await decide(request.params.id, status)
      return reply.code(204).send()
    })
  }

  scope.put('/programmes/:id/review', { schema: { params: idParams, body: reviewBody } }, async (request, reply) => {
    const id = knownProgramme(request.params.id)
    await store.change((state) => ({ ...state, reviews: { ...state.reviews, [id]: request.body.reasons } }))
    return reply.code(204).send()
  })
  scope.delete('/programmes/:id/review', { schema: { params: idParams } }, async (request, reply) => {
    const id = knownProgramme(request.params.id)
    await store.change((state) => ({ ...state, reviews: { ...state.reviews, [id]: [] } }))
    return reply.code(204).send()
  })
}

function troubleControls(app: FastifyInstance, branches: readonly Branch[], { store }: World): void {
  const scope = app.withTypeProvider<TypeBoxTypeProvider>()
  const setMaintenance = async (id: string, isOn: boolean) => {
    if (!branches.some(({ bank }) => bank.id === id)) throw new ControlError(404, 'no such bank')
    await store.change((state) => ({
      ...state,
      maintenance: [...state.maintenance.filter((other) => other !== id), ...(isOn ? [id] : [])],
    }))
  }

  scope.post('/faults', { schema: { body: faultBody } }, async (request, reply) => {
    await store.change((state) => ({ ...state, faults: [...state.faults, request.body] }))
    return reply.code(204).send()
  })
  scope.delete('/faults', async (_request, reply) => {
    await store.change((state) => ({ ...state, faults: [] }))
    return reply.code(204).send()
  })
  scope.put('/banks/:id/maintenance', { schema: { params: idParams } }, async (request, reply) => {
    await setMaintenance(request.params.id, true)
    return reply.code(204).send()
  })
  scope.delete('/banks/:id/maintenance', { schema: { params: idParams } }, async (request, reply) => {
    await setMaintenance(request.params.id, false)
    return reply.code(204).send()
  })
}

function accountOf(branches: readonly Branch[], id: string): { branch: Branch; account: Account } {
  for (const branch of branches) {
    const account = allAccounts(branch).find((candidate) => candidate.id === id)
    if (account !== undefined) return { branch, account }
  }
  throw new ControlError(404, 'no such account')
}

/** @throws {ControlError} for a key that no movement on show has. */
function keyOf(branch: Branch, account: Account, key: string): string {
  const { booked, pending } = statementAt(branch, account, branch.world.clock.now().getTime())
  if (![...booked, ...pending].some((movement) => movement.key === key))
    throw new ControlError(404, 'no such transaction')
  return key
}

function outlined(branch: Branch, { id, name, owner, usage, currency, iban, maskedPan }: Account) {
  const account = { id, bank: branch.bank.id, name, owner, usage, currency }
  return {
    ...account,
    iban: iban ?? null,
    maskedPan: maskedPan ?? null,
    persons: branch.persons
      .filter((person) => ownAccounts(branch, person).some((own) => own.id === id))
      .map(({ login }) => login),
    quirks: quirksOf(branch, { id }),
  }
}

function truthOf(movement: Movement, status: 'booked' | 'pending', currency: string) {
  return {
    key: movement.key,
    status,
    bookingDate: movement.bookingDate,
    valueDate: movement.valueDate,
    amount: formatMoney({ minor: movement.amount, currency }),
    currency,
    counterpartyName: movement.counterparty?.name ?? null,
    counterpartyIban: movement.counterparty?.iban ?? null,
    text: movement.text ?? null,
    reference: movement.reference ?? null,
    endToEndId: movement.endToEndId ?? null,
    bankTransactionCode: movement.code,
  }
}

function consentsNow(branches: readonly Branch[], state: State) {
  return Object.values(state.consents).flatMap((consent) => {
    const branch = branches.find(({ bank }) => bank.id === consent.bankId)
    if (branch === undefined) return []
    const { id, bankId: bank, recurring, validUntil, authorisation, granted } = consent
    const status = currentStatus(branch, consent)
    return [{ id, bank, status, person: authorisation.person, recurring, validUntil, accounts: Object.keys(granted) }]
  })
}
