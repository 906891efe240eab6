import { test } from 'tap'
import { approve, open, submit } from './browser.ts'
import { askHeaders, linkOf, refusalOf, sandboxFor } from './harness.ts'

test('the person chooses which accounts to share; all are ticked to begin with', async (t) => {
  const bank = await sandboxFor(t)
  const { body } = await bank.ask('fjordbanken')
  const login = await open(linkOf(body, 'scaRedirect'))
  const approval = await submit(login, login.forms[0], { typed: { login: 'anna', password: 'x' } })
  t.same(
    approval.forms[0]?.fields.map(({ value, checked }) => [value, checked]),
    ['main', 'second', 'savings', 'foreign', 'card'].map((role) => [`fjordbanken-${role}`, true]),
  )
  await submit(approval, approval.forms[0], { button: 'approve', ticked: ['fjordbanken-second'] })

  const tpp = await bank.consent('fjordbanken', 'anna', { accounts: ['fjordbanken-second', 'fjordbanken-card'] })
  t.same(
    (await tpp.accounts()).map(({ iban, maskedPan }) => iban ?? maskedPan),
    ['NO5586011859226', '541275******3241'],
  )
})

test('an account that is not on the page cannot be had by naming it', async (t) => {
  const bank = await sandboxFor(t)
  const tpp = await bank.consent('fjordbanken', 'dina', { accounts: ['fjordbanken-main'] })
  t.equal((await tpp.accounts()).length, 1)
  const { body } = await bank.ask('fjordbanken')
  const login = await open(linkOf(body, 'scaRedirect'))
  await submit(login, login.forms[0], { typed: { login: 'dina', password: 'x' } })
  const forged = new URLSearchParams({ decision: 'approve', account: 'fjordbanken-card' })
  const answer = await fetch(`${linkOf(body, 'scaRedirect')}/decision`, {
    method: 'POST',
    body: forged,
    redirect: 'manual',
  })
  t.equal(answer.status, 400)
  t.equal((await bank.call('fjordbanken', 'GET', linkOf(body, 'status'))).body.consentStatus, 'received')
})

test('approving nothing is asked about again', async (t) => {
  const bank = await sandboxFor(t)
  const { body } = await bank.ask('fjordbanken')
  const login = await open(linkOf(body, 'scaRedirect'))
  const approval = await submit(login, login.forms[0], { typed: { login: 'bob', password: 'x' } })
  const again = await submit(approval, approval.forms[0], { button: 'approve', ticked: [] })
  t.equal(again.status, 400)
  t.match(again.text, /role="alert"/)
  t.match(await approve(linkOf(body, 'scaRedirect'), 'bob'), 'https://tpp.example/back', 'and can still be approved')
})

test('nobody approves without having logged in', async (t) => {
  const bank = await sandboxFor(t)
  const { body } = await bank.ask('fjordbanken')
  const forged = new URLSearchParams({ decision: 'approve', account: 'fjordbanken-main' })
  const answer = await fetch(`${linkOf(body, 'scaRedirect')}/decision`, { method: 'POST', body: forged })
  t.match(await answer.text(), 'Log in')
  t.equal((await bank.call('fjordbanken', 'GET', linkOf(body, 'status'))).body.consentStatus, 'received')
})

test('cancelling rejects the consent and leads back to where the TPP wants to hear of that', async (t) => {
  const bank = await sandboxFor(t)
  for (const isLoggedIn of [false, true]) {
    const { body } = await bank.ask('highstreet')
    const login = await open(linkOf(body, 'scaRedirect'))
    const page = isLoggedIn ? await submit(login, login.forms[0], { typed: { login: 'anna', password: 'x' } }) : login
    const end = await submit(page, page.forms[1], { button: 'cancel' })
    t.equal(end.url, askHeaders['tpp-nok-redirect-uri'])
    const status = await bank.call('highstreet', 'GET', linkOf(body, 'status'))
    t.equal(status.body.consentStatus, 'rejected')
    t.match(status.body.psuMessage, 'cancelled')
    t.equal((await bank.call('highstreet', 'GET', linkOf(body, 'scaStatus'))).body.scaStatus, 'failed')
  }
})

test('without an address for failures the person goes back to the only one there is', async (t) => {
  const bank = await sandboxFor(t)
  const { body } = await bank.ask('highstreet', { headers: { 'tpp-nok-redirect-uri': '' } })
  const login = await open(linkOf(body, 'scaRedirect'))
  t.equal((await submit(login, login.forms[1], { button: 'cancel' })).url, askHeaders['tpp-redirect-uri'])
})

test('a person without rights is told so, and the consent is rejected', async (t) => {
  const bank = await sandboxFor(t)
  const { body } = await bank.ask('svea-testbank')
  const login = await open(linkOf(body, 'scaRedirect'))
  const refused = await submit(login, login.forms[0], { typed: { login: 'carl', password: 'x' } })
  t.equal(refused.status, 403)
  t.match(refused.text, 'right to share')
  t.match(refused.text, 'href="https://tpp.example/no?state=abc"')
  const status = await bank.call('svea-testbank', 'GET', linkOf(body, 'status'))
  t.equal(status.body.consentStatus, 'rejected')
  t.match(status.body.psuMessage, 'right')
  const { body: authorisation } = await bank.call('svea-testbank', 'GET', linkOf(body, 'scaStatus'))
  t.equal(authorisation.scaStatus, 'finalised', 'who they are was never in doubt')
})

test('a user name that nobody has is answered with the form again', async (t) => {
  const bank = await sandboxFor(t)
  const { body } = await bank.ask('fjordbanken')
  const login = await open(linkOf(body, 'scaRedirect'))
  for (const name of ['mallory', '', '<script>alert(1)</script>']) {
    const again = await submit(login, login.forms[0], { typed: { login: name, password: 'x' } })
    t.equal(again.status, 401)
    t.notMatch(again.text, '<script')
    t.equal(again.forms.length, 2)
  }
})

test('accounts that the TPP names are shared as named, with the rights that were asked for each', async (t) => {
  const bank = await sandboxFor(t)
  const main = { iban: 'NO9386011117947' }
  const card = { maskedPan: '541275******3241' }
  const access = { balances: [main], transactions: [main, card] }
  const tpp = await bank.consent('fjordbanken', 'anna', { body: { access }, accounts: [] })
  const accounts = await tpp.accounts()
  t.same(
    accounts.map(({ iban, maskedPan }) => iban ?? maskedPan),
    [main.iban, card.maskedPan],
  )
  t.same(Object.keys(accounts[1]?.['_links'] ?? {}), ['transactions'])
  const cardBalances = `/v1/accounts/${accounts[1]?.resourceId}/balances`
  t.equal(refusalOf(await tpp.get(cardBalances)), '401 CONSENT_INVALID', 'no right to the balances of the card')
  const { body } = await bank.call('fjordbanken', 'GET', `/v1/consents/${tpp.consentId}`)
  t.same(Object.keys(body.access ?? {}), ['accounts', 'balances', 'transactions'])
  t.equal(body.access?.['balances']?.length, 1)
})

test('accounts that the TPP names and the person may not share reject the consent', async (t) => {
  const bank = await sandboxFor(t)
  const access = { balances: [{ iban: 'NO9386011117947' }, { iban: 'NO9586010194956' }] }
  const { body } = await bank.ask('fjordbanken', { body: { access } })
  const login = await open(linkOf(body, 'scaRedirect'))
  const refused = await submit(login, login.forms[0], { typed: { login: 'anna', password: 'x' } })
  t.equal(refused.status, 403)
  t.equal((await bank.call('fjordbanken', 'GET', linkOf(body, 'status'))).body.consentStatus, 'rejected')
})

test('a decided request cannot be decided again', async (t) => {
  const bank = await sandboxFor(t)
  const { body } = await bank.ask('fjordbanken')
  const login = await open(linkOf(body, 'scaRedirect'))
  await approve(linkOf(body, 'scaRedirect'), 'anna')
  const cancelled = await submit(login, login.forms[1], { button: 'cancel' })
  t.equal(cancelled.status, 410)
  t.match(cancelled.text, 'href="https://tpp.example/back?state=abc"', 'the way back is shown')
  t.equal((await bank.call('fjordbanken', 'GET', linkOf(body, 'status'))).body.consentStatus, 'valid')
})

test('what is no form decides nothing', async (t) => {
  const bank = await sandboxFor(t)
  const { body } = await bank.ask('fjordbanken')
  const post = (path: string) =>
    fetch(`${linkOf(body, 'scaRedirect')}/${path}`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
  t.equal((await post('login')).status, 401)
  t.equal((await bank.call('fjordbanken', 'GET', linkOf(body, 'status'))).body.consentStatus, 'received')
})

test('a link that the bank never made leads nowhere', async (t) => {
  const bank = await sandboxFor(t)
  const { body } = await bank.ask('fjordbanken')
  t.equal((await open(`${bank.sandbox.url}/fjordbanken/authorise/nonsense`)).status, 410)
  const elsewhere = linkOf(body, 'scaRedirect').replace('fjordbanken', 'nordlys')
  t.equal((await open(elsewhere)).status, 410, 'nor at another bank')
})

test('the pages name the test persons, run no script, and are kept by nobody', async (t) => {
  const bank = await sandboxFor(t)
  const { body } = await bank.ask('suomen-testipankki')
  const response = await fetch(linkOf(body, 'scaRedirect'))
  const text = await response.text()
  for (const login of ['anna', 'bob', 'carl', 'dina']) t.match(text, login)
  t.notMatch(text, '<script')
  t.match(text, '<html lang="en">')
  t.match(response.headers.get('content-security-policy'), "default-src 'none'")
  t.equal(response.headers.get('cache-control'), 'no-store')
  t.equal(response.headers.get('referrer-policy'), 'no-referrer')
})
