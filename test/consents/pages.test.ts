import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { test } from 'tap'
import { agreementNeededPage } from '../../src/consents/pages/agreement-needed.ts'
import { bankUnavailablePage } from '../../src/consents/pages/bank-unavailable.ts'
import { chooseBankPage, type ChooseBankView } from '../../src/consents/pages/choose-bank.ts'
import { html } from '../../src/consents/pages/html.ts'
import { languages, negotiateLanguage, type Language, type LanguageWish } from '../../src/consents/pages/language.ts'
import { contentSecurityPolicy } from '../../src/consents/pages/layout.ts'
import { noticePage } from '../../src/consents/pages/notice.ts'
import { style } from '../../src/consents/pages/style.ts'
import { chooseLanguage, textsIn, type Notice } from '../../src/consents/pages/texts.ts'
import { en } from '../../src/consents/pages/texts/en.ts'
import { welcomePage } from '../../src/consents/pages/welcome.ts'

const notices = [
  'link_unknown',
  'link_expired',
  'link_withdrawn',
  'link_used',
  'unconfirmed',
  'too_many_requests',
  'went_wrong',
] as const satisfies readonly Notice[]

const failures = [
  'cancelled_by_person',
  'rejected_by_bank',
  'insufficient_rights',
  'wrong_account_type',
  'bank_unavailable',
  'provider_error',
  'timed_out',
] as const satisfies readonly (keyof typeof en.lastAttempt)[]

/** Every page in every shape it has, with `said(what)` for each string that comes from outside. */
function everyPage(said: (what: string) => string, language: Language = 'en'): ReadonlyMap<string, string> {
  const link = { language, path: said('/connect/token'), tenantName: said('Acme Books') } as const
  const names = { ...link, companyName: said('Fjord AS') }
  const bank = { id: said('bg.fjord'), name: said('Fjordbanken'), countries: [said('NO'), 'SE'], maxConsentDays: 180 }
  const institutions = [
    { ...bank, logo: `data:image/png;base64,${said('AAAA')}` },
    { ...bank, logo: said('https://logos.example/fjord.png'), approverHint: said('The administrator approves.') },
  ]
  const ledgerAccounts = [
    { name: said('Client account'), maskedIban: said('NO93 •••• 7947') },
    { name: said('Tax account') },
  ]
  const tenant = { name: said('Acme Books'), returnUrl: said('https://acme.example/bank?session=1') }
  return new Map([
    ['welcome', welcomePage({ ...names, ledgerAccounts: [] })],
    ['welcome, bank named', welcomePage({ ...names, institution: institutions[1]!, ledgerAccounts })],
    ['choose bank', chooseBankPage({ ...link, institutions, hasMore: false, ledgerAccounts: [] })],
    [
      'choose bank, searched',
      chooseBankPage({ ...link, institutions, hasMore: true, search: said('fjo'), ledgerAccounts }),
    ],
    [
      'choose bank, none found',
      chooseBankPage({ ...link, institutions: [], hasMore: false, search: said('xyz'), ledgerAccounts: [] }),
    ],
    ['choose bank, none', chooseBankPage({ ...link, institutions: [], hasMore: false, ledgerAccounts: [] })],
    ['bank unavailable', bankUnavailablePage({ ...link, institution: bank, refuses: false, mayChooseAnother: true })],
    ...(['sign', 'wait'] as const).map((next): [string, string] => [
      `agreement: ${next}`,
      agreementNeededPage({ ...names, institution: bank, next, mayChooseAnother: next === 'sign' }),
    ]),
    [
      'bank refuses, named',
      bankUnavailablePage({ ...link, institution: bank, refuses: true, mayChooseAnother: false }),
    ],
    ...failures.map((failure): [string, string] => {
      const refused = failure === 'wrong_account_type' ? [said('NO95 •••• 4956')] : []
      return [`welcome after ${failure}`, welcomePage({ ...names, ledgerAccounts: [], last: { failure, refused } })]
    }),
    ...notices.flatMap((notice): [string, string][] => [
      [notice, noticePage({ language, notice })],
      [`${notice}, with ways on`, noticePage({ language, notice, tenant, againPath: said('/callback/bank?state=s') })],
    ]),
  ])
}

const asItIs = (what: string): string => what

test('whatever a name contains, it stays text: no tag and no attribute more or less', (t) => {
  const fragment = fc.constantFrom(
    '<script>',
    '"',
    "'",
    '&',
    '>',
    '<!--',
    '</title>',
    '</style>',
    '&lt;',
    '" onload="',
    '$&',
  )
  const hostile = fc
    .array(fc.oneof(fragment, fc.string({ unit: 'binary' })), { maxLength: 6 })
    .map((parts) => parts.join(''))
  const expected = [...everyPage(asItIs).values()].map(skeleton).join('\n')
  fc.assert(
    fc.property(hostile, (text) => {
      // The name goes before, so that what the pages decide by a string (whether a logo is an image, whether there is a search) stays decided.
      const pages = [...everyPage((what) => what + text).values()]
      return (
        pages.map(skeleton).join('\n') === expected &&
        pages.every(
          (page) => !page.includes('<header>') || decoded(page).includes(`<header>Acme Books${text}</header>`),
        )
      )
    }),
  )
  t.end()
})

test('a template escapes text, also in lists and attributes, and leaves its own markup alone', (t) => {
  const nested = html`<b>${'<&>'}</b>`
  t.equal(
    html`<i title="${`"'`}">${[nested, '<']}${undefined}</i>`.toString(),
    '<i title="&quot;&#39;"><b>&lt;&amp;&gt;</b>&lt;</i>',
  )
  // What only looks like markup, as parsed JSON might, does not pass for it.
  t.throws(() => html`${JSON.parse('{ "text": "<script>" }')}`)
  t.end()
})

for (const [name, page] of everyPage(asItIs)) {
  test(`${name}: is one whole accessible document`, (t) => {
    t.ok(page.startsWith('<!doctype html>'))
    t.match(page, /<html lang="en">/)
    t.equal(count(page, /<h1>/g), 1, 'one h1')
    t.equal(count(page, /<title>[^<]+<\/title>/g), 1, 'one title, which says something')
    t.equal(count(page, /<main>/g), 1, 'one main')
    t.match(page, /<meta name="viewport" content="width=device-width, initial-scale=1" \/>/, 'can be enlarged')
    t.match(page, /<meta name="referrer" content="no-referrer" \/>/, 'the link, which is a secret, is told to nobody')
    t.match(page, /<meta name="robots" content="noindex, nofollow" \/>/)

    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    t.equal(new Set(ids).size, ids.length, 'ids are unique')
    for (const [, id] of page.matchAll(/ (?:aria-describedby|for)="([^"]*)"/g)) t.ok(ids.includes(id), `${id} is there`)
    for (const [input] of page.matchAll(/<input (?!type="hidden")[^>]*>/g)) {
      const id = / id="([^"]*)"/.exec(input)?.[1]
      t.ok(page.includes(`<label for="${id}">`), `${input} has a label`)
    }
    for (const [button, text = ''] of page.matchAll(/<(?:button|a)\b[^>]*>(.*?)<\/(?:button|a)>/gs))
      t.match(withoutTags(text), /\p{L}/u, `${button} says what it does`)
    for (const [image] of page.matchAll(/<img [^>]*>/g)) t.match(image, / alt=""/)
    t.end()
  })

  test(`${name}: runs nothing, fetches nothing, and has no other style than the one that the policy knows`, (t) => {
    t.notMatch(page, /<(?:script|iframe|object|embed|base|template)\b/i)
    t.notMatch(page, /<[^>]* (?:on[a-z]+|style)=/i)
    t.notMatch(page, /(?:src|srcset|poster|data)="(?!data:image\/)/)
    t.same(page.match(/<link [^>]*>/g), ['<link rel="icon" href="data:," />'])
    t.notMatch(page, /url\(|@import/)
    t.equal(count(page, /<style/g), 1)
    const sheet = /<style>(.*)<\/style>/s.exec(page)![1]!
    const hash = createHash('sha256').update(sheet).digest('base64')
    t.ok(contentSecurityPolicy().includes(`; style-src 'sha256-${hash}';`))
    t.end()
  })

  test(`${name}: every form goes to the link itself, with a step`, (t) => {
    for (const [form, method, action] of page.matchAll(/<form[^>]* method="(\w+)" action="([^"]*)".*?<\/form>/gs)) {
      t.ok(method === 'post' || method === 'get')
      t.equal(action, '/connect/token')
      t.match(form, /<input type="hidden" name="step" value="(?:agree|bank|cancel)" \/>/)
    }
    t.equal(count(page, /<form/g), count(page, /<form[^>]* method="/g))
    t.end()
  })
}

test('the policy allows nothing but the style, embedded images, and the way to the bank and back', (t) => {
  const directives = new Map(
    contentSecurityPolicy()
      .split('; ')
      .map((directive): [string, string] => {
        const [name = '', ...sources] = directive.split(' ')
        return [name, sources.join(' ')]
      }),
  )
  t.match(directives.get('style-src'), /^'sha256-[A-Za-z0-9+/]{43}='$/)
  directives.delete('style-src')
  t.strictSame(Object.fromEntries(directives), {
    'default-src': "'none'",
    'img-src': "'self' data:",
    'form-action': "'self' https: http://localhost:* http://127.0.0.1:*",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  })
  t.end()
})

test('the welcome page says who asks, for whom, what, for how long, and how to end it', (t) => {
  const view = { language: 'en', path: '/connect/t', tenantName: 'Acme Books', companyName: 'Fjord AS' } as const
  const text = withoutTags(welcomePage({ ...view, ledgerAccounts: [] }))
  for (const said of [
    'Acme Books',
    'Fjord AS',
    'Balances',
    'Booked transactions',
    'Account names',
    'withdraw your permission at any time',
  ])
    t.ok(text.includes(said), said)
  // How long is the bank's to say: without a bank there is no number to promise.
  t.notMatch(text, /\d+ days?/)

  const bank = {
    id: 'bg.f',
    name: 'Fjordbanken',
    countries: ['NO'],
    maxConsentDays: 90,
    approverHint: 'Two must approve.',
  }
  const named = withoutTags(
    welcomePage({ ...view, institution: bank, ledgerAccounts: [{ name: 'Tax', maskedIban: 'NO93 •••• 7947' }] }),
  )
  for (const said of ['up to 90 days', 'log in at Fjordbanken', 'Two must approve.', 'Tax', 'NO93 •••• 7947'])
    t.ok(named.includes(said), said)
  t.match(
    withoutTags(welcomePage({ ...view, institution: { ...bank, maxConsentDays: 1 }, ledgerAccounts: [] })),
    /up to 1 day from/,
  )
  t.end()
})

test('agree and cancel are posted as a step', (t) => {
  const page = everyPage(asItIs).get('welcome')!
  t.strictSame(postedSteps(page), ['agree', 'cancel'])
  t.end()
})

const choice: ChooseBankView = {
  language: 'en',
  path: '/connect/t',
  tenantName: 'Acme Books',
  institutions: [
    {
      id: 'bg.a',
      name: 'Øst og Vest',
      countries: ['NO', 'SE'],
      maxConsentDays: 180,
      logo: 'https://logos.example/a.png',
    },
    { id: 'bg.b', name: 'de Volks Bank', countries: ['NL'], maxConsentDays: 90, logo: 'data:image/png;base64,AAAA' },
    { id: 'bg.c', name: '  ', countries: ['Norge'], maxConsentDays: 90, logo: 'data:text/html,hello' },
  ],
  hasMore: false,
  ledgerAccounts: [],
}

test('choosing a bank is one press that posts its id', (t) => {
  const page = chooseBankPage(choice)
  t.strictSame(postedSteps(page), ['bank', 'cancel'])
  const buttons = [...page.matchAll(/<button class="bank" name="institutionId" value="([^"]*)"[^>]*>(.*?)<\/button>/gs)]
  t.strictSame(
    buttons.map(([, id, content = '']) => [id, withoutTags(content)]),
    [
      ['bg.a', 'ØO Øst og Vest Norway · Sweden · up to 180 days'],
      ['bg.b', 'de Volks Bank Netherlands · up to 90 days'],
      ['bg.c', 'Norge · up to 90 days'],
    ],
  )
  t.end()
})

test('a logo is shown only when it carries its own image or is of our own address; else initials stand there', (t) => {
  const [first] = choice.institutions
  if (first === undefined) throw new Error('no bank to choose')
  const logos = ['/connect/pictures/bg.d', '//logos.example/b.png', 'http://logos.example/c.png']
  const page = chooseBankPage({
    ...choice,
    institutions: [...choice.institutions, ...logos.map((logo) => ({ ...first, logo }))],
  })
  t.notMatch(page, /logos\.example|text\/html/)
  t.match(page, /<img class="logo" src="\/connect\/pictures\/bg\.d" alt=""/)
  t.match(page, /<span class="logo hue-[0-5]" aria-hidden="true">ØO<\/span>/)
  t.match(page, /<img class="logo" src="data:image\/png;base64,AAAA" alt=""/)
  t.end()
})

test('a search works without script, keeps what was typed, and leads back to all banks', (t) => {
  const page = chooseBankPage({ ...choice, search: 'fjord "A" & co' })
  const form = /<form[^>]* method="get".*?<\/form>/s.exec(page)![0]
  t.match(form, /name="step" value="bank"/)
  t.ok(form.includes('name="search" type="search" value="fjord &quot;A&quot; &amp; co"'))
  t.match(page, /<a class="action" href="\/connect\/t\?step=bank">Show all banks<\/a>/)
  t.notMatch(chooseBankPage(choice), /Show all banks/)
  t.match(chooseBankPage({ ...choice, institutions: [], search: 'xyz' }), /No bank matches “xyz”/)
  t.end()
})

test('banks left out for length are told of', (t) => {
  t.match(chooseBankPage({ ...choice, hasMore: true }), /There are more banks/)
  t.notMatch(chooseBankPage(choice), /There are more banks/)
  t.end()
})

test('a bank that does not answer can be tried again, and another chosen where the session leaves the choice', (t) => {
  const page = everyPage(asItIs).get('bank unavailable')!
  t.strictSame(postedSteps(page), ['bank', 'cancel'])
  t.match(page, /<input type="hidden" name="institutionId" value="bg\.fjord" \/>/)
  t.match(page, /href="\/connect\/token\?step=bank"/)
  t.notMatch(everyPage(asItIs).get('bank refuses, named'), /\?step=bank/)
  t.end()
})

for (const notice of notices) {
  test(`${notice}: says what to do, and names whom to ask where that is known`, (t) => {
    const stranger = noticePage({ language: 'en', notice })
    t.match(withoutTags(stranger), /the person who sent you the link/)
    t.notMatch(stranger, /<a |<form|<header>/)

    const known = noticePage({
      language: 'en',
      notice,
      tenant: { name: 'Acme Books', returnUrl: 'https://acme.example/bank?session=1&status=failed' },
      againPath: '/callback/berlin-group?state=s',
    })
    t.notMatch(withoutTags(known), /the person who sent you the link/)
    t.match(
      known,
      /<a class="action primary" href="https:\/\/acme\.example\/bank\?session=1&amp;status=failed">Return to Acme Books</,
    )
    t.match(known, /<a class="action" href="\/callback\/berlin-group\?state=s">Check again</)
    t.end()
  })
}

test('the language is the one that the session names, else the first of the browser’s that we speak, else our first', (t) => {
  const cases: readonly (readonly [LanguageWish, string])[] = [
    [{}, 'en'],
    [{ session: 'de', acceptLanguage: 'nb' }, 'de'],
    [{ session: 'fi', acceptLanguage: 'nb' }, 'nb'],
    [{ session: 'NB-no' }, 'nb'],
    [{ acceptLanguage: 'nb-NO,nb;q=0.9,en;q=0.8' }, 'nb'],
    [{ acceptLanguage: 'no' }, 'nb'],
    [{ acceptLanguage: 'nn-NO, en;q=0.9' }, 'nb'],
    [{ acceptLanguage: 'en;q=0.4, de;q=0.5' }, 'de'],
    [{ acceptLanguage: 'fr, de; Q=0.5' }, 'de'],
    [{ acceptLanguage: 'de;q=0, nb;q=0.1' }, 'nb'],
    [{ acceptLanguage: 'de;q=x' }, 'en'],
    [{ acceptLanguage: '*' }, 'en'],
    [{ acceptLanguage: ',;=;q=,,-,' }, 'en'],
  ]
  for (const [wish, expected] of cases)
    t.equal(negotiateLanguage(wish, ['en', 'nb', 'de']), expected, JSON.stringify(wish))
  for (const language of languages) t.equal(chooseLanguage({ session: language, acceptLanguage: 'en' }), language)
  t.end()
})

/** Every sentence of a language, by where it stands, with the names in it. */
function sentencesOf(texts: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof texts === 'string') return [[path, texts]]
  if (typeof texts === 'function')
    return [1, 90].map((days) => [
      `${path} ${days}`,
      String(texts(path.includes('urationAt') || path.includes('upTo') ? days : 'Nordby', 'Sydby')),
    ])
  return Object.entries(Object(texts)).flatMap(([key, value]) => sentencesOf(value, `${path}.${key}`))
}

test('every language says all of it, in its own words, with the same names and numbers in it', (t) => {
  const english = new Map(sentencesOf(en))
  for (const language of languages.filter((each) => each !== 'en')) {
    const own = sentencesOf(textsIn(language))
    t.strictSame(
      own.map(([path]) => path),
      [...english.keys()],
      language,
    )
    for (const [path, sentence] of own) {
      const original = english.get(path) ?? ''
      t.not(sentence, original, `${language}${path}`)
      t.match(sentence, /^\S.*\S$/, `${language}${path}`)
      for (const name of ['Nordby', 'Sydby', '90'])
        t.equal(sentence.includes(name), original.includes(name), `${language}${path}: ${name}`)
    }
    for (const [name, page] of everyPage(asItIs, language)) {
      t.match(page, `<html lang="${language}">`, name)
      t.notMatch(page, /undefined|\[object|=>/, name)
    }
  }
  t.end()
})

test('whoever opens a link again reads what became of it the last time, and what to do', (t) => {
  const pages = everyPage(asItIs)
  t.notMatch(pages.get('welcome'), /class="told"/)
  for (const failure of failures) {
    const page = withoutTags(pages.get(`welcome after ${failure}`)!)
    t.match(page, en.lastAttempt[failure].heading)
    t.match(page, en.lastAttempt[failure].text('Acme Books'))
    t.equal(page.includes('NO95 •••• 4956'), failure === 'wrong_account_type')
  }
  t.end()
})

test('colours differ enough to be read, in light and in dark (WCAG 2.2 AA)', (t) => {
  const [light, dark] = [...style.matchAll(/:root \{([^}]*)\}/g)].map(
    ([, body = '']) =>
      new Map([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name!, value!])),
  )
  const pairs: readonly (readonly [string, string, number])[] = [
    ['text', 'ground', 4.5],
    ['quiet', 'ground', 4.5],
    ['text', 'sheet', 4.5],
    ['quiet', 'sheet', 4.5],
    ['text', 'tint', 4.5],
    ['quiet', 'tint', 4.5],
    ['on-accent', 'accent', 4.5],
    // Not text: what shows where a field, a button or the focus is.
    ['edge', 'sheet', 3],
    ['accent', 'sheet', 3],
  ]
  const hues = [...style.matchAll(/\.hue-\d \{ background: (#[0-9a-f]{6}); color: (#[0-9a-f]{6}) \}/g)]
  t.equal(hues.length, 6)
  for (const [rule, ground = '', text = ''] of hues) t.ok(contrast(ground, text) >= 4.5, rule)
  for (const [scheme, colours] of Object.entries({ light, dark }))
    for (const [one, other, least] of pairs)
      t.ok(contrast(colours!.get(one)!, colours!.get(other)!) >= least, `${scheme}: ${one} on ${other}`)
  t.end()
})

/** The tags with the names of their attributes, in order: what a browser would build, whatever the texts are. */
function skeleton(page: string): string {
  return [...page.matchAll(/<(?:"[^"]*"|[^"<>])*>|</g)].map(([tag]) => tag.replaceAll(/"[^"]*"/g, '""')).join('')
}

function decoded(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

function withoutTags(page: string): string {
  const body = page.replace(/<head>.*<\/head>/s, '')
  return decoded(body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')).trim()
}

function postedSteps(page: string): readonly (string | undefined)[] {
  return [...page.matchAll(/<form method="post".*?name="step" value="(\w+)"/gs)].map(([, step]) => step)
}

function count(page: string, pattern: RegExp): number {
  return [...page.matchAll(pattern)].length
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (lighter! + 0.05) / (darker! + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
