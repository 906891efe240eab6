import assert from 'node:assert/strict'
import fc from 'fast-check'
import { test } from 'tap'
import type { Assignment } from '../../src/connections/model/connection.ts'
import { agreementStates } from '../../src/agreements/model.ts'
import type { AgreementFact, ConnectionFacts, ConsentFact, SessionFact } from '../../src/connections/model/facts.ts'
import { connectionStatuses, type ConnectionStatus } from '../../src/connections/model/finding.ts'
import type { RepairAction, RepairStep } from '../../src/connections/model/repair.ts'
import { deriveStatus, sinceAfter } from '../../src/connections/model/status.ts'

const iban = 'NO9386011117947'
const start = new Date('2026-01-01T00:00:00Z')
const day = (n: number) => new Date(start.getTime() + n * 86_400_000)
const now = day(100)
const plus = (instant: Date, ms: number) => new Date(instant.getTime() + ms)

/** Anna's. Covers the account, usable from day 10 to day 190. */
function consent(changes: Partial<ConsentFact> = {}): ConsentFact {
  return {
    id: 'consent-1',
    companyId: 'acme',
    personId: 'anna',
    personRemovedAt: null,
    reconfirmAskedAt: null,
    institutionId: 'berlin-group.fjord',
    institutionName: 'Fjordbank',
    sessionId: 'session-1',
    validFrom: day(10),
    expiresAt: day(190),
    reconfirmBy: null,
    ended: null,
    bankAccess: 'live',
    cover: { from: day(10), supersededAt: null },
    ...changes,
  }
}

const another = (changes: Partial<ConsentFact>) => consent({ id: 'consent-2', personId: 'bo', ...changes })

/** Named the ledger account, and sent Anna to the bank on day 6. */
function session(changes: Partial<SessionFact> = {}): SessionFact {
  return {
    namesIt: true,
    personId: 'anna',
    institutionId: 'berlin-group.fjord',
    status: 'redirected',
    failure: null,
    createdAt: day(5),
    redirectedAt: day(6),
    endedAt: null,
    ...changes,
  }
}

type Changes = Partial<Omit<ConnectionFacts, 'connection'>> & {
  readonly connection?: Partial<ConnectionFacts['connection']>
}

const books = { id: 'bank-1', iban, institutionId: null, ibanChangedAt: start }

/** Assigned to a ledger account with its IBAN, activated, and nobody has consented to anything. */
function facts({ connection, ...rest }: Changes = {}): ConnectionFacts {
  return {
    connection: {
      id: 'connection-1',
      companyId: 'acme',
      iban,
      assignment: { ledgerAccountId: 'bank-1' },
      assignedAt: start,
      ledgerAccountHadIban: true,
      ledgerAccountGoneAt: null,
      sourcePersonId: null,
      sourceFallback: true,
      sourceChosenAt: start,
      activatedAt: day(20),
      deactivatedAt: null,
      createdAt: start,
      ...connection,
    },
    ledgerAccount: books,
    agreement: null,
    consents: [],
    sessions: [],
    bankInstitutionIds: ['berlin-group.fjord'],
    ...rest,
  }
}

const derive = (changes: Changes) => deriveStatus(facts(changes), now)

const together = (a: Changes, b: Changes): Changes => ({
  ...a,
  ...b,
  connection: { ...a.connection, ...b.connection },
  consents: [...(a.consents ?? []), ...(b.consents ?? [])],
})

const agreement = (state: AgreementFact['state'], reasons: readonly string[] = []): Changes => ({
  agreement: { state, at: day(1), reasons, institutionId: 'berlin-group.fjord' },
})

const revoked = consent({ ended: { at: day(50), by: 'bank' }, bankAccess: 'ended' })
const expired = consent({ expiresAt: day(60) })
const leftOut = consent({ id: 'consent-2', validFrom: day(40), expiresAt: day(220), cover: null })

const chosen = { connection: { sourcePersonId: 'anna' } }
const onlyAnna = { connection: { sourcePersonId: 'anna', sourceFallback: false } }

/** What makes each row hold. */
const row = {
  ignored: { connection: { assignment: 'none', assignedAt: day(30) } },
  deactivated: { connection: { deactivatedAt: day(30) } },
  agreementPending: agreement('to_sign'),
  ledgerAccountNotFound: { ledgerAccount: null, connection: { ledgerAccountGoneAt: day(70) } },
  unassigned: { consents: [consent()], connection: { assignment: null }, ledgerAccount: null },
  inactive: { consents: [consent()], connection: { activatedAt: null } },
  active: { consents: [consent()] },
  leftOut: { consents: [expired, leftOut] },
  accessLost: { consents: [revoked], ...onlyAnna },
  revoked: { consents: [revoked] },
  expired: { consents: [expired] },
  neverTicked: { consents: [consent({ cover: null })] },
  incomplete: { sessions: [session()] },
  notConnected: {},
} satisfies Record<string, Changes>

test('every row of the table gives its status and what mends it', (t) => {
  const rows: readonly (readonly [Changes, ConnectionStatus, readonly RepairAction[]])[] = [
    [row.ignored, 'ignored', []],
    [row.deactivated, 'deactivated', ['activate']],
    [row.agreementPending, 'agreement_pending', ['sign']],
    [row.ledgerAccountNotFound, 'ledger_account_not_found', ['assign']],
    [row.unassigned, 'unassigned', ['assign']],
    [row.inactive, 'inactive', ['activate']],
    [row.active, 'active', []],
    [row.leftOut, 'iban_not_found', ['authorise']],
    [row.accessLost, 'access_lost', ['authorise']],
    [row.revoked, 'revoked', ['authorise']],
    [row.expired, 'expired', ['renew']],
    [row.neverTicked, 'iban_not_found', ['authorise']],
    [row.incomplete, 'authorisation_incomplete', ['authorise']],
    [row.notConnected, 'not_connected', ['authorise']],
  ]
  for (const [index, [changes, status, actions]] of rows.entries()) {
    const derived = derive(changes)
    const found = derived.repair.map(({ action }) => action)
    t.equal(derived.status, status, `row ${index + 1}`)
    t.strictSame(found, actions, `repair of row ${index + 1}`)
    t.match(derived.reason, /^[A-Z].*\.$/, `row ${index + 1} says why in a sentence`)
  }
  t.strictSame(new Set(rows.map(([, status]) => status)), new Set(connectionStatuses))
  t.end()
})

test('of rows that hold together the first wins', (t) => {
  const cases: readonly (readonly [string, Changes, ConnectionStatus])[] = [
    ['1, 2', together(row.ignored, row.deactivated), 'ignored'],
    ['2, 3', together(row.deactivated, row.agreementPending), 'deactivated'],
    ['3, 4', together(row.agreementPending, row.ledgerAccountNotFound), 'agreement_pending'],
    ['4, 6', together(row.inactive, row.ledgerAccountNotFound), 'ledger_account_not_found'],
    ['4, 7', together(row.active, row.ledgerAccountNotFound), 'ledger_account_not_found'],
    ['4, 11', together(row.expired, row.ledgerAccountNotFound), 'ledger_account_not_found'],
    ['4, 14', row.ledgerAccountNotFound, 'ledger_account_not_found'],
    ['5, 6', together(row.unassigned, { connection: { activatedAt: null } }), 'unassigned'],
    ['5, 7', row.unassigned, 'unassigned'],
    ['6, 7', row.inactive, 'inactive'],
    ['7, 8: the old consent serves to its end', { consents: [consent(), leftOut] }, 'active'],
    ['7, 10: another still covers it', { consents: [revoked, another({})] }, 'active'],
    ['8, 9', { consents: [revoked, leftOut], ...onlyAnna }, 'iban_not_found'],
    ['8, 10', { consents: [revoked, leftOut] }, 'iban_not_found'],
    ['8, 11', row.leftOut, 'iban_not_found'],
    ['9, 10', { consents: [revoked], ...chosen }, 'access_lost'],
    ['9, 11', { consents: [expired], ...chosen }, 'access_lost'],
    ['9, 12: who is chosen never covered it', { consents: [leftOut, another({})], ...onlyAnna }, 'access_lost'],
    ['10, 11: withdrawn last', { consents: [expired, another({ ended: { at: day(61), by: 'api' } })] }, 'revoked'],
    ['11, 10: ran out last', { consents: [revoked, another({ expiresAt: day(60) })] }, 'expired'],
    ['11, 12: somebody else at its bank', { consents: [expired, another({ cover: null })] }, 'expired'],
    ['11, 13', together(row.expired, row.incomplete), 'expired'],
    ['12, 13', together(row.neverTicked, row.incomplete), 'iban_not_found'],
    ['13, 14', { sessions: [session(), session({ redirectedAt: null })] }, 'authorisation_incomplete'],
  ]
  for (const [rows, changes, status] of cases) t.equal(derive(changes).status, status, rows)
  t.end()
})

test('a consent serves up to the millisecond before it ends, however it ends', (t) => {
  const end = day(60)
  const renewal = consent({ id: 'consent-2', validFrom: end, cover: { from: end, supersededAt: null } })
  const cases: readonly (readonly [string, readonly ConsentFact[], ConnectionStatus])[] = [
    ['ran out', [consent({ expiresAt: end })], 'expired'],
    ['ran out early', [consent({ ended: { at: end, by: 'expiry' } })], 'expired'],
    ['not reconfirmed', [consent({ reconfirmBy: end })], 'expired'],
    ['withdrawn at the bank', [consent({ ended: { at: end, by: 'bank' } })], 'revoked'],
    ['revoked by us', [consent({ ended: { at: end, by: 'api' } })], 'revoked'],
    ['person removed', [consent({ personRemovedAt: end })], 'access_lost'],
    ['superseded by one that is gone', [consent({ cover: { from: day(10), supersededAt: end } })], 'expired'],
    ['superseded', [consent({ cover: { from: day(10), supersededAt: end } }), renewal], 'active'],
  ]
  for (const [how, consents, status] of cases) {
    const at = (ms: number) => deriveStatus(facts({ consents }), plus(end, ms))
    t.match(at(-1), { status: 'active', effectiveConsentId: 'consent-1', nextChangeAt: end }, `${how}: −1 ms`)
    for (const ms of [0, 1]) {
      t.equal(at(ms).status, status, `${how}: +${ms} ms`)
      t.not(at(ms).effectiveConsentId, 'consent-1', `${how}: +${ms} ms`)
      t.strictSame(at(ms).since, status === 'active' ? day(20) : end, `${how}: +${ms} ms`)
    }
  }
  t.end()
})

test('a consent begins to serve at its first instant', (t) => {
  const at = (ms: number) => deriveStatus(facts({ consents: [consent({ validFrom: day(30) })] }), plus(day(30), ms))
  t.equal(at(-1).status, 'not_connected')
  t.strictSame(at(-1).nextChangeAt, day(30))
  t.equal(at(0).status, 'active')
  t.end()
})

test('since is the instant of the fact that caused the status', (t) => {
  const approved: Changes = {
    agreement: { state: 'approved', at: day(44), reasons: [], institutionId: 'berlin-group.fjord' },
  }
  const renewed = [
    consent({ cover: { from: day(10), supersededAt: day(40) } }),
    consent({ id: 'consent-2', validFrom: day(40), cover: { from: day(40), supersededAt: null } }),
  ]
  const later = consent({ id: 'consent-2', validFrom: day(90), cover: { from: day(90), supersededAt: null } })
  const cases: readonly (readonly [string, Changes, Date])[] = [
    ['assigned to none', row.ignored, day(30)],
    ['switched off', together(row.active, row.deactivated), day(30)],
    ['the agreement was missing from the first', row.agreementPending, start],
    ['the agreement was approved', together(row.active, approved), day(44)],
    ['the ledger account was deleted', row.ledgerAccountNotFound, day(70)],
    [
      'the ledger account got another IBAN',
      { ledgerAccount: { ...books, iban: null, ibanChangedAt: day(71) } },
      day(71),
    ],
    [
      'the assignment was taken away',
      together(row.unassigned, { connection: { assignment: null, assignedAt: day(80) } }),
      day(80),
    ],
    ['covered', row.inactive, day(10)],
    ['activated', row.active, day(20)],
    ['activated, and renewed without a break', { consents: renewed }, day(20)],
    ['covered again after a lapse', { consents: [expired, later] }, day(90)],
    ['left out of a newer consent, when the old one ended', row.leftOut, day(60)],
    [
      'chosen after the consent was gone',
      together(row.accessLost, { connection: { sourceChosenAt: day(77) } }),
      day(77),
    ],
    ['withdrawn', row.revoked, day(50)],
    ['left out of a consent at its bank', row.neverTicked, day(10)],
    ['sent to the bank', row.incomplete, day(6)],
    [
      'completed, and covered nothing of this bank',
      { sessions: [session({ status: 'completed', endedAt: day(7) })] },
      day(7),
    ],
    ['nothing ever happened', row.notConnected, start],
  ]
  for (const [what, changes, since] of cases) t.strictSame(derive(changes).since, since, what)
  t.end()
})

test('the recorded since stays with the status and never goes back', (t) => {
  const recorded = { status: 'expired', since: day(60) } as const
  t.strictSame(sinceAfter(null, { status: 'active', since: day(10) }, now), day(10))
  t.strictSame(sinceAfter(recorded, { status: 'expired', since: day(20) }, now), day(60))
  t.strictSame(sinceAfter(recorded, { status: 'active', since: day(90) }, now), day(90))
  t.strictSame(sinceAfter(recorded, { status: 'active', since: day(60) }, now), day(60))
  // A late reconfirmation moves its deadline and leaves no instant: by the facts it was active all the time.
  t.strictSame(sinceAfter(recorded, { status: 'active', since: day(20) }, now), now)
  t.end()
})

test('without a chosen source the usable consent that expires last is used', (t) => {
  const bos = another({ expiresAt: day(191) })
  t.match(derive({ consents: [bos, consent()] }), {
    effectiveConsentId: 'consent-2',
    sourceInUse: 'bo',
    sourceChanged: false,
    expiresAt: day(191),
  })
  t.match(derive({ consents: [{ ...bos, ended: { at: now, by: 'bank' } }, consent()] }), {
    status: 'active',
    effectiveConsentId: 'consent-1',
    sourceInUse: 'anna',
    expiresAt: day(190),
  })
  t.end()
})

test('the chosen source is used though another lasts longer; another takes over only where that is allowed', (t) => {
  const bos = another({ expiresAt: day(300) })
  t.match(derive({ consents: [bos, consent()], ...chosen }), { sourceInUse: 'anna', sourceChanged: false })
  t.match(derive({ consents: [bos, revoked], ...chosen }), {
    status: 'active',
    sourceInUse: 'bo',
    sourceChanged: true,
    expiresAt: day(300),
    reason: /another person/,
  })
  t.match(derive({ consents: [bos, revoked], ...onlyAnna }), {
    status: 'access_lost',
    effectiveConsentId: null,
    sourceInUse: null,
    sourceChanged: false,
  })
  t.end()
})

test('somebody who was removed no longer serves, and nobody is asked in their name', (t) => {
  const removed = { consents: [consent({ personRemovedAt: day(70) })] }
  for (const changes of [removed, { ...removed, ...chosen }, { ...removed, ...onlyAnna }]) {
    const derived = derive(changes)
    t.match(derived, { status: 'access_lost', since: day(70), bankAccess: 'live', reason: /removed/ })
    t.strictSame(derived.repair[0]?.body, { institutionId: 'berlin-group.fjord', ledgerAccountIds: ['bank-1'] })
  }
  t.end()
})

test('an IBAN is missed only where the ledger account had it', (t) => {
  const ledgerAccount = { ...books, iban: null }
  t.equal(derive({ ...row.active, ledgerAccount }).status, 'ledger_account_not_found')
  t.equal(derive({ ...row.active, ledgerAccount, connection: { ledgerAccountHadIban: false } }).status, 'active')
  t.end()
})

test('only a newer, usable consent of the same person at the same bank can have left an account out', (t) => {
  const others: readonly Partial<ConsentFact>[] = [
    { personId: 'bo' },
    { institutionId: 'berlin-group.other' },
    { validFrom: day(9) },
    { validFrom: day(10) },
    { ended: { at: day(99), by: 'bank' } },
    { expiresAt: day(99) },
  ]
  for (const other of others)
    t.equal(derive({ consents: [expired, { ...leftOut, ...other }] }).status, 'expired', JSON.stringify(other))
  t.end()
})

test('its bank is that of the session that last named it, else the ledger account’s, else its bank code’s', (t) => {
  const unfinished = { status: 'withdrawn', redirectedAt: null } as const
  const sessions = [
    session({ ...unfinished, institutionId: 'powens.old', createdAt: day(2) }),
    session({ ...unfinished, institutionId: 'powens.new', createdAt: day(3) }),
    session({ ...unfinished, institutionId: null, createdAt: day(4) }),
    session({ ...unfinished, institutionId: 'powens.other', createdAt: day(5), namesIt: false }),
  ]
  const ledgerAccount = { ...books, institutionId: 'gocardless.fjord' }
  const bankInstitutionIds = ['berlin-group.fjord', 'enable-banking.fjord']
  const cases: readonly (readonly [Changes, readonly string[]])[] = [
    [{ sessions, ledgerAccount, bankInstitutionIds }, ['powens.new']],
    [{ ledgerAccount, bankInstitutionIds }, ['gocardless.fjord']],
    [{ bankInstitutionIds }, bankInstitutionIds],
    [{ bankInstitutionIds: [] }, []],
  ]
  for (const [changes, banks] of cases)
    for (const institutionId of ['powens.old', 'powens.new', 'powens.other', 'gocardless.fjord', ...bankInstitutionIds])
      t.equal(
        derive({ ...changes, consents: [consent({ institutionId, cover: null })] }).status,
        banks.includes(institutionId) ? 'iban_not_found' : 'not_connected',
        `${institutionId}, when its bank is ${banks.join(' or ')}`,
      )
  t.end()
})

test('an authorisation is incomplete from the redirect until one completes', (t) => {
  const done = session({ status: 'completed', createdAt: day(8), redirectedAt: day(8), endedAt: day(9) })
  const cases: readonly (readonly [string, readonly SessionFact[], ConnectionStatus])[] = [
    ['only opened', [session({ status: 'opened', redirectedAt: null })], 'not_connected'],
    ['cancelled on our page', [session({ status: 'cancelled', redirectedAt: null })], 'not_connected'],
    ['cancelled at the bank', [session({ status: 'cancelled', endedAt: day(7) })], 'authorisation_incomplete'],
    ['the link ran out meanwhile', [session({ status: 'expired', endedAt: day(9) })], 'authorisation_incomplete'],
    ['it named nothing, at its bank', [session({ namesIt: false })], 'authorisation_incomplete'],
    ['it named nothing, elsewhere', [session({ namesIt: false, institutionId: 'powens.x' })], 'not_connected'],
    ['completed afterwards, and ended since', [session(), done], 'not_connected'],
    ['tried again after one that completed', [done, session({ redirectedAt: day(12) })], 'authorisation_incomplete'],
  ]
  for (const [what, sessions, status] of cases) t.equal(derive({ sessions }).status, status, what)
  t.match(derive({ sessions: [session({ status: 'failed', failure: 'insufficient_rights' })] }).reason, /rights/)
  t.end()
})

const authorise = (body: NonNullable<RepairStep['body']>): RepairStep => ({
  action: 'authorise',
  method: 'POST',
  href: '/v1/companies/acme/consent-sessions',
  body,
})

test('every step of a repair is a call of the API, ready to make', (t) => {
  const assign: RepairStep = { action: 'assign', method: 'PATCH', href: '/v1/connections/connection-1' }
  const activate: RepairStep = { action: 'activate', method: 'POST', href: '/v1/connections/connection-1/activate' }
  const agreed = { method: 'GET', href: '/v1/companies/acme/agreement?institutionId=berlin-group.fjord' } as const
  const agree = {
    method: 'POST',
    href: '/v1/companies/acme/agreement',
    body: { institutionId: 'berlin-group.fjord' },
  } as const
  const choose = (body: NonNullable<RepairStep['body']>): RepairStep => ({ ...assign, action: 'choose_source', body })
  const bank = { institutionId: 'berlin-group.fjord' }
  const account = { ledgerAccountIds: ['bank-1'] }
  const all = { ...bank, ...account, personId: 'anna' }
  const reconfirm: RepairStep = { action: 'reconfirm', method: 'POST', href: '/v1/consents/consent-1/reconfirm' }
  const renew: RepairStep = {
    action: 'renew',
    method: 'POST',
    href: '/v1/companies/acme/consent-renewals',
    body: { consentIds: ['consent-1'] },
  }
  const card: Changes = { connection: { assignment: { personId: 'carl' } }, ledgerAccount: null }
  const cases: readonly (readonly [string, Changes, readonly RepairStep[]])[] = [
    ['not activated', row.inactive, [activate]],
    ['not assigned', row.unassigned, [assign]],
    ['no agreement', agreement('missing'), [{ ...agree, action: 'sign' }]],
    ['an agreement to sign', agreement('to_sign'), [{ ...agreed, action: 'sign' }]],
    ['an agreement under review', agreement('in_review'), [{ ...agreed, action: 'wait' }]],
    ...(['refused', 'declined', 'expired', 'ended'] as const).map((state) => {
      const anew: RepairStep = { ...agree, action: 'sign' }
      return [`an agreement that is ${state}`, agreement(state), [anew]] as const
    }),
    ['left out', row.leftOut, [authorise(all)]],
    ['left out and never activated', { ...row.leftOut, connection: { activatedAt: null } }, [authorise(all), activate]],
    [
      'lost, and somebody else has it',
      { consents: [revoked, another({})], ...onlyAnna },
      [choose({ sourcePersonId: 'bo' })],
    ],
    [
      'lost, and somebody unknown has it',
      { consents: [revoked, another({ personId: null })], ...onlyAnna },
      [choose({ sourceFallback: true })],
    ],
    ['lost, and nobody has it', row.accessLost, [authorise(all)]],
    ['withdrawn', row.revoked, [authorise(all)]],
    ['ran out', row.expired, [renew]],
    ['to be reconfirmed', { consents: [consent({ reconfirmBy: day(60) })] }, [reconfirm]],
    [
      'to be reconfirmed by the chosen one',
      { consents: [consent({ reconfirmBy: day(60) })], ...onlyAnna },
      [reconfirm],
    ],
    ['never ticked', row.neverTicked, [authorise(all)]],
    ['never ticked and never activated', { ...row.neverTicked, connection: { activatedAt: null } }, [authorise(all)]],
    ['not completed', row.incomplete, [authorise(all)]],
    [
      'not completed, by whoever had the link',
      { sessions: [session({ personId: null })] },
      [authorise({ ...bank, ...account })],
    ],
    ['never connected', row.notConnected, [authorise({ ...bank, ...account })]],
    ['never connected, and reached in two ways', { bankInstitutionIds: ['a', 'b'] }, [authorise(account)]],
    ['never connected, and no ledger account', card, [authorise(bank)]],
  ]
  for (const [what, changes, repair] of cases) t.strictSame(derive(changes).repair, repair, what)
  t.end()
})

test('a reason names the bank, the ledger account or the masked IBAN, and never the whole number', (t) => {
  t.match(derive(row.neverTicked).reason, /Fjordbank .*NO93 •••• 7947/)
  t.match(derive(row.ledgerAccountNotFound).reason, /bank-1/)
  t.match(derive(agreement('in_review', ['random check', 'newly founded'])).reason, /: random check, newly founded\.$/)
  for (const changes of Object.values(row)) t.notMatch(derive(changes).reason, iban)
  t.end()
})

test('what the bank would still give is told apart from what is fetched', (t) => {
  const cases: readonly (readonly [string, Changes, string])[] = [
    ['deactivated here', together(row.active, row.deactivated), 'live'],
    ['withdrawn at the bank', row.revoked, 'ended'],
    [
      'ended by us where only the bank can end it',
      { consents: [consent({ ended: { at: day(50), by: 'api' } })] },
      'live',
    ],
    ['one of two unknown', { consents: [revoked, another({ bankAccess: 'unknown' })] }, 'unknown'],
    ['ran out, as far as the bank was heard', row.expired, 'ended'],
    ['never covered', row.neverTicked, 'none'],
  ]
  for (const [what, changes, bankAccess] of cases) t.equal(derive(changes).bankAccess, bankAccess, what)
  t.end()
})

test('renewal is asked for 30 days before the end, or a third of a short consent', (t) => {
  t.strictSame(derive(row.active).renewFrom, day(160))
  t.strictSame(derive({ consents: [consent({ validFrom: day(90), expiresAt: day(120) })] }).renewFrom, day(110))
  t.equal(derive(row.notConnected).renewFrom, null)
  t.end()
})

// Few different instants and names, so that coincidences (two things at one instant, the same person twice) are common.
const instants = fc.integer({ min: 0, max: 60 }).map(day)
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const people = maybe(fc.constantFrom('anna', 'bo'))
const banks = fc.constantFrom('berlin-group.fjord', 'powens.fjord')

const anyConsent = fc
  .record({
    id: fc.uuid(),
    personId: people,
    personRemovedAt: maybe(instants),
    institutionId: banks,
    validFrom: instants,
    expiresAt: instants,
    reconfirmBy: maybe(instants),
    ended: maybe(fc.record({ at: instants, by: fc.constantFrom('bank', 'api', 'expiry', 'superseded') })),
    bankAccess: fc.constantFrom('live', 'ended', 'unknown'),
    cover: maybe(fc.record({ from: instants, supersededAt: maybe(instants) })),
  })
  .map(consent)

const anySession = fc
  .record({
    namesIt: fc.boolean(),
    institutionId: maybe(banks),
    status: fc.constantFrom('opened', 'redirected', 'completed', 'failed', 'cancelled', 'expired', 'withdrawn'),
    createdAt: instants,
    redirectedAt: maybe(instants),
    endedAt: maybe(instants),
  })
  .map(session)

const anyFacts = fc
  .record({
    connection: fc.record({
      assignment: fc.constantFrom<Assignment>(null, 'none', { personId: 'carl' }, { ledgerAccountId: 'bank-1' }),
      assignedAt: instants,
      ledgerAccountHadIban: fc.boolean(),
      ledgerAccountGoneAt: maybe(instants),
      sourcePersonId: people,
      sourceFallback: fc.boolean(),
      sourceChosenAt: instants,
      activatedAt: maybe(instants),
      deactivatedAt: maybe(instants),
      createdAt: instants,
    }),
    ledgerAccount: maybe(
      fc.record({
        id: fc.constant('bank-1'),
        iban: maybe(fc.constant(iban)),
        institutionId: maybe(banks),
        ibanChangedAt: instants,
      }),
    ),
    agreement: maybe(
      fc.record({
        state: fc.constantFrom(...agreementStates),
        at: instants,
        reasons: fc.constant([]),
        institutionId: banks,
      }),
    ),
    consents: fc.array(anyConsent, { maxLength: 3 }),
    sessions: fc.array(anySession, { maxLength: 2 }),
    bankInstitutionIds: fc.subarray(['berlin-group.fjord', 'powens.fjord']),
  })
  .map(facts)

const anyInstant = fc
  .record({ instant: instants, ms: fc.constantFrom(-1, 0, 1, 43_200_000) })
  .map(({ instant, ms }) => plus(instant, ms))

test('whatever the facts, there is a status, and until it may next change nothing changes', (t) => {
  fc.assert(
    fc.property(anyFacts, anyInstant, (those, at) => {
      const derived = deriveStatus(those, at)
      const { nextChangeAt, since, status } = derived
      assert.ok(connectionStatuses.includes(status))
      assert.ok(nextChangeAt === null || nextChangeAt > at)
      // A connection that was made in the future, as another machine's clock may have it, has no past to look at.
      const { createdAt } = those.connection
      if (at < createdAt) return
      const last = nextChangeAt === null ? day(10_000) : plus(nextChangeAt, -1)
      const middle = new Date((at.getTime() + last.getTime()) / 2)
      for (const later of [middle, last]) assert.deepStrictEqual(deriveStatus(those, later), derived)
      assert.ok(createdAt <= since && since <= at)
      assert.equal(deriveStatus(those, since).status, status)
      if (createdAt < since) assert.notEqual(deriveStatus(those, plus(since, -1)).status, status)
    }),
    { numRuns: 5000 },
  )
  t.end()
})

test('a consent in use is usable, covers the account, and is one that may be used', (t) => {
  fc.assert(
    fc.property(anyFacts, anyInstant, (those, at) => {
      const { effectiveConsentId, sourceInUse, status } = deriveStatus(those, at)
      const used = those.consents.find(({ id }) => id === effectiveConsentId)
      if (used === undefined) return !['unassigned', 'inactive', 'active'].includes(status)
      const { sourcePersonId, sourceFallback, sourceChosenAt } = those.connection
      const isAllowed =
        at < sourceChosenAt || sourcePersonId === null || sourceFallback || sourcePersonId === used.personId
      const { from, supersededAt } = used.cover ?? { from: day(99_999), supersededAt: null }
      const ends = [used.expiresAt, used.reconfirmBy, used.ended?.at ?? null, used.personRemovedAt, supersededAt]
      const isOver = ends.some((end) => end !== null && end <= at)
      return isAllowed && !isOver && from <= at && used.validFrom <= at && sourceInUse === used.personId
    }),
    { numRuns: 2000 },
  )
  t.end()
})
