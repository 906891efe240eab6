// The hosted page as people meet it: a real browser, on a phone and at a desk, with the keyboard alone, in every language, checked for accessibility.
// `npm run test:browser`; with SCREENSHOTS=folder it leaves pictures.

import type { BrowserContextOptions, Page } from 'playwright-core'
import { t as file, test, type Test } from 'tap'
import { languages } from '../../src/consents/pages/language.ts'
import { textsIn } from '../../src/consents/pages/texts.ts'
import { company, fjordbanken, registered, type Call } from '../consents/journey.ts'
import { startBankedService } from '../support/bank.ts'
import { runSql } from '../support/database.ts'
import { serve } from '../support/loopback.ts'
import { launch, misfitsOf, picture, sizes, tabTo, violationsOf } from './chromium.ts'

const browser = await launch()
file.teardown(() => browser.close())

/** The product that people come back to. */
const productUrl = await serve(file, (_, reply) => void reply.end('<!doctype html><title>Product</title><p>Back'))
const doneUrl = `${productUrl}/done`

const publicUrl = await freeOrigin()
const service = await startBankedService(file, { publicUrl })
await service.app.listen({ host: '127.0.0.1', port: Number(new URL(publicUrl).port) })
file.beforeEach(() => service.clock.set('2026-11-21T09:00:00Z'))

/** Links are built on it before anybody listens there. */
async function freeOrigin(): Promise<string> {
  const undo: (() => Promise<unknown>)[] = []
  const origin = await serve({ teardown: (close) => void undo.push(close) }, () => {})
  for (const close of undo) await close()
  return origin
}

async function tenantWithCompany(accountPolicy = 'any'): Promise<Call> {
  const { call } = await registered(service, { accountPolicy })
  await call('PUT', '/v1/tenant', { name: 'Acme Books', redirectUrls: [doneUrl], defaultRedirectUrl: doneUrl })
  return call
}

const linkOf = async (call: Call, ask: Readonly<Record<string, unknown>> = {}): Promise<{ url: string; id: string }> =>
  (await call('POST', `${company}/consent-sessions`, ask)).body

/** Of all windows: who else was asked for something, and what the browser complained of (that the policy refused something, say). */
const strangers: string[] = []
const complaints: string[] = []

/** A window of its own. */
async function windowOf(t: Test, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options)
  const known = new Set([publicUrl, productUrl, new URL(service.bank.url).origin])
  context.on('request', (request) => {
    if (!request.url().startsWith('data:') && !known.has(new URL(request.url()).origin)) strangers.push(request.url())
  })
  const page = await context.newPage()
  // What a page answers other than 200 is a complaint to Chromium as well.
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  t.teardown(() => context.close())
  return page
}

async function isSound(t: Test, page: Page, name: string): Promise<void> {
  await picture(page, name)
  t.strictSame(await violationsOf(page), [], `${name}: accessible`)
  t.strictSame(await misfitsOf(page), [], `${name}: fits`)
}

const heading = (page: Page) => page.locator('h1').innerText()

for (const [size, viewport] of Object.entries(sizes))
  test(`with the keyboard alone and without script, from the link to the bank and back, on a ${size}`, async (t) => {
    const call = await tenantWithCompany()
    const { url, id } = await linkOf(call, { ledgerAccountIds: ['1920'] })
    const page = await windowOf(t, { viewport, javaScriptEnabled: false, locale: 'en-GB' })
    const press = (key: string, leadsTo: RegExp) =>
      Promise.all([page.waitForURL(leadsTo, { waitUntil: 'load' }), page.keyboard.press(key)])
    await page.goto(url)
    t.equal(await heading(page), 'Acme Books asks to read bank accounts')
    await tabTo(page, 'Agree and continue')
    await press('Enter', /\?step=bank$/)
    t.equal(await heading(page), 'Choose your bank')
    await tabTo(page, 'Name of the bank')
    await page.keyboard.type('fjord')
    await press('Enter', /search=fjord/)
    await tabTo(page, /Fjordbanken/)
    await press('Space', new RegExp(`^${service.bank.url}/fjordbanken/`))
    // From here on it is the bank's page, and its own affair.
    await page.locator('input[name=login]').fill('anna')
    await page.locator('input[name=password]').fill('secret')
    await page.locator('form button').first().click()
    await page.locator('button[value=approve]').click()
    await page.waitForURL(`${doneUrl}**`)
    t.equal(page.url(), `${doneUrl}?session=${id}&status=completed`)
    await page.goto(url)
    t.equal(await heading(page), 'This link has been used')
  })

for (const [size, viewport] of Object.entries(sizes))
  for (const colorScheme of ['light', 'dark'] as const)
    test(`every page is accessible and fits, on a ${size} in the ${colorScheme}`, async (t) => {
      const page = await windowOf(t, { viewport, colorScheme, locale: 'en-GB' })
      const sound = async (name: string, expected: string) => {
        t.equal(await heading(page), expected)
        await isSound(t, page, `${name}-${size}-${colorScheme}`)
      }
      const call = await tenantWithCompany('business_only')
      const open = await linkOf(call, { ledgerAccountIds: ['1920'] })
      await page.goto(open.url)
      await sound('welcome', 'Acme Books asks to read bank accounts')
      await page.goto(`${open.url}?step=bank`)
      await sound('choose-bank', 'Choose your bank')
      await page.goto(`${open.url}?step=bank&search=nowhere`)
      await sound('none-found', 'Choose your bank')

      await service.bank.control('/faults', { bank: 'fjordbanken', path: '/consents', times: 1, status: 503 })
      await page.goto(`${open.url}?step=bank`)
      await page.getByRole('button', { name: /Fjordbanken/ }).click()
      await sound('bank-unavailable', 'Fjordbanken does not answer')
      const bodyOfRefusal = { status: 400, body: '{}' }
      await service.bank.control('/faults', { bank: 'fjordbanken', path: '/consents', times: 1, ...bodyOfRefusal })
      await page.getByRole('button', { name: 'Try again' }).click()
      await sound('bank-refused', 'Fjordbanken does not let you begin')

      const named = await linkOf(call, { institutionId: fjordbanken })
      await page.goto(named.url)
      await sound('welcome-bank-named', 'Acme Books asks to read bank accounts')
      await page.getByRole('button', { name: 'Agree and continue' }).click()
      await page.locator('input[name=login]').fill('bob')
      await page.locator('input[name=password]').fill('secret')
      await page.locator('form button').first().click()
      await page.locator('button[value=approve]').click()
      await page.waitForURL(`${doneUrl}**`)
      t.match(page.url(), 'status=failed')
      await page.goto(named.url)
      t.match(await page.locator('main').innerText(), 'NO95 •••• 4956')
      await sound('wrong-account', 'Acme Books asks to read bank accounts')
      await page.getByRole('button', { name: 'Cancel' }).click()
      await page.waitForURL(`${doneUrl}**`)
      t.match(page.url(), 'status=cancelled')
      await page.goto(named.url)
      t.match(await page.locator('main').innerText(), 'It was cancelled last time')
      await sound('cancelled', 'Acme Books asks to read bank accounts')

      await call('DELETE', `/v1/consent-sessions/${named.id}`)
      await page.goto(named.url)
      await sound('withdrawn', 'This link was withdrawn')
      service.clock.advance({ hours: 73 })
      await page.goto(open.url)
      await sound('expired', 'This link has expired')
      await page.goto(`${publicUrl}/connect/nobody-has-this`)
      await sound('unknown', 'This link does not work')
    })

test('in every language it is accessible and fits a narrow phone; the session’s goes before the browser’s', async (t) => {
  const call = await tenantWithCompany()
  for (const language of languages) {
    const page = await windowOf(t, { viewport: { width: 320, height: 640 }, locale: language })
    const { url } = await linkOf(call, { ledgerAccountIds: ['1920'], institutionId: fjordbanken })
    await page.goto(url)
    t.equal(await heading(page), textsIn(language).welcome.heading('Acme Books'))
    await isSound(t, page, `welcome-${language}`)
    await page.getByRole('button', { name: textsIn(language).cancel }).click()
    await page.goto(url)
    t.match(await page.locator('main').innerText(), textsIn(language).lastAttempt.cancelled_by_person.heading)
    await isSound(t, page, `cancelled-${language}`)
    const { url: other } = await linkOf(call, { language })
    await page.goto(`${other}?step=bank`)
    await isSound(t, page, `choose-bank-${language}`)
    await page.goto(`${publicUrl}/connect/nobody-has-this`)
    t.equal(await heading(page), textsIn(language).notices.link_unknown.heading)
    await isSound(t, page, `unknown-${language}`)
  }
  const german = await windowOf(t, { locale: 'fr' })
  await german.goto((await linkOf(call, { language: 'de' })).url)
  t.equal(await german.locator('html').getAttribute('lang'), 'de')
})

test('a bank’s own picture is shown from our address, and one that nothing can be made of leaves no hole', async (t) => {
  const call = await tenantWithCompany()
  const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  await runSql(
    service.ownerUrl,
    `insert into institution_pictures values ('${fjordbanken}', 'https://logos.example/a', now(), decode('${onePixel}', 'base64'), 'image/png')`,
  )
  const page = await windowOf(t, { locale: 'en-GB' })
  const { url } = await linkOf(call, { institutionId: fjordbanken })
  await page.goto(url)
  const shown = page.locator('img.logo')
  t.equal(await shown.getAttribute('src'), `/connect/pictures/${fjordbanken}`)
  t.equal(await page.evaluate('document.querySelector("img.logo").naturalWidth'), 1, 'the policy lets it in')
  await isSound(t, page, 'picture')
  await runSql(service.ownerUrl, 'delete from institution_pictures')
})

test('a link that is open in two browsers is completed once; the other is told that it has been used', async (t) => {
  const call = await tenantWithCompany()
  const { url, id } = await linkOf(call, { institutionId: fjordbanken })
  const pages = [await windowOf(t, { locale: 'en-GB' }), await windowOf(t, { locale: 'en-GB' })]
  for (const page of pages) await page.goto(url)
  // Both agree at the same moment: the later attempt counts, and the earlier one ends at the bank.
  await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Agree and continue' }).click()))
  const ends = await Promise.all(
    pages.map(async (page) => {
      const login = page.locator('input[name=login]')
      if (!(await login.isVisible())) return 'ended at the bank'
      await login.fill('anna')
      await page.locator('input[name=password]').fill('secret')
      await page.locator('form button').first().click()
      const approve = page.locator('button[value=approve]')
      if (!(await approve.isVisible())) return 'ended at the bank'
      await approve.click()
      await page.waitForLoadState()
      return page.url()
    }),
  )
  const completed = `${doneUrl}?session=${id}&status=completed`
  t.equal(ends.filter((end) => end === completed).length, 1, ends.join(', '))
  t.equal((await call('GET', `${company}/consents`)).body.data.length, 1)
  for (const page of pages) {
    await page.goto(url)
    t.equal(await heading(page), 'This link has been used')
  }
})

test('in all this nobody was asked for anything but us, the bank and the product, and the browser complained of nothing', (t) => {
  t.strictSame(strangers, [])
  t.strictSame(complaints, [])
  t.end()
})
