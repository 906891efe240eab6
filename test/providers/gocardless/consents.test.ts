import { test } from 'tap'
import type { SessionFailure } from '../../../src/providers/provider.ts'
import { refusalOf } from '../../support/refusal.ts'
import { anApi, aSimulator, callbackUrl, granted, nativeId, now, psu, refTo, started } from './api.ts'

const ask = { nativeId, callbackUrl, state: 'state-x', validDays: 180, language: 'nb-NO', psu, now }
const institution = 'GET institutions/FJORDBANKEN_FJORNO22/'
const agreements = 'POST agreements/enduser/'
const requisitions = 'POST requisitions/'
const bank = {
  id: nativeId,
  name: 'Fjordbanken',
  countries: ['NO'],
  logo: '',
  transaction_total_days: '730',
  max_access_valid_for_days: '180',
  supported_features: [],
}
const refused = (fields: object, status = 400) => ({ status, json: { ...fields, status_code: status } })

async function anOpenApi(t: Parameters<typeof anApi>[0], more: object = {}) {
  const api = await anApi(t)
  api.replies.set(institution, { json: { ...bank, ...more } })
  api.replies.set(agreements, { status: 201, json: { id: 'eua-1' } })
  api.replies.set(requisitions, { status: 201, json: { id: 'r-1', link: 'https://ob.example/start/r-1' } })
  return { ...api, agreed: () => api.sent(agreements) }
}

test('a consent is asked for with all that the institution gives, and the state is the reference', async (t) => {
  const { provider, sent, agreed } = await anOpenApi(t)
  const { redirectUrl, ref } = await provider.startConsent(ask)
  t.equal(redirectUrl, 'https://ob.example/start/r-1')
  t.same(JSON.parse(ref), { requisitionId: 'r-1', agreementId: 'eua-1', historyDays: 730, reconfirms: false })
  t.same(agreed(), [
    {
      institution_id: nativeId,
      max_historical_days: 730,
      access_valid_for_days: 180,
      access_scope: ['balances', 'details', 'transactions'],
    },
  ])
  t.same(sent(requisitions)[0], {
    redirect: callbackUrl,
    institution_id: nativeId,
    agreement: 'eua-1',
    reference: 'state-x',
    user_language: 'NO',
  })
  t.equal(provider.stateIn({ ref: 'state-x', error: 'UserCancelledSession' }), 'state-x')
  t.equal(provider.stateIn({ state: 'state-x' }), undefined)
})

test('what is asked for fits the institution', async (t) => {
  const british = {
    countries: ['GB'],
    max_access_valid_for_days: '90',
    max_access_valid_for_days_reconfirmation: '730',
  }
  const cases: [string, object, number, object][] = [
    ['fewer days than it gives', {}, 30, { access_valid_for_days: 30 }],
    ['no more than it gives', { max_access_valid_for_days: '90' }, 180, { access_valid_for_days: 90 }],
    [
      'what it does not say',
      { max_access_valid_for_days: undefined, transaction_total_days: undefined },
      180,
      { access_valid_for_days: 90, max_historical_days: 90 },
    ],
    [
      'long history and access after it do not go together',
      { supported_features: ['separate_continuous_history_consent'] },
      180,
      { max_historical_days: 90 },
    ],
    ['reconfirmed in the UK', british, 180, { access_valid_for_days: 180, reconfirmation: true }],
    ['for 90 days without', british, 90, { access_valid_for_days: 90, reconfirmation: undefined }],
    [
      'reconfirmed, as the features say',
      {
        ...british,
        max_access_valid_for_days: '180',
        max_access_valid_for_days_reconfirmation: undefined,
        supported_features: ['reconfirmation_of_consent'],
      },
      180,
      { reconfirmation: true },
    ],
    [
      'in many countries, of which one is the UK',
      { countries: ['NO', 'GB'] },
      180,
      { access_valid_for_days: 180, reconfirmation: undefined },
    ],
  ]
  for (const [name, more, validDays, expected] of cases) {
    const { provider, agreed } = await anOpenApi(t, more)
    const { ref } = await provider.startConsent({ ...ask, validDays })
    const [sent] = agreed()
    const fields = new Map<string, unknown>(Object.entries(Object(sent)))
    for (const [field, value] of Object.entries(expected)) t.same(fields.get(field), value, `${name}: ${field}`)
    t.match(JSON.parse(ref), {
      historyDays: fields.get('max_historical_days'),
      reconfirms: fields.has('reconfirmation'),
    })
  }
})

test('a link with blanks in it is one that a header can hold', async (t) => {
  const { provider, replies } = await anOpenApi(t)
  replies.set(requisitions, { status: 201, json: { id: 'r-1', link: 'https://ob.example/start/\nr-1 ' } })
  t.equal((await provider.startConsent(ask)).redirectUrl, 'https://ob.example/start/r-1')
})

test('what is wrong with a reconfirmation is told without the account’s id', async (t) => {
  const { provider, replies } = await anApi(t)
  replies.set('GET requisitions/r-1/', { json: { status: 'LN', accounts: ['a-1'] } })
  replies.set('GET agreements/enduser/eua-1/', {
    json: { created: '2026-11-20T10:00:00Z', access_valid_for_days: 180, reconfirmation: true },
  })
  replies.set('GET agreements/enduser/eua-1/reconfirm/', { json: { accounts: { 'a-1': { reconfirmed: 'soon' } } } })
  t.match(await refusalOf(provider.consentState({ nativeId, ref: refTo('r-1') })), {
    message: 'GoCardless, reconfirmation: $.accounts[0].reconfirmed should be an instant',
  })
})

const told = (summary: string, detail: string) => ({ summary, detail })

test('what is refused is taken back, and the rest asked for again', async (t) => {
  const days = told('Incorrect access_valid_for_days', 'access_valid_for_days must be > 0 and <= 120')
  const british = {
    countries: ['GB'],
    max_access_valid_for_days: '180',
    supported_features: ['reconfirmation_of_consent'],
  }
  const cases: [string, object, object, object][] = [
    ['days, with a bound', {}, refused({ access_valid_for_days: [days] }), { access_valid_for_days: 120 }],
    [
      'days, without a bound that helps',
      {},
      refused({ access_valid_for_days: told('Incorrect', 'must be > 0 and <= 180') }),
      { access_valid_for_days: 90 },
    ],
    [
      'history, with a bound',
      {},
      refused({ max_historical_days: told('', 'must be > 0 and <= X transaction_total_days (365)') }),
      { max_historical_days: 365, access_valid_for_days: 180 },
    ],
    [
      'both',
      {},
      refused({ max_historical_days: [''], access_valid_for_days: [days] }),
      { max_historical_days: 90, access_valid_for_days: 120 },
    ],
    [
      'scopes that it has not',
      {},
      refused({
        access_scope: [
          told(
            'Unsupported',
            "The access scopes supported by the institution are ['transactions', 'details']. The following scopes are not supported: ['balances']",
          ),
        ],
      }),
      { access_scope: ['details', 'transactions'] },
    ],
    [
      'reconfirmation that it has not',
      british,
      refused({ reconfirmation: told('Reconfirmation not supported', '') }),
      { reconfirmation: undefined, access_valid_for_days: 90 },
    ],
    [
      'reconfirmation that we may not ask for',
      british,
      refused(told('', 'You do not have permission to enable reconfirmation.'), 403),
      { reconfirmation: undefined, access_valid_for_days: 90 },
    ],
    [
      'reconfirmation for so few days',
      british,
      refused({ access_valid_for_days: told('', 'must be > 0 and <= 90') }),
      { reconfirmation: undefined, access_valid_for_days: 90 },
    ],
  ]
  for (const [name, more, refusal, expected] of cases) {
    const { provider, replies, agreed } = await anOpenApi(t, more)
    replies.set(agreements, ({ times }) => (times === 0 ? refusal : { status: 201, json: { id: 'eua-2' } }))
    const { ref } = await provider.startConsent(ask)
    t.match(JSON.parse(ref), { agreementId: 'eua-2' }, name)
    t.equal(agreed().length, 2, name)
    const fields = new Map<string, unknown>(Object.entries(Object(agreed()[1])))
    for (const [field, value] of Object.entries(expected)) t.same(fields.get(field), value, `${name}: ${field}`)
  }
})

test('what cannot be taken back is a refusal, and trying ends', async (t) => {
  const { provider, replies, agreed } = await anOpenApi(t)
  const cases: [object, number, string][] = [
    [refused({ institution_id: told('x', '') }), 1, 'refused'],
    [
      refused({ access_scope: [told('x', "The access scopes supported by the institution are ['balances'].")] }),
      1,
      'refused',
    ],
    [refused({ access_scope: [told('x', "required together: ['balances', 'details']")] }), 1, 'refused'],
    [refused({ access_valid_for_days: told('x', '') }), 2, 'refused'],
    [refused({}, 402), 1, 'refused'],
    [refused(told('x', 'Institution X is not operational'), 503), 1, 'temporary'],
    [{ status: 400, body: '<html></html>' }, 1, 'refused'],
  ]
  for (const [refusal, tries, kind] of cases) {
    const before = agreed().length
    replies.set(agreements, refusal)
    t.match(await refusalOf(provider.startConsent(ask)), { kind, message: /^GoCardless, new agreement: / })
    t.equal(agreed().length - before, tries, JSON.stringify(refusal))
  }
  let bound = 180
  replies.set(agreements, () => refused({ access_valid_for_days: told('x', `must be > 0 and <= ${(bound -= 1)}`) }))
  const before = agreed().length
  await refusalOf(provider.startConsent(ask))
  t.equal(agreed().length - before, 5)
})

test('a language that they do not speak is done without', async (t) => {
  const { provider, replies, sent } = await anOpenApi(t)
  const unspoken = refused({ user_language: { summary: 'Provided user_language is invalid', detail: 'x' } })
  replies.set(requisitions, ({ times }) =>
    times === 0 ? unspoken : { status: 201, json: { id: 'r-1', link: 'https://ob.example/' } },
  )
  await provider.startConsent({ ...ask, language: 'cy' })
  t.match(sent(requisitions)[0], { user_language: 'CY' })
  t.notOk('user_language' in Object(sent(requisitions)[1]))
  const { language: _, ...wordless } = ask
  await provider.startConsent(wordless)
  t.notOk('user_language' in Object(sent(requisitions)[2]))
})

test('the person ticks the accounts on the page where the bank lets them, and is not asked where it does not after all', async (t) => {
  const { provider, replies, sent } = await anOpenApi(t, { supported_features: ['account_selection'] })
  const unsupported = refused({ account_selection: { summary: 'Account selection not supported', detail: 'x' } })
  replies.set(requisitions, ({ times }) =>
    times === 1 ? unsupported : { status: 201, json: { id: 'r-1', link: 'https://ob.example/' } },
  )
  await provider.startConsent(ask)
  t.match(sent(requisitions)[0], { account_selection: true, user_language: 'NO' })
  await provider.startConsent(ask)
  t.match(sent(requisitions)[1], { account_selection: true })
  t.match(sent(requisitions)[2], { user_language: 'NO' })
  t.notOk('account_selection' in Object(sent(requisitions)[2]))
})

test('only a whole web address is a place to send a browser to, and an institution that is gone leads nowhere', async (t) => {
  const { provider, replies } = await anOpenApi(t)
  for (const link of ['/start', 'javascript:alert(1)', '', undefined, 'ob.example/start']) {
    replies.set(requisitions, { status: 201, json: { id: 'r-1', link } })
    t.match(await refusalOf(provider.startConsent(ask)), { kind: 'nonsense' }, String(link))
  }
  replies.delete(institution)
  t.match(await refusalOf(provider.startConsent(ask)), {
    kind: 'refused',
    message: 'GoCardless, institution: it is not reached any more',
  })
})

test('an approval is granted with what the bank gave, whatever the callback says', async (t) => {
  const simulated = await aSimulator(t)
  const { provider, clock, simulator } = simulated
  const { outcome, consent, state, landed } = await granted(simulated)
  t.equal(provider.stateIn(Object.fromEntries(landed.searchParams)), state)
  t.match(outcome, { ref: consent.ref, validFrom: now })
  t.equal(outcome.expiresAt.toISOString(), '2027-05-20T12:00:00.000Z', '180 days after it was accepted')
  t.notOk('reconfirmBy' in outcome)
  t.match(outcome.accounts, [
    {
      name: 'Driftskonto',
      type: 'current',
      iban: 'NO9386011117947',
      currency: 'NOK',
      owner: 'Fjellheim Bygg AS',
      usage: 'business',
    },
    { name: 'Firmakort', type: 'card', maskedPan: '525412******3241', currency: 'NOK' },
  ])
  clock.advance({ hours: 1 })
  const again = { ...consent, psu, now: clock.now() }
  for (const query of [{}, { ref: state, error: 'UserCancelledSession' }, { error: 'RequisitionLinkReused' }])
    t.same(await provider.completeConsent({ ...again, query }), outcome, 'and again the same')
  t.equal(simulator.dataCalls(), 0, 'nothing was asked for that counts')
  const details = simulator.answers.filter(({ path }) => path.includes('/details'))
  t.equal(details.length, 2 * 4)
})

test('an approval that is still under way is pending, unless the callback has a word for its end', async (t) => {
  const { provider, replies } = await anApi(t)
  const complete = (error?: string) =>
    provider.completeConsent({
      nativeId,
      ref: refTo('r-1'),
      query: { ref: 'x', ...(error !== undefined && { error }) },
      psu,
      now,
    })
  const failures: Record<string, SessionFailure> = {
    UserCancelledSession: 'cancelled_by_person',
    UserSessionRejected: 'rejected_by_bank',
    SSNVerificationFailed: 'rejected_by_bank',
    InstitutionTechnicalError: 'bank_unavailable',
    GoCardlessTechnicalError: 'provider_error',
    UnknownError: 'provider_error',
    CompanyRequisitionLimitReached: 'provider_error',
  }
  for (const status of ['CR', 'GC', 'UA', 'SA', 'GA', 'ID']) {
    replies.set('GET requisitions/r-1/', { json: { status, accounts: [] } })
    t.same(await complete(), { kind: 'pending' }, status)
    for (const word of ['RequisitionLinkReused', 'ConsentLinkReused', 'SomethingNew', 'toString', ''])
      t.same(await complete(word), { kind: 'pending' }, `${status} ${word}`)
    for (const [word, failure] of Object.entries(failures))
      t.match(await complete(word), { kind: 'failed', failure }, `${status} ${word}`)
  }
})

test('an approval that has ended says why by its status', async (t) => {
  const { provider, replies } = await anApi(t)
  const complete = () =>
    provider.completeConsent({ nativeId, ref: refTo('r-1'), query: { error: 'UserCancelledSession' }, now })
  const cases = { RJ: 'rejected_by_bank', ER: 'provider_error', SU: 'provider_error', EX: 'timed_out' }
  for (const [status, failure] of Object.entries(cases)) {
    replies.set('GET requisitions/r-1/', { json: { status, accounts: [] } })
    t.match(await complete(), { kind: 'failed', failure }, status)
  }
  replies.delete('GET requisitions/r-1/')
  t.match(await complete(), { kind: 'failed', failure: 'provider_error' }, 'not known any more')
  for (const json of [
    { status: 'XX', accounts: [] },
    { accounts: [] },
    { status: 'LN' },
    { status: 'LN', accounts: [7] },
  ]) {
    replies.set('GET requisitions/r-1/', { json })
    t.equal((await refusalOf(complete())).kind, 'nonsense', JSON.stringify(json))
  }
})

test('who turns back, is refused, or meets a bank that is down comes back with the right word', async (t) => {
  const simulated = await aSimulator(t)
  const { provider, simulator } = simulated
  const visited = async (kind: 'cancel' | 'reject' | 'approve') => {
    const { redirectUrl, ...attempt } = await started(simulated)
    const query = Object.fromEntries(new URL(await simulator.visit(redirectUrl, { kind })).searchParams)
    return provider.completeConsent({ ...attempt, query, psu, now })
  }
  t.match(await visited('cancel'), { failure: 'cancelled_by_person' })
  t.match(await visited('reject'), { failure: 'rejected_by_bank' })
  simulator.settings.failsAtBank = 'InstitutionTechnicalError'
  t.match(await visited('approve'), { failure: 'bank_unavailable' })
})

test('a consent lasts as long as was agreed, from when it was accepted', async (t) => {
  const { provider, replies } = await anApi(t)
  replies.set('GET requisitions/r-1/', { json: { status: 'LN', accounts: ['a-1'] } })
  replies.set('GET accounts/a-1/', { json: {} })
  replies.set('GET accounts/a-1/details/', { json: { account: { iban: 'NO9386011117947', currency: 'NOK' } } })
  const created = '2026-11-01T00:00:00Z'
  const cases: [object, string][] = [
    [{ accepted: '2026-11-20T10:00:00.123456Z' }, '2027-02-18T10:00:00.123Z'],
    [{ accepted: '2026-11-20 10:00:00.123456+00:00' }, '2027-02-18T10:00:00.123Z'],
    [{ accepted: '2026-11-20T12:00:00+02:00' }, '2027-02-18T10:00:00.000Z'],
    [{ accepted: '2026-11-20T10:00:00' }, '2027-02-18T10:00:00.000Z'],
    // Not later than it can be.
    [{ accepted: null }, '2027-01-30T00:00:00.000Z'],
    [{}, '2027-01-30T00:00:00.000Z'],
    [{ accepted: '2026-11-20T10:00:00Z', access_valid_for_days: 180 }, '2027-05-19T10:00:00.000Z'],
  ]
  const complete = () => provider.completeConsent({ nativeId, ref: refTo('r-1'), query: {}, now })
  for (const [agreement, expiresAt] of cases) {
    replies.set('GET agreements/enduser/eua-1/', { json: { created, access_valid_for_days: 90, ...agreement } })
    const outcome = await complete()
    t.equal(outcome.kind === 'granted' && outcome.expiresAt.toISOString(), expiresAt, JSON.stringify(agreement))
    t.same(await provider.consentState({ nativeId, ref: refTo('r-1') }), {
      state: 'usable',
      expiresAt: new Date(expiresAt),
    })
  }
  const wrong: object[] = [
    { accepted: 'yesterday' },
    { accepted: 7 },
    { accepted: '2026-11-31T10:00:00X' },
    { access_valid_for_days: '90' },
    { access_valid_for_days: 0 },
    { created: null },
  ]
  for (const agreement of wrong) {
    replies.set('GET agreements/enduser/eua-1/', { json: { created, access_valid_for_days: 90, ...agreement } })
    t.equal((await refusalOf(complete())).kind, 'nonsense', JSON.stringify(agreement))
  }
  replies.delete('GET agreements/enduser/eua-1/')
  t.match(await complete(), { kind: 'failed', failure: 'provider_error' })
})

test('a consent is usable until it ends here or at the bank', async (t) => {
  const simulated = await aSimulator(t)
  const { provider, simulator, clock } = simulated
  const { consent, outcome } = await granted(simulated)
  t.same(await provider.consentState(consent), { state: 'usable', expiresAt: outcome.expiresAt })
  await simulator.endAtBank()
  t.same(await provider.consentState(consent), { state: 'revoked' })

  const second = await granted(simulated)
  clock.advance({ days: 180 })
  t.same(await provider.consentState(second.consent), { state: 'expired' })
  t.equal(await provider.revokeConsent(second.consent), 'ended')
  t.same(await provider.consentState(second.consent), { state: 'revoked' })
  t.equal(await provider.revokeConsent(second.consent), 'ended', 'again is harmless')
})

test('one account that cannot be read is no end of the consent, and a bank that is down tells nothing', async (t) => {
  const { provider, replies } = await anApi(t)
  const agreement = { created: now.toISOString(), accepted: now.toISOString(), access_valid_for_days: 90 }
  replies.set('GET requisitions/r-1/', { json: { status: 'LN', accounts: ['a-1', 'a-2'] } })
  replies.set('GET agreements/enduser/eua-1/', { json: agreement })
  const state = () => provider.consentState({ nativeId, ref: refTo('r-1') })
  const details = (id: string, status: number, type?: string) =>
    replies.set(`GET accounts/${id}/details/`, {
      status,
      json: status === 200 ? { account: {} } : { summary: 'x', detail: '', type },
    })
  const gone = 'AccessExpiredError'
  details('a-1', 401, gone)
  details('a-2', 200)
  t.match(await state(), { state: 'usable' })
  for (const type of ['AccountAccessForbidden', 'AccountResourceUnavailable', 'AccountInactiveError']) {
    details('a-2', 403, type)
    t.match(await state(), { state: 'usable' }, type)
  }
  details('a-2', 401, gone)
  t.match(await state(), { state: 'revoked' })
  details('a-2', 409, 'AccountSuspended')
  t.match(await state(), { state: 'revoked' })
  details('a-2', 503, 'ServiceError')
  t.equal((await refusalOf(state())).kind, 'temporary')
  details('a-2', 429, 'RateLimitError')
  t.equal((await refusalOf(state())).kind, 'rate_limited')
  replies.delete('GET agreements/enduser/eua-1/')
  t.match(await state(), { state: 'revoked' })
  for (const [status, expected] of [
    ['EX', 'expired'],
    ['SU', 'revoked'],
    ['ER', 'revoked'],
    ['RJ', 'revoked'],
  ] as const) {
    replies.set('GET requisitions/r-1/', { json: { status, accounts: [] } })
    t.same(await state(), { state: expected }, status)
  }
  replies.set('GET requisitions/r-1/', { json: { status: 'GA', accounts: [] } })
  t.equal((await refusalOf(state())).kind, 'needs_person')
})

const day = (instant: Date | undefined) => instant?.toISOString().slice(0, 10)

test('in the UK the person reconfirms, on a page of GoCardless, and late is not too late', async (t) => {
  const simulated = await aSimulator(t)
  const { provider, simulator, clock } = simulated
  const { consent, outcome } = await granted(simulated, 'THAMESBANK_THAMGB2L')
  t.same([day(outcome.reconfirmBy), day(outcome.expiresAt)], ['2027-02-19', '2027-05-20'])
  const stateNow = async () => {
    const state = await provider.consentState(consent)
    return state.state === 'usable' ? day(state.reconfirmBy) : state.state
  }
  t.equal(await stateNow(), '2027-02-19')

  clock.advance({ days: 80 })
  const reconfirm = () =>
    provider.startReconfirmation?.({ ...consent, callbackUrl: 'https://bankfeed.example/again', now: clock.now() })
  const page = await reconfirm()
  t.equal(await stateNow(), '2027-02-19', 'asked is not done')
  t.match(
    await simulator.visit(page?.redirectUrl ?? '', { kind: 'approve' }),
    /^https:\/\/bankfeed\.example\/again\?ref=/,
  )
  t.equal(await stateNow(), '2027-05-10')

  clock.advance({ days: 91 })
  t.equal(await stateNow(), '2027-05-10', 'it waits, and nothing is lost')
  const account = { ...consent, accountRef: outcome.accounts[0]?.ref ?? '', currency: 'NOK', now: clock.now() }
  t.match(await refusalOf(provider.fetchBalances(account)), { kind: 'consent_gone', ended: undefined })
  await simulator.visit((await reconfirm())?.redirectUrl ?? '', { kind: 'approve' })
  t.equal(await stateNow(), '2027-05-20', 'no longer than the consent itself')
  t.equal((await provider.fetchBalances({ ...account, now: clock.now() })).balances.length, 2)

  await simulator.visit((await reconfirm())?.redirectUrl ?? '', { kind: 'cancel' })
  t.equal(await stateNow(), '2027-05-20', 'at that instant it was both')
  clock.advance({ minutes: 1 })
  await simulator.visit((await reconfirm())?.redirectUrl ?? '', { kind: 'cancel' })
  t.equal(await stateNow(), 'revoked')
})

test('where we may not ask for reconfirmation, a British consent is one of 90 days', async (t) => {
  const simulated = await aSimulator(t)
  simulated.simulator.settings.mayReconfirm = false
  const { outcome } = await granted(simulated, 'THAMESBANK_THAMGB2L')
  t.equal(outcome.expiresAt.toISOString(), '2027-02-19T12:00:00.000Z')
  t.notOk('reconfirmBy' in outcome)
})

test('banks with habits of their own are asked for what they give', async (t) => {
  const simulated = await aSimulator(t)
  const polish = await granted(simulated, 'PODLASIE_PODLPLPW')
  t.equal(polish.outcome.expiresAt.toISOString(), '2027-02-19T12:00:00.000Z')
  const bare = await granted(simulated, 'SAVINGSONLY_SAVODEFF')
  t.match(bare.outcome.accounts, [
    { iban: 'NO9386011117947', name: 'Driftskonto', currency: 'XXX' },
    { maskedPan: '525412******3241' },
  ])
  t.match(await refusalOf(started(simulated, 'QUIETBANK_QUIENL2A')), { kind: 'temporary' })
})

test('no consent ends because somebody else than GoCardless answers that there is nothing', async (t) => {
  const { provider, replies } = await anApi(t)
  const consent = { nativeId, ref: refTo('r-1') }
  for (const said of [{ body: '<html>Not Found</html>' }, { json: { message: 'no Route matched' } }, {}]) {
    for (const method of ['GET', 'DELETE']) replies.set(`${method} requisitions/r-1/`, { status: 404, ...said })
    t.match(await refusalOf(provider.consentState(consent)), { kind: 'refused' })
    t.match(await refusalOf(provider.revokeConsent(consent)), { kind: 'refused' })
  }
})

test('a reference that we did not make is no reference', async (t) => {
  const { provider } = await anApi(t)
  for (const ref of ['{}', '[]', 'null', JSON.stringify({ requisitionId: 1 }), refTo('r-1', { historyDays: '90' })])
    await t.rejects(provider.revokeConsent({ nativeId, ref }), /not a reference to a GoCardless requisition/, ref)
  await t.rejects(provider.revokeConsent({ nativeId, ref: '' }))
})

test('an id that GoCardless makes up cannot lead elsewhere in its API', async (t) => {
  const { provider, lines } = await anApi(t)
  t.equal(await provider.revokeConsent({ nativeId, ref: refTo('../accounts/a?x=') }), 'ended')
  t.same(lines, ['DELETE requisitions/..%2Faccounts%2Fa%3Fx%3D/'])
})
