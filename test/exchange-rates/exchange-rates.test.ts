import { t as file, test } from 'tap'
import { startService } from '../support/service.ts'

const service = await startService(file)
const call = service.client('acme')
const url = '/v1/exchange-rates/2026-11-20'
const rates = { NOK: '11.6450', SEK: '11.1215', JPY: '170' }

test('a day’s rates are what was last put, to the last digit', async (t) => {
  t.match(await call('GET', url), { status: 404, body: { code: 'exchange_rates_not_found' } })
  const put = await call('PUT', url, { rates })
  t.same([put.status, put.body], [200, { day: '2026-11-20', rates }])
  t.same((await call('GET', url)).body, put.body)
  const other = { rates: { EUR: '1.0', USD: '1.0894' } }
  t.same((await call('PUT', url, other)).body, { day: '2026-11-20', ...other })
  t.same((await call('GET', url)).body, { day: '2026-11-20', ...other }, 'what is left out is gone')
  t.equal((await call('GET', '/v1/exchange-rates/2026-11-19')).status, 404)
})

test('what is no rate is refused, and said where', async (t) => {
  await call('PUT', url, { rates })
  const refused: readonly (readonly [body: object, path: string])[] = [
    [{}, '/body/rates'],
    [{ NOK: '11.6' }, '/body/NOK'],
    [{ rates: {} }, '/body/rates'],
    [{ rates: { NOK: 11.6 } }, '/body/rates/NOK'],
    [{ rates: { NOK: '-11.6' } }, '/body/rates/NOK'],
    [{ rates: { NOK: '11,6' } }, '/body/rates/NOK'],
    [{ rates: { NOK: '1e1' } }, '/body/rates/NOK'],
    [{ rates: { NOK: '0.000' } }, '/body/rates/NOK'],
    [{ rates: { NOK: '11.6', XXX: '1' } }, '/body/rates/XXX'],
    [{ rates: { nok: '11.6' } }, '/body/rates/nok'],
    [{ rates: { EUR: '1.1' } }, '/body/rates/EUR'],
  ]
  for (const [body, path] of refused) {
    const answer = await call('PUT', url, body)
    t.match(answer, { status: 400, body: { code: 'invalid_request' } }, JSON.stringify(body))
    t.ok(
      answer.body.errors.some((error: { path: string }) => error.path === path),
      JSON.stringify(answer.body.errors),
    )
  }
  for (const day of ['2026-02-30', 'today', '20261120', '2026-11-20T00:00:00Z'])
    t.match(await call('PUT', `/v1/exchange-rates/${day}`, { rates }), {
      status: 400,
      body: { code: 'invalid_request' },
    })
  t.same((await call('GET', url)).body.rates, rates)
})

test('rates are the tenant’s own', async (t) => {
  await call('PUT', url, { rates })
  const rival = service.client('rival')
  t.equal((await rival('GET', url)).status, 404)
  t.equal((await rival('PUT', url, { rates: { NOK: '99' } })).status, 200)
  t.same((await call('GET', url)).body.rates, rates)
  const reader = service.client('acme', { scope: 'matching:read' })
  t.equal((await reader('GET', url)).status, 200)
  t.equal((await reader('PUT', url, { rates })).status, 403)
})
