import { t as file, test } from 'tap'
import { runSql } from '../support/database.ts'
import { startService } from '../support/service.ts'

const service = await startService(file)
const call = service.client('acme')
const settings = {
  name: 'Example Books',
  redirectUrls: ['https://books.example/bank/return', 'http://localhost:8080/return?tab=bank'],
  defaultRedirectUrl: 'https://books.example/bank/return',
  preferredProviders: ['berlin-group', 'gocardless'],
  reminderDays: [30, 7, 0],
}

test('a tenant comes to be with its first valid token, however many requests come at once', async (t) => {
  const newcomer = service.client('newcomer')
  const answers = await Promise.all(Array.from({ length: 10 }, () => newcomer('GET', '/v1/tenant')))
  for (const { status, body } of answers)
    t.same(
      [status, body],
      [200, { name: 'newcomer', redirectUrls: [], preferredProviders: [], reminderDays: [14, 7, 3, 1, 0] }],
    )
})

test('a token that may do nothing makes no tenant', async (t) => {
  await service.client('stranger', { scope: '' })('GET', '/v1/tenant')
  await service.inject({
    url: '/v1/tenant',
    headers: { authorization: `Bearer ${service.token('stranger', { claims: { exp: 1 } })}` },
  })
  t.same(await runSql(service.ownerUrl, `select from tenants where tenant_id = 'stranger'`), [])
})

test('its settings are what was last put, and putting them again changes nothing', async (t) => {
  const put = await call('PUT', '/v1/tenant', settings)
  t.same([put.status, put.body], [200, settings])
  t.same((await call('PUT', '/v1/tenant', settings)).body, settings)
  t.same((await call('GET', '/v1/tenant')).body, settings)
  const least = { name: 'Example Books', redirectUrls: [] }
  t.same((await call('PUT', '/v1/tenant', least)).body, {
    ...least,
    preferredProviders: [],
    reminderDays: [14, 7, 3, 1, 0],
  })
  t.equal((await service.client('rival')('GET', '/v1/tenant')).body.name, 'rival', 'and nobody else’s')
})

test('people can be sent back to https, or to loopback, and nowhere that could be read as elsewhere', async (t) => {
  const unsafe = [
    'http://books.example/return',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://user:secret@books.example/',
    'https://books.example/#fragment',
    'https://books.example\\@evil.example/',
    'https://books.example /',
    '//books.example/return',
    'books.example/return',
    'https://',
    'http://localhost.evil.example/',
    'http://127.0.0.1.evil.example/',
    'https://books.example/a\tb',
    'https://books.example/?session=1',
    '',
  ]
  for (const url of unsafe)
    t.match(
      await call('PUT', '/v1/tenant', { name: 'x', redirectUrls: ['https://books.example/ok', url] }),
      { status: 400, body: { code: 'invalid_request', errors: [{ path: '/body/redirectUrls/1' }] } },
      url,
    )
  for (const url of [
    'https://books.example/',
    'https://books.example/a?b=c',
    'http://127.0.0.1:3000/',
    'http://[::1]/',
    'http://localhost/',
  ])
    t.equal((await call('PUT', '/v1/tenant', { name: 'x', redirectUrls: [url] })).status, 200, url)
})

test('the default is one of those that are registered, letter by letter', async (t) => {
  for (const defaultRedirectUrl of [
    'https://books.example/bank/return/',
    'https://BOOKS.example/bank/return',
    'https://evil.example/',
  ])
    t.match(await call('PUT', '/v1/tenant', { ...settings, defaultRedirectUrl }), {
      status: 400,
      body: { code: 'invalid_request', errors: [{ path: '/body/defaultRedirectUrl' }] },
    })
})

test('lists have limits, and reminders are whole days up to 90', async (t) => {
  const wrong = [
    { redirectUrls: Array.from({ length: 51 }, (_, index) => `https://books.example/${index}`) },
    { redirectUrls: ['https://books.example/', 'https://books.example/'] },
    { reminderDays: [91] },
    { reminderDays: [-1] },
    { reminderDays: [1.5] },
    { reminderDays: ['7'] },
    { reminderDays: [7, 7] },
    { reminderDays: Array.from({ length: 11 }, (_, index) => index) },
    { preferredProviders: ['Berlin Group'] },
    { name: '' },
  ]
  for (const fields of wrong)
    t.match(
      await call('PUT', '/v1/tenant', { ...settings, ...fields }),
      { status: 400, body: { code: 'invalid_request' } },
      JSON.stringify(fields).slice(0, 60),
    )
})
