import { t as file, test } from 'tap'
import { refreshInstitutions } from '../../src/institutions/refresh-institutions.ts'
import { ProviderError, type Provider } from '../../src/providers/provider.ts'
import { fakeClock } from '../support/clock.ts'
import { runSql } from '../support/database.ts'
import { startService, type Answer } from '../support/service.ts'
import { bank, listing } from './listing.ts'

const clock = fakeClock('2026-11-21T09:00:00Z')
const service = await startService(file, { clock })
const call = service.client('acme')

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
    // Words in any order, and parts of them.
    ['agricole credit', ['Crédit Agricole']],
    ['1 spare', ['SpareBank 1 Østlandet']],
    ['ost  bank', ['SpareBank 1 Østlandet']],
    ['aland aabafi22', ['Ålandsbanken']],
    ['credit nobody', []],
    ['crédit-agricole', ['Crédit Agricole']],
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
  for (const limit of [1, 5]) t.strictSame(await idsInPages(limit), all)
  for (const cursor of ['x', cursorOf('one'), cursorOf('a', 'b'), cursorOf('a', 'b', 'c', 'd')])
    t.match(await call('GET', `/v1/institutions?cursor=${cursor}`), { status: 400, body: { code: 'invalid_cursor' } })
  for (const odd of [cursorOf('a', 'b', 'c'), cursorOf('', '', ''), cursorOf('å', '.', ' ')])
    t.equal((await call('GET', `/v1/institutions?cursor=${odd}`)).status, 200)
})

const cursorOf = (...parts: readonly string[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url')

/** Every institution's id, in pages of so many; `between` is done before each page but the first. */
async function idsInPages(limit: number, between = async (): Promise<unknown> => undefined): Promise<string[]> {
  const ids: string[] = []
  for (let cursor = ''; ;) {
    const { body } = await call('GET', `/v1/institutions?limit=${limit}${cursor}`)
    ids.push(...body.data.map(({ id }: { id: string }) => id))
    if (body.nextCursor === null) return ids
    cursor = `&cursor=${body.nextCursor}`
    await between()
  }
}

test('of two ways to one bank the preferred provider’s stands first, page by page', async (t) => {
  const prefer = (...preferredProviders: string[]) => call('PUT', '/v1/tenant', { ...settings, preferredProviders })
  const { name, redirectUrls } = (await call('GET', '/v1/tenant')).body
  const settings = { name, redirectUrls }
  t.teardown(() => prefer())
  await refresh(
    listing('a-way', () => [bank('dnb', 'DNB'), bank('credit', 'Credit  Agricole'), bank('zet', 'Zetbank')]),
    listing('powens', () => [bank('dnb', 'DNB'), bank('credit', 'Crédit Agricole'), bank('alpha', 'Alphabank')]),
    listing('z-way', () => [bank('dnb', 'Dnb'), bank('credit', 'CRÉDIT AGRICOLE')]),
  )
  const plain = [
    'powens.alpha',
    'a-way.credit',
    'powens.credit',
    'z-way.credit',
    'a-way.dnb',
    'powens.dnb',
    'z-way.dnb',
    'a-way.zet',
  ]
  const preferring = [
    'powens.alpha',
    'z-way.credit',
    'powens.credit',
    'a-way.credit',
    'z-way.dnb',
    'powens.dnb',
    'a-way.dnb',
    'a-way.zet',
  ]
  for (const limit of [1, 2, 3, 5, 100]) t.strictSame(await idsInPages(limit), plain, `in pages of ${limit}`)
  await prefer('z-way', 'powens', 'not-there')
  for (const limit of [1, 2, 3, 5, 100]) t.strictSame(await idsInPages(limit), preferring, `in pages of ${limit}`)
  t.strictSame(await idsInPages(2, () => prefer('a-way')), preferring, 'a list that has begun goes on as it began')
  await prefer(...Array.from({ length: 20 }, (_, n) => `${'x'.repeat(60)}${n}`))
  t.strictSame(await idsInPages(1), plain, 'however many are preferred')
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

const failing = (error: Error) =>
  listing('powens', () => {
    throw error
  })

test('a provider that fails keeps what it listed, and holds up nobody else', async (t) => {
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
    listing('berlin-group', () => [bank('vest', 'Sparebanken Vest')]),
  )
  t.strictSame((await found()).length, 6, 'each provider withdraws its own only')
  t.equal(service.logged.filter((line) => line.includes('could not be refreshed')).length, 2)
})

test('a provider that suddenly lists nothing has not lost every bank: those of before are kept', async (t) => {
  const left = await refresh(listing('powens', () => []))
  t.strictSame([...left.keys()], ['powens'])
  t.equal((await found()).length, 5)
  t.ok(service.logged.some((line) => line.includes('lists no institutions') && line.includes('"provider":"powens"')))
})

test('what cannot be offered is left out, and the rest is offered without what cannot be shown', async (t) => {
  const logos: readonly (readonly [logo: string, shown: string | undefined])[] = [
    ['https://cdn.example/a.png', 'https://cdn.example/a.png'],
    ['data:image/svg+xml,%3Csvg/%3E', 'data:image/svg+xml,%3Csvg/%3E'],
    ['data:image/png;base64,AAAA', 'data:image/png;base64,AAAA'],
    ['http://cdn.example/a.png', undefined],
    ['//cdn.example/a.png', undefined],
    ['/a.png', undefined],
    ['javascript:alert(1)', undefined],
    ['data:text/html,<script>', undefined],
    ['data:image/svg+xml,<svg onload="x">', undefined],
    ['https://user:secret@cdn.example/a.png', undefined],
    [`https://cdn.example/${'a'.repeat(2_100)}`, undefined],
    [`data:image/png;base64,${'A'.repeat(70_000)}`, undefined],
    ['', undefined],
  ]
  await refresh(
    listing('powens', () => [
      ...logos.map(([logo], n) => bank(`logo-${n}`, `Bank ${n}`, { logo })),
      bank('a b', 'Id with a blank'),
      bank('', 'No id'),
      bank('no-name', ' \t '),
      bank('nul', 'NUL\0bank'),
      bank('never', 'Neverbank', { maxConsentDays: 0 }),
      bank('half', 'Halfbank', { maxHistoryDays: 1.5 }),
      bank('long', `  Long   ${'name '.repeat(100)}`, {
        bic: 'nonsense!',
        countries: ['NO', 'norway'],
        approverHint: ' ',
      }),
      bank('bic', 'Zebank', { bic: ' sheDNO22xxx ' }),
      // Listed twice: as it is listed last.
      bank('twice', 'Zwei'),
      bank('twice', 'Zweimal'),
    ]),
  )
  const list = await found()
  const byId = new Map(list.map((institution) => [institution.id, institution]))
  t.equal(list.length, logos.length + 3)
  for (const [n, [logo, shown]] of logos.entries()) t.equal(byId.get(`powens.logo-${n}`).logo, shown, logo.slice(0, 50))
  t.strictSame(
    { ...byId.get('powens.long'), name: undefined },
    {
      id: 'powens.long',
      name: undefined,
      kind: 'bank',
      countries: ['NO'],
      accountTypes: ['current'],
      maxHistoryDays: 90,
      maxConsentDays: 180,
      provider: 'powens',
    },
  )
  t.equal(byId.get('powens.long').name.length, 200)
  t.match(byId.get('powens.bic'), { bic: 'SHEDNO22XXX' })
  t.match(byId.get('powens.twice'), { name: 'Zweimal' })
  t.ok(service.logged.some((line) => line.includes('"leftOut":6')))
})

test('a refresh writes what has changed and nothing else', async (t) => {
  const versions = async () =>
    new Map(
      (
        await runSql(
          service.ownerUrl,
          'select institution_id, xmin::text, refreshed_at, withdrawn_at from institutions',
        )
      ).map(({ institution_id: id, ...row }) => [id, row] as const),
    )
  const before = await versions()
  clock.advance({ days: 1 })
  await refresh(listing('powens', () => catalogue))
  t.strictSame(await versions(), before)
  await refresh(
    listing('powens', () => [
      ...catalogue.filter(({ nativeId }) => nativeId !== 'fuel' && nativeId !== 'aland'),
      bank('aland', 'Ålandsbanken', { countries: ['FI', 'SE'], bic: 'AABAFI22', maxHistoryDays: 91 }),
    ]),
  )
  const after = await versions()
  const touched = [...after].filter(([id, { xmin }]) => before.get(id)?.['xmin'] !== xmin).map(([id]) => id)
  t.strictSame(new Set(touched), new Set(['powens.aland', 'powens.fuel']))
  t.same(after.get('powens.aland')?.['refreshed_at'], clock.now())
  t.same(after.get('powens.fuel')?.['withdrawn_at'], clock.now())
  t.ok(service.logged.some((line) => line.includes('"changed":1') && line.includes('"withdrawn":1')))
})

test('thousands of institutions are kept, listed and found', async (t) => {
  const words = ['Sparkasse', 'Volksbank', 'Caisse', 'Banco', 'Sparbanken', 'Osuuspankki', 'Länsförsäkringar', 'Crédit']
  const places = ['Köln', 'Turku', 'Lyon', 'Söderhamn', 'Málaga', 'Þórshöfn', 'Østfold', 'Århus']
  const thousands = Array.from({ length: 2_500 }, (_, n) =>
    bank(`b${n}`, `${words[n % 8]} ${places[(n >> 3) % 8]} ${n}`, {
      bic: `B${String(n).padStart(4, '0')}NO2`,
      countries: [n % 5 === 0 ? 'NO' : 'DE'],
    }),
  )
  const known = [
    bank('op', 'OP Osuuspankki'),
    bank('ing', 'ING'),
    bank('lf', 'Länsförsäkringar Bank', { bic: 'ELLFSESS' }),
  ]
  const list = [...thousands, ...known]
  await refresh(listing('powens', () => list))
  t.equal((await idsInPages(100)).length, list.length)
  t.strictSame(await names('&search=pankki%20op'), ['OP Osuuspankki'])
  t.strictSame(await names('&search=lansforsakringar%20bank'), ['Länsförsäkringar Bank'])
  t.strictSame(await names('&search=ellfs'), ['Länsförsäkringar Bank'])
  t.strictSame(await names('&search=b0042no'), ['Caisse Þórshöfn 42'])
  t.strictSame(await names('&search=sparbanken%20soderhamn%20412'), ['Sparbanken Söderhamn 412'])
  t.strictSame(await names('&search=torshofn'), [], 'Þ is TH')
  t.ok((await names('&search=thorshofn&country=NO')).length > 0)
})

test('two processes that start at once keep the same institutions, whichever order they are listed in', async (t) => {
  const many = Array.from({ length: 1_500 }, (_, n) => bank(`b${n}`, `Bank ${n}`))
  const before = service.logged.length
  await Promise.all([
    refresh(listing('powens', () => many)),
    refresh(listing('powens', () => many.toReversed())),
    refresh(listing('powens', () => many)),
  ])
  t.equal((await idsInPages(100)).length, many.length)
  t.notMatch(service.logged.slice(before).join(), 'could not be refreshed')
})

/** The first six to choose from, of Norway. */
const likeliest = (search: string | undefined, preferred: readonly string[] = []) =>
  service.deps.unit('acme', async ({ institutions }) => {
    const filter = { country: 'NO', ...(search !== undefined && { search }) }
    return (await institutions.likeliest(filter, preferred, 6)).map(({ id }) => id)
  })

test('to choose from, what is most like the search comes first, however many have its letters somewhere', async (t) => {
  const holdings = Array.from({ length: 300 }, (_, n) => bank(`h${n}`, `Holding ${n}`))
  await refresh(
    listing('powens', () => [
      ...holdings,
      bank('ing', 'ING'),
      bank('diba', 'ING-DiBa'),
      bank('a', 'Alfa ING'),
      bank('z', 'Zeta Bank', { bic: 'INGBNL2A' }),
      bank('abroad', 'ING', { countries: ['NL'] }),
    ]),
    listing('a-way', () => [bank('ing', 'Ing')]),
  )
  const [one, other] = ['a-way.ing', 'powens.ing']
  t.strictSame(await likeliest('ing'), [one, other, 'powens.diba', 'powens.a', 'powens.z', 'powens.h0'])
  t.strictSame((await likeliest('ING', ['powens'])).slice(0, 2), [other, one], 'by the preferred provider first')
  t.strictSame(await likeliest('bank zeta'), ['powens.z'])
  t.strictSame(await likeliest('299'), ['powens.h299'], 'the last of hundreds is found')
  t.strictSame((await likeliest(undefined)).slice(0, 3), ['powens.a', 'powens.h0', 'powens.h1'], 'else by name')
})

test('the catalogue is everybody’s, to whoever may read consents', async (t) => {
  t.equal((await service.client('rival')('GET', '/v1/institutions')).body.data.length, 5)
  const without = service.client('acme', { scope: 'companies:read' })
  t.match(await without('GET', '/v1/institutions'), { status: 403, body: { code: 'insufficient_scope' } })
})
