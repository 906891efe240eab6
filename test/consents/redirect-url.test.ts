import fc from 'fast-check'
import { test } from 'tap'
import { isAcceptableRedirectUrl, withOutcome } from '../../src/consents/model/redirect-url.ts'
import { backTo } from '../../src/shared/back-to.ts'
import { registered, smuggled, url } from './smuggled.ts'

function redirectUrlAllowed(asked: string, redirectUrls: readonly string[]): boolean {
  try {
    return backTo({ redirectUrls, defaultRedirectUrl: null }, asked) === asked
  } catch {
    return false
  }
}

test('a redirect URL is one of the registered ones, letter by letter', (t) => {
  for (const one of registered) t.ok(redirectUrlAllowed(one, registered), one)
  for (const one of smuggled) t.notOk(redirectUrlAllowed(one, registered), JSON.stringify(one))
  t.notOk(redirectUrlAllowed('', []))
  t.end()
})

test('no change of a single character gets by', (t) => {
  fc.assert(
    fc.property(fc.nat(url.length), fc.string({ maxLength: 2 }), fc.nat(2), (place, inserted, cut) => {
      const changed = url.slice(0, place) + inserted + url.slice(place + cut)
      return changed === url || !redirectUrlAllowed(changed, registered)
    }),
  )
  t.end()
})

test('what may be registered is https, or http on loopback, spelled as the standard spells it', (t) => {
  const acceptable = [
    ...registered,
    'https://books.example',
    'https://books.example/',
    'https://books.example:8443/return',
    'https://xn--bcher-kva.example/zur%C3%BCck',
    'https://192.0.2.1/return',
    'https://[2001:db8::1]/return',
    'https://books.example/return?tab=bank&company=',
    'http://localhost:3000/return',
    'http://[::1]:3000/return',
    'http://localhost',
    `https://books.example/${'a'.repeat(2026)}`,
  ]
  for (const one of acceptable) t.ok(isAcceptableRedirectUrl(one), one)
  t.end()
})

test('what browsers, proxies and people may read as another place cannot be registered', (t) => {
  const unacceptable = [
    '',
    '/return',
    '//books.example/return',
    'books.example/return',
    'http://books.example/return',
    'http://127.0.0.1.evil.example/return',
    'http://localhost.evil.example/return',
    'http://localhost@evil.example/return',
    'http://2130706433/return',
    'http://0x7f000001/return',
    'http://127.1/return',
    'http://[::ffff:127.0.0.1]/return',
    'http://192.168.0.1/return',
    'ftp://books.example/return',
    'ws://localhost/return',
    'file:///return',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:https://books.example/1',
    'booksapp://return',
    'https://user@books.example/return',
    'https://user:pass@books.example/return',
    'https://:@books.example/return',
    'https://books.example/return#',
    'https://books.example/return#there',
    'https://books.example\\@evil.example/return',
    'https:\\\\books.example/return',
    'https:/books.example/return',
    'https:books.example/return',
    'https:///books.example/return',
    'https://',
    'https://?tab=bank',
    'https://books.example:99999/return',
    'https://books.example:443/return',
    'HTTPS://books.example/return',
    'https://BOOKS.example/return',
    'https://books.example./return',
    'https://*.example/return',
    'https://books_.example/return',
    'https://b%6foks.example/return',
    'https://bücher.example/return',
    'https://books。example/return',
    'https://books.example/zurück',
    'https://books.example/a/../return',
    'https://books.example/%2e%2e/return',
    'https://books.example/re turn',
    ' https://books.example/return',
    'https://books.example/return\n',
    'https://books.example/re\tturn',
    'https://books.example/\u0000',
    'https://books.example/%00',
    'https://books.example/%0d%0aSet-Cookie:a',
    'https://books.example/%7F',
    'https://books.example/return?x=\u200b',
    'https://books.example/"><script>',
    'https://books.example/return?status=completed',
    'https://books.example/return?tab=bank&session=1',
    'https://books.example/return?%73tatus=completed',
    `https://books.example/${'a'.repeat(2027)}`,
  ]
  for (const one of unacceptable) t.notOk(isAcceptableRedirectUrl(one), JSON.stringify(one.slice(0, 80)))
  t.end()
})

test('the outcome is added and nothing else changes', (t) => {
  const outcome = { session: '01980000-0000-7000-8000-000000000000', status: 'completed' } as const
  const added = 'session=01980000-0000-7000-8000-000000000000&status=completed'
  t.equal(withOutcome(url, outcome), `${url}?${added}`)
  t.equal(withOutcome('https://books.example', outcome), `https://books.example?${added}`)
  t.equal(withOutcome('https://books.example/r?a=%20b&c', outcome), `https://books.example/r?a=%20b&c&${added}`)
  for (const one of registered) {
    const back = new URL(withOutcome(one, { session: 'a&b=c#d', status: 'failed' }))
    t.strictSame(back.searchParams.getAll('session'), ['a&b=c#d'])
    t.strictSame(back.searchParams.getAll('status'), ['failed'])
    t.equal(back.origin, new URL(one).origin)
    t.equal(back.hash, '')
  }
  t.end()
})
