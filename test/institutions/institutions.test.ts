import { t as file, test } from 'tap'
import { refreshInstitutions } from '../../src/institutions/refresh-institutions.ts'
import { ProviderError, type Provider, type ProviderInstitution } from '../../src/providers/provider.ts'
import { fakeClock } from '../support/clock.ts'
import { runSql } from '../support/database.ts'
import { startService, type Answer } from '../support/service.ts'

const clock = fakeClock('2026-11-21T09:00:00Z')
const service = await startService(file, { clock })
const call = service.client('acme')

const bank = (nativeId: string, name: string, changes: Partial<ProviderInstitution> = {}): ProviderInstitution => ({
  nativeId,
  name,
  kind: 'bank',
  countries: ['NO'],
  accountTypes: ['current'],
  psuTypes: ['business'],
  maxHistoryDays: 90,
  maxConsentDays: 180,
  bankCodes: [],
  ...changes,
})

const not = async (): Promise<never> => Promise.reject(new Error('not asked here'))

/** A provider of which only the list is asked. */
function listing(id: string, list: () => readonly ProviderInstitution[]): Provider {
  return {
    id,
    capabilities: { revoke: 'bank_only', balances: false },
    listInstitutions: async () => list(),
    startConsent: not,
    completeConsent: not,
    consentState: not,
    revokeConsent: not,
    fetchBalances: not,
    stateIn: () => undefined,
    fetchPage: not,
    readPage: () => [],
    profileOf: () => ({ stableId: null, proofBalances: [], repeatsMovements: false }),
  }
}

const refresh = (...providers: readonly Provider[]) =>
  refreshInstitutions({ ...service.deps, providers: new Map(providers.map((provider) => [provider.id, provider])) })

const found = async (query = ''): Promise<readonly Answer['body'][]> =>
  (await call('GET', `/v1/institutions?limit=100${query}`)).body.data

const names = async (query = '') => (await found(query)).map(({ name }) => name)

const catalogue = [
  bank('aland', 'Ålandsbanken', { countries: ['FI', 'SE'], bic: 'AABAFI22' }),
  bank('credit', 'Crédit Agricole', { countries: ['FR'], psuTypes: ['private'] }),
  bank('fuel', 'Drivstoffkort', { kind: 'card_programme', accountTypes: ['fuel_card'] }),
  bank('ost', 'SpareBank 1 Østlandet', { bic: 'SHEDNO22', approverHint: 'Bedriftens administrator gir retten.' }),
  bank('strasse', 'Straßenbank', { countries: ['DE'], maxConsentDays: 90 }),
]

file.beforeEach(async () => {
  await runSql(service.ownerUrl, 'delete from institutions')
  await refresh(listing('powens', () => catalogue))
})

test('what a provider reaches is listed by name, with what it allows', async (t) => {
  const list = await found()
  t.equal(list.length, 5)
  t.strictSame(
    list.find(({ id }) => id === 'powens.ost'),
    {
      id: 'powens.ost',
      name: 'SpareBank 1 Østlandet',
      bic: 'SHEDNO22',
      kind: 'bank',
      countries: ['NO'],
      accountTypes: ['current'],
      maxHistoryDays: 90,
      maxConsentDays: 180,
      provider: 'powens',
      approverHint: 'Bedriftens administrator gir retten.',
    },
  )
  t.match(await call('GET', '/v1/institutions/powens.fuel'), {
    status: 200,
    body: { kind: 'card_programme', accountTypes: ['fuel_card'] },
  })
  t.match(await call('GET', '/v1/institutions/powens.nowhere'), {
    status: 404,
    body: { code: 'institution_not_found' },
  })
  t.match(await call('GET', '/v1/institutions/%00'), { status: 400, body: { code: 'invalid_request' } })
})

test('a search forgives case and diacritics, and looks into names and BICs', async (t) => {
  for (const [search, expected] of [
    ['ålands', ['Ålandsbanken']],
    ['ALANDS', ['Ålandsbanken']],
    ['østlandet', ['SpareBank 1 Østlandet']],
    ['ostland', ['SpareBank 1 Østlandet']],
    ['credit agri', ['Crédit Agricole']],
    ['CRÉDIT', ['Crédit Agricole']],
    // The same letters, composed the other way.
    ['Cre\u0301dit', ['Crédit Agricole']],
    ['strassen', ['Straßenbank']],
    ['aabafi', ['Ålandsbanken']],
    ['nobody', []],
    // No pattern: what it is not.
    ['%', []],
    ['_', []],
    ["' or true --", []],
  ] as const)
    t.strictSame(await names(`&search=${encodeURIComponent(search)}`), expected, search)
  t.match(await call('GET', `/v1/institutions?search=${'x'.repeat(101)}`), {
    status: 400,
    body: { code: 'invalid_request' },
  })
  t.match(await call('GET', '/v1/institutions?search=%00'), { status: 400, body: { code: 'invalid_request' } })
})

test('only those that serve a country, that kind of customer, or that are of a kind', async (t) => {
  t.strictSame(await names('&country=SE'), ['Ålandsbanken'])
  t.strictSame(await names('&country=FI'), ['Ålandsbanken'])
  t.strictSame(await names('&country=DK'), [])
  t.strictSame(await names('&psuType=private'), ['Crédit Agricole'])
  t.strictSame(await names('&kind=card_programme'), ['Drivstoffkort'])
  t.strictSame(await names('&country=NO&kind=bank&search=sparebank'), ['SpareBank 1 Østlandet'])
  for (const query of ['country=no', 'country=NOR', 'kind=fuel', 'psuType=all', 'name=x'])
    t.match(await call('GET', `/v1/institutions?${query}`), { status: 400, body: { code: 'invalid_request' } }, query)
})

test('pages follow each other without gap or repetition, whatever the names', async (t) => {
  const twins = Array.from({ length: 7 }, (_, n) => bank(`twin-${n}`, 'Tvillingbanken'))
  await refresh(listing('powens', () => [...catalogue, ...twins]))
  const all = (await found()).map(({ id }) => id)
  t.equal(all.length, 12)
  const paged: string[] = []
  for (let cursor = ''; ;) {
    const { body } = await call('GET', `/v1/institutions?limit=5${cursor}`)
    t.ok(body.data.length <= 5)
    paged.push(...body.data.map(({ id }: { id: string }) => id))
    if (body.nextCursor === null) break
    cursor = `&cursor=${body.nextCursor}`
  }
  t.strictSame(paged, all)
  for (const cursor of [
    'x',
    Buffer.from('["one"]').toString('base64url'),
    Buffer.from('["a","b","c"]').toString('base64url'),
  ])
    t.match(await call('GET', `/v1/institutions?cursor=${cursor}`), { status: 400, body: { code: 'invalid_cursor' } })
})

test('a refresh adds what is new, changes what has changed, and withdraws what is listed no more', async (t) => {
  await refresh(
    listing('powens', () => [bank('aland', 'Ålandsbanken Abp', { countries: ['FI'] }), bank('new', 'Nybanken')]),
  )
  t.strictSame(new Set(await names()), new Set(['Nybanken', 'Ålandsbanken Abp']))
  t.strictSame(await names('&country=SE'), [])
  t.match(await call('GET', '/v1/institutions/powens.ost'), { status: 200 }, 'still known to the consents that name it')
  await refresh(listing('powens', () => catalogue))
  t.equal((await found()).length, 5, 'and offered again once it is listed again')
})

test('a provider that fails keeps what it listed, and holds up nobody else', async (t) => {
  const failing = (error: Error) =>
    listing('powens', () => {
      throw error
    })
  const other = listing('berlin-group', () => [bank('ost', 'SpareBank 1 Østlandet')])
  await refresh(failing(new ProviderError('temporary', 'down')), other)
  t.equal((await found()).length, 6)
  t.strictSame(
    (await found('&search=ostlandet')).map(({ id }) => id),
    ['berlin-group.ost', 'powens.ost'],
    'one that two providers reach stands here twice',
  )
  await refresh(
    failing(new TypeError('a bug')),
    listing('berlin-group', () => []),
  )
  t.strictSame((await found()).length, 5, 'each provider withdraws its own only')
  t.equal(service.logged.filter((line) => line.includes('could not be refreshed')).length, 2)
})

test('the catalogue is everybody’s, to whoever may read consents', async (t) => {
  t.equal((await service.client('rival')('GET', '/v1/institutions')).body.data.length, 5)
  const without = service.client('acme', { scope: 'companies:read' })
  t.match(await without('GET', '/v1/institutions'), { status: 403, body: { code: 'insufficient_scope' } })
})
