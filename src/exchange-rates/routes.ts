import { principalOf } from '../shared/http/auth.ts'
import { operation } from '../shared/http/operation.ts'
import type { Routes } from '../shared/http/routes.ts'
import { AppError } from '../shared/errors.ts'
import { parseDay, type Day } from '../values/day.ts'
import { getExchangeRates, putExchangeRates } from './put-exchange-rates.ts'
import { dayParams, ratesBody, ratesView, toRatesView } from './schema.ts'

type Deps = Parameters<typeof getExchangeRates>[0] & Parameters<typeof putExchangeRates>[0]

const tag = 'Matching'

export const exchangeRateRoutes: Routes<Deps> = (app, deps) => {
  app.get(
    '/exchange-rates/:day',
    operation({
      id: 'getExchangeRates',
      tag,
      summary: 'Get a day’s exchange rates',
      description: 'As they were last put.',
      scope: 'matching:read',
      params: dayParams,
      answers: { 200: ratesView.ref },
      refusals: ['exchange_rates_not_found'],
    }),
    async (request) =>
      toRatesView(await getExchangeRates(deps, { tenant: principalOf(request).tenant, day: dayIn(request.params) })),
  )

  app.put(
    '/exchange-rates/:day',
    operation({
      id: 'putExchangeRates',
      tag,
      summary: 'Replace a day’s exchange rates',
      description:
        'Yours, for all companies: what matching goes by where a payment and an entry are in different currencies and the bank says no rate. A day without rates has those of the last day before it, up to a week back. They count from the next matching run on.',
      scope: 'matching:write',
      params: dayParams,
      body: ratesBody.ref,
      answers: { 200: ratesView.ref },
    }),
    async (request) =>
      toRatesView(
        await putExchangeRates(deps, {
          tenant: principalOf(request).tenant,
          day: dayIn(request.params),
          rates: request.body.rates,
        }),
      ),
  )
}

/** The schema has checked the form. */
function dayIn({ day: text }: { readonly day: string }): Day {
  const day = parseDay(text)
  if (day === undefined)
    throw new AppError('invalid_request', 'There is no such day.', {
      errors: [{ path: '/path/day', message: 'must be a day' }],
    })
  return day
}
