import { test, type Test } from 'tap'
import { refusalOf } from '../../support/refusal.ts'
import { aBank, errorOf, nativeId, now, psu } from './bank.ts'

const ask = {
  programme: 'norbro',
  key: 'attempt-1',
  company: { name: 'Fjordlys Handel AS', country: 'NO', organisationNumber: '923609016' },
  signatory: { name: 'Anna Berg', email: 'anna@fjordlys.example', phone: '+47 400 00 000' },
  returnUrl: 'https://bankfeed.example/agreed?of=abc',
  now,
}
const ref = JSON.stringify({ agreementId: 'agr/1' })
const told = {
  agreementId: 'agr/1',
  agreementStatus: 'awaitingSignature',
  lastStatusChange: '2026-11-20T08:00:00.000Z',
  reviewReasons: [],
  signingValidUntil: '2026-12-04T08:00:00.000Z',
  _links: { signing: { href: 'https://norbro.example/sign/1' } },
}
const path = '/programme/v1/agreements'

async function aProgramme(t: Test) {
  const { origin, ...scripted } = await aBank(t)
  const agreement = { id: 'norbro', name: 'Norbro', baseUrl: `${origin}/programme` }
  const bank = await aBank(t, { config: { agreement } })
  const { agreements } = bank.provider
  if (agreements === undefined) throw new Error('the provider asks for no agreements')
  return { ...scripted, origin, bank, agreements }
}

test('an agreement is asked for with who signs, under a key of ours', async (t) => {
  const { replies, asked, agreements, bank } = await aProgramme(t)
  replies.set(`POST ${path}`, { status: 201, json: told })
  t.strictSame(await agreements.start(ask), {
    ref,
    signingUrl: 'https://norbro.example/sign/1',
    linkEndsAt: new Date('2026-12-04T08:00:00.000Z'),
  })
  const { headers, body } = asked(`POST ${path}`)
  t.match(headers['x-request-id'], /^[0-9a-f-]{36}$/)
  t.strictSame(JSON.parse(body), {
    externalId: 'attempt-1',
    organisation: { name: 'Fjordlys Handel AS', country: 'NO', registrationNumber: '923609016' },
    signatory: ask.signatory,
    returnUri: ask.returnUrl,
  })
  t.match(await bank.provider.listInstitutions(), [{ agreement: { nativeId: 'norbro', name: 'Norbro' } }])
  t.equal((await aBank(t)).provider.agreements, undefined, 'no bank asks for one')
})

test('how it stands is told in our words, and a reason that we do not know is one all the same', async (t) => {
  const { replies, agreements } = await aProgramme(t)
  const state = async (status: string, reviewReasons: readonly object[] = []) => {
    replies.set(`GET ${path}/agr%2F1`, { json: { ...told, agreementStatus: status, reviewReasons } })
    return agreements.state({ programme: 'norbro', ref, now })
  }
  const since = new Date('2026-11-20T08:00:00.000Z')
  for (const [theirs, ours] of [
    ['awaitingSignature', 'to_sign'],
    ['underReview', 'in_review'],
    ['approved', 'approved'],
    ['rejected', 'refused'],
    ['declined', 'declined'],
    ['linkExpired', 'expired'],
    ['withdrawnByTpp', 'ended'],
    ['terminated', 'ended'],
  ] as const)
    t.strictSame(await state(theirs), { state: ours, reasons: [], since }, theirs)
  const reasons = [
    'RANDOM_CHECK',
    'NEWLY_ESTABLISHED',
    'PEP',
    'FINANCING',
    'PAYMENT_COUNTRIES',
    'INDUSTRY',
    'RELATED_PERSONS',
    'NEW',
  ]
  t.strictSame(
    (
      await state(
        'underReview',
        reasons.map((code) => ({ code })),
      )
    ).reasons.map(({ code }) => code),
    [
      'random_check',
      'newly_founded',
      'politically_exposed_person',
      'financing',
      'countries',
      'industry',
      'people',
      'other',
    ],
  )
  t.match(await state('underReview', [{ code: 'NEW', text: ' Send the deed. ' }]), {
    reasons: [{ code: 'other', text: 'Send the deed.' }],
  })
  replies.set(`GET ${path}/agr%2F1`, errorOf(404, 'RESOURCE_UNKNOWN'))
  t.strictSame(await agreements.state({ programme: 'norbro', ref, now }), { state: 'ended', reasons: [] })
})

test('it is ended there, and ending it again is harmless', async (t) => {
  const { replies, agreements } = await aProgramme(t)
  for (const reply of [{ status: 204, body: '' }, errorOf(404, 'RESOURCE_UNKNOWN')]) {
    replies.set(`DELETE ${path}/agr%2F1`, reply)
    await agreements.end({ programme: 'norbro', ref })
  }
  replies.set(`DELETE ${path}/agr%2F1`, errorOf(503, 'SERVICE_UNAVAILABLE'))
  t.match(await refusalOf(agreements.end({ programme: 'norbro', ref })), { kind: 'temporary' })
})

test('an answer without what we need is nonsense, and a programme that is not configured is refused', async (t) => {
  const { replies, agreements } = await aProgramme(t)
  for (const wrong of [
    { agreementId: 'a b' },
    { agreementStatus: 'whatever' },
    { _links: {} },
    { _links: { signing: { href: 'javascript:alert(1)' } } },
    { signingValidUntil: 'soon' },
    { reviewReasons: [{ text: 'no code' }] },
  ]) {
    replies.set(`POST ${path}`, { status: 201, json: { ...told, ...wrong } })
    const refusal = await refusalOf(agreements.start(ask))
    t.equal(refusal.kind, 'nonsense', JSON.stringify(wrong))
  }
  t.match(await refusalOf(agreements.start({ ...ask, programme: 'nobody' })), { kind: 'refused' })
})

test('a consent at such a bank names the agreement that it is under', async (t) => {
  const bank = await aBank(t)
  bank.replies.set('POST /psd2/v1/consents', errorOf(403, 'FORBIDDEN'))
  const consent = {
    nativeId,
    callbackUrl: 'https://bankfeed.example/callback/berlin-group',
    state: 's',
    validDays: 90,
    psu,
    now,
  }
  await refusalOf(bank.provider.startConsent({ ...consent, agreement: ref }))
  t.equal(bank.asked('POST /psd2/v1/consents').headers['agreement-id'], 'agr/1')
  await refusalOf(bank.provider.startConsent(consent))
  t.notOk('agreement-id' in bank.asked('POST /psd2/v1/consents').headers)
})
