import { randomUUID } from 'node:crypto'
import { test, type Test } from 'tap'
import { open, sign, submit } from './browser.ts'
import { agreementAsk, askBody, askHeaders, linkOf, refusalOf, sandboxFor } from './harness.ts'

async function drawnUp(t: Test) {
  const bank = await sandboxFor(t)
  const ask = agreementAsk(randomUUID())
  const { status, body } = await bank.agreement('norbro', 'POST', '/v1/agreements', ask)
  t.equal(status, 201)
  const path = `/v1/agreements/${body.agreementId}`
  const now = async () => (await bank.agreement('norbro', 'GET', path)).body
  const consent = (headers: Record<string, string> = {}) =>
    bank.call('vidda', 'POST', '/v1/consents', { headers: { ...askHeaders, ...headers }, body: askBody })
  return { bank, ask, path, id: body.agreementId ?? '', link: linkOf(body, 'signing'), now, consent }
}

test('who signs on the page has an agreement in force, and every bank of the programme lets them in', async (t) => {
  const { bank, id, link, now, consent } = await drawnUp(t)
  t.equal((await now()).agreementStatus, 'awaitingSignature')
  t.equal(refusalOf(await consent()), '403 FORBIDDEN')
  t.equal(refusalOf(await consent({ 'agreement-id': id })), '403 FORBIDDEN', 'nobody has signed yet')
  const page = await open(link)
  t.match(page.text, /Anna Berg/)
  const wrong = await submit(page, page.forms[0], { typed: { identity: '123', code: 'x' }, button: 'sign' })
  t.equal(wrong.status, 401)
  t.equal(await sign(link), 'https://tpp.example/agreed?of=abc')
  t.equal((await now()).agreementStatus, 'approved')
  for (const name of ['vidda', 'fonnbanken'])
    t.equal(
      (await bank.call(name, 'POST', '/v1/consents', { headers: { ...askHeaders, 'agreement-id': id }, body: askBody }))
        .status,
      201,
      name,
    )
  t.equal((await open(link)).status, 410, 'once')
})

test('what the signatory says, and what control orders, has it reviewed by hand', async (t) => {
  const { bank, id, link, now, consent } = await drawnUp(t)
  await bank.control('PUT', '/programmes/norbro/review', { reasons: [{ code: 'RANDOM_CHECK', text: 'By lot.' }] })
  await sign(link, { about: ['pep', 'abroad'] })
  t.match(await now(), {
    agreementStatus: 'underReview',
    reviewReasons: [{ code: 'RANDOM_CHECK', text: 'By lot.' }, { code: 'PEP' }, { code: 'PAYMENT_COUNTRIES' }],
  })
  t.equal(refusalOf(await consent({ 'agreement-id': id })), '403 FORBIDDEN')
  for (const [action, body, status] of [
    ['review', { reasons: [{ code: 'INDUSTRY' }] }, 'underReview'],
    ['refuse', { reasons: [{ code: 'INDUSTRY' }] }, 'rejected'],
    ['approve', undefined, 'approved'],
    ['terminate', undefined, 'terminated'],
  ] as const) {
    t.equal((await bank.control('POST', `/agreements/${id}/${action}`, body)).status, 204)
    t.equal((await now()).agreementStatus, status)
  }
  t.equal((await bank.control('POST', '/agreements/nobody/approve')).status, 404)
  t.equal((await bank.control('PUT', '/programmes/nobody/review', { reasons: [] })).status, 404)
})

test('asked for again under the same name there is one agreement, and it can be declined, withdrawn and run out', async (t) => {
  const { bank, ask, id, path, link, now } = await drawnUp(t)
  const again = await bank.agreement('norbro', 'POST', '/v1/agreements', ask)
  t.match([again.status, again.body.agreementId], [200, id])
  await sign(link, { button: 'decline' })
  t.equal((await now()).agreementStatus, 'declined')
  t.equal((await bank.agreement('norbro', 'DELETE', path)).status, 204)
  t.equal((await now()).agreementStatus, 'declined', 'what is over stays as it ended')

  const other = await bank.agreement('norbro', 'POST', '/v1/agreements', agreementAsk('another'))
  const otherPath = `/v1/agreements/${other.body.agreementId}`
  bank.later(14 * 24 * 60)
  t.equal((await bank.agreement('norbro', 'GET', otherPath)).body.agreementStatus, 'linkExpired')
  t.equal((await open(linkOf(other.body, 'signing'))).status, 410)

  const third = await bank.agreement('norbro', 'POST', '/v1/agreements', agreementAsk('third'))
  const thirdPath = `/v1/agreements/${third.body.agreementId}`
  t.equal((await bank.agreement('norbro', 'DELETE', thirdPath)).status, 204)
  t.equal((await bank.agreement('norbro', 'GET', thirdPath)).body.agreementStatus, 'withdrawnByTpp')
  t.equal(refusalOf(await bank.agreement('norbro', 'GET', '/v1/agreements/nobody')), '404 RESOURCE_UNKNOWN')
  t.equal(refusalOf(await bank.agreement('norbro', 'POST', '/v1/agreements', {})), '400 FORMAT_ERROR')
})
