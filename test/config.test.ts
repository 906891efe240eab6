import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { ConfigError, readConfig } from '../src/config.ts'
import { seal } from './shared/fixtures/seal.ts'
import { authority, client } from './shared/fixtures/tls.ts'

const pem = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()
const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`
const server = {
  DATABASE_URL: 'postgres://bankfeed:s3cret@db.example/bankfeed',
  ENCRYPTION_KEYS: key('2026'),
  JWT_PUBLIC_KEY: pem,
  JWT_ISSUER: 'https://login.example',
  JWT_AUDIENCE: 'bankfeed',
}

/** All that is wrong with an environment, one a line. */
function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.message.split('\n').slice(1)
  }
}

test('with nothing set, it is the embedded service for this machine alone', (t) => {
  const { config, secrets } = readConfig({})
  t.match(config, {
    host: '127.0.0.1',
    port: 3000,
    publicUrl: null,
    role: 'all',
    dataDir: './data',
    sandbox: true,
    jwt: null,
    logLevel: 'info',
  })
  t.match(secrets, { database: null, encryptionKeys: [] })
  t.throws(() => Object.assign(config, { port: 1 }), TypeError, 'and nobody changes it')
  t.same(readConfig({ HOST: '', PORT: ' ', ROLE: '' }), { config, secrets }, 'empty is not set')
  t.end()
})

test('each variable means what it says', (t) => {
  const { config, secrets } = readConfig({
    ...server,
    HOST: '0.0.0.0',
    PORT: '0',
    PUBLIC_URL: 'https://bank.books.example/feed/',
    ROLE: 'worker',
    DATABASE_OWNER_URL: 'postgresql://owner@db.example/bankfeed',
    DATA_DIR: '/var/lib/bankfeed',
    SANDBOX: 'on',
    ENCRYPTION_KEYS: `${key('new')}, ${key('old')}`,
    LOG_LEVEL: 'debug',
  })
  t.match(config, {
    host: '0.0.0.0',
    port: 0,
    publicUrl: 'https://bank.books.example/feed',
    role: 'worker',
    dataDir: '/var/lib/bankfeed',
    sandbox: true,
    jwt: { issuer: 'https://login.example', audience: 'bankfeed', jwksUrl: null, publicKey: pem.trim() },
    logLevel: 'debug',
  })
  t.match(secrets.database, { url: server.DATABASE_URL, ownerUrl: 'postgresql://owner@db.example/bankfeed' })
  t.same(
    secrets.encryptionKeys.map(({ id, key: { length } }) => [id, length]),
    [
      ['new', 32],
      ['old', 32],
    ],
  )
  t.equal(readConfig(server).config.sandbox, false, 'with a database of one’s own there is no sandbox unless asked for')
  t.end()
})

const networks = (environment: Record<string, string>) =>
  readConfig(environment).config.webhookNetworks.map(({ address, bits }) => `${address.toString()}/${bits}`)

test('events are sent to this machine where there is a sandbox, to what is named, and else to public addresses only', (t) => {
  t.same(networks({}), ['127.0.0.0/8', '::1/128'])
  t.same(networks({ SANDBOX: 'off' }), [])
  t.same(networks(server), [])
  t.same(networks({ WEBHOOK_NETWORKS: 'none' }), [])
  t.same(networks({ ...server, WEBHOOK_NETWORKS: '10.20.0.0/16, fd00::/8' }), ['10.20.0.0/16', 'fd00::/8'])
  t.end()
})

test('a public key is a PEM, one on a single line, or a file that holds one; or there is a JWKS', async (t) => {
  const path = join(t.testdir(), 'key.pem')
  await writeFile(path, pem)
  for (const text of [pem, pem.replaceAll('\n', '\\n'), path])
    t.equal(readConfig({ ...server, JWT_PUBLIC_KEY: text }).config.jwt?.publicKey?.trim(), pem.trim())
  const { JWT_PUBLIC_KEY: _, ...rest } = server
  const { config } = readConfig({ ...rest, JWT_JWKS_URL: 'https://login.example/jwks' })
  t.match(config.jwt, { jwksUrl: 'https://login.example/jwks', publicKey: null })
})

test('each mistake is told by the variable’s name', (t) => {
  const cases: readonly (readonly [changed: Record<string, string>, ...named: RegExp[]])[] = [
    [{ PORT: '-1' }, /PORT/],
    [{ PORT: '65536' }, /PORT/],
    [{ PORT: '80a' }, /PORT/],
    [{ ROLE: 'both' }, /ROLE must be one of all, api, worker/],
    [{ SANDBOX: 'yes' }, /SANDBOX must be one of on, off/],
    [{ WEBHOOK_NETWORKS: '10.0.0.0/8,10.0.0.1' }, /WEBHOOK_NETWORKS must be networks/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL must be one of/],
    [{ PUBLIC_URL: 'books.example' }, /PUBLIC_URL/],
    [{ PUBLIC_URL: 'ftp://books.example' }, /PUBLIC_URL/],
    [{ PUBLIC_URL: 'https://books.example/?a=b' }, /PUBLIC_URL/],
    [{ DATABASE_URL: 'mysql://a@b/c' }, /DATABASE_URL/],
    [{ DATABASE_URL: 'postgres://db.example/bankfeed' }, /DATABASE_URL must be a postgres:\/\/ URL with a user/],
    [{ DATABASE_OWNER_URL: 'owner' }, /DATABASE_OWNER_URL/],
    [{ ENCRYPTION_KEYS: '' }, /ENCRYPTION_KEYS is required/],
    [{ ENCRYPTION_KEYS: randomBytes(32).toString('base64') }, /ENCRYPTION_KEYS/],
    [{ ENCRYPTION_KEYS: `a:${randomBytes(31).toString('base64')}` }, /ENCRYPTION_KEYS/],
    [{ ENCRYPTION_KEYS: `a:${randomBytes(32).toString('hex')}` }, /ENCRYPTION_KEYS/],
    [{ ENCRYPTION_KEYS: `a b:${randomBytes(32).toString('base64')}` }, /ENCRYPTION_KEYS/],
    [{ ENCRYPTION_KEYS: `sample:${Buffer.alloc(32).toString('base64')}` }, /ENCRYPTION_KEYS: sample is not random/],
    [{ ENCRYPTION_KEYS: `${key('a')},${key('a')}` }, /ENCRYPTION_KEYS: a stands twice/],
    [{ JWT_ISSUER: '' }, /JWT_ISSUER is required/],
    [{ JWT_AUDIENCE: '' }, /JWT_AUDIENCE is required/],
    [{ JWT_PUBLIC_KEY: '' }, /JWT_PUBLIC_KEY or JWT_JWKS_URL is required/],
    [{ JWT_PUBLIC_KEY: '/no/such/file' }, /JWT_PUBLIC_KEY must be a PEM/],
    [{ JWT_PUBLIC_KEY: pem.replaceAll('PUBLIC', 'PRIVATE') }, /JWT_PUBLIC_KEY must be a PEM/],
    [
      { JWT_PUBLIC_KEY: '-----BEGIN PUBLIC KEY-----\nnonsense\n-----END PUBLIC KEY-----' },
      /JWT_PUBLIC_KEY must be a PEM/,
    ],
    [{ JWT_JWKS_URL: 'https://login.example/jwks' }, /exclude each other/],
    [{ JWT_PUBLIC_KEY: '', JWT_JWKS_URL: 'file:///etc/passwd' }, /JWT_JWKS_URL must be/],
  ]
  for (const [changed, ...named] of cases) {
    const problems = problemsOf({ ...server, ...changed })
    t.equal(problems.length, named.length, `${JSON.stringify(changed)}: ${problems.join()}`)
    for (const pattern of named)
      t.ok(
        problems.some((problem) => pattern.test(problem)),
        `${String(pattern)}: ${problems.join()}`,
      )
  }
  t.match(problemsOf({ DATABASE_OWNER_URL: 'postgres://owner@db/x' }), [/without DATABASE_URL/])
  t.match(
    problemsOf({ JWT_ISSUER: 'x' }),
    [/JWT_PUBLIC_KEY or JWT_JWKS_URL/, /JWT_AUDIENCE/],
    'half of a trust is none',
  )
  t.end()
})

test('all mistakes are told at once', (t) => {
  const problems = problemsOf({
    PORT: 'x',
    ROLE: 'x',
    SANDBOX: 'x',
    LOG_LEVEL: 'x',
    PUBLIC_URL: 'x',
    DATABASE_URL: 'x',
    ENCRYPTION_KEYS: 'x',
    JWT_ISSUER: 'x',
  })
  for (const name of [
    'PORT',
    'ROLE',
    'SANDBOX',
    'LOG_LEVEL',
    'PUBLIC_URL',
    'DATABASE_URL',
    'ENCRYPTION_KEYS',
    'JWT_PUBLIC_KEY',
    'JWT_AUDIENCE',
  ])
    t.ok(
      problems.some((problem) => problem.includes(name)),
      name,
    )
  t.end()
})

test('no secret is told with a mistake', (t) => {
  const secrets = [randomBytes(32).toString('base64'), randomBytes(30).toString('base64url'), 's3cret-password']
  const environments: Record<string, string>[] = [
    { ENCRYPTION_KEYS: secrets[0] ?? '' },
    { ENCRYPTION_KEYS: secrets[1] ?? '' },
    { ENCRYPTION_KEYS: `${secrets[1]}:id` },
    { ENCRYPTION_KEYS: `a:${secrets[1]}` },
    { DATABASE_URL: `mysql://bankfeed:${secrets[2]}@db/x` },
    { DATABASE_URL: `postgres://bankfeed:${secrets[2]}@:x` },
    { DATABASE_OWNER_URL: `postgres://:${secrets[2]}@db/x` },
    { JWT_PUBLIC_KEY: `-----BEGIN PRIVATE KEY-----${secrets[1]}` },
  ]
  for (const environment of environments) {
    const problems = problemsOf({ ...server, ...environment }).join('\n')
    t.not(problems, '', Object.keys(environment).join())
    for (const secret of secrets) t.notOk(problems.includes(secret), problems)
  }
  t.end()
})

const bank = {
  id: 'mybank',
  name: 'My Bank',
  baseUrl: 'https://psd2.mybank.example',
  countries: ['NO'],
  maxHistoryDays: 90,
  maxConsentDays: 180,
}

test('a bank has the certificates that its files hold', async (t) => {
  const names = {
    clientCertificateFile: 'qwac.pem',
    clientKeyFile: 'qwac.key',
    caFile: 'ca.pem',
    sealCertificateFile: 'qseal.pem',
    sealKeyFile: 'qseal.key',
  }
  const chain = `${client.cert}\n${authority}\n`
  const folder = t.testdir({
    'qwac.pem': chain,
    'qwac.key': client.key,
    'ca.pem': authority,
    'qseal.pem': seal.cert,
    'qseal.key': seal.key,
  })
  const files = Object.fromEntries(Object.entries(names).map(([name, file]) => [name, join(folder, file)]))
  const path = join(folder, 'banks.json')
  await writeFile(path, JSON.stringify([{ ...bank, ...files }, bank]))
  t.strictSame(readConfig({ BERLINGROUP_BANKS: path }).secrets.providers.berlinGroup, [
    { ...bank, bankCodes: [], tls: { cert: chain, key: client.key, ca: authority }, seal },
    { ...bank, bankCodes: [] },
  ])
})

test('certificates that cannot be used are told at the start, without what is in them', async (t) => {
  const folder = t.testdir({
    'qwac.pem': client.cert,
    'qwac.key': client.key,
    'qseal.pem': seal.cert,
    'qseal.key': seal.key,
    'sealed.key': generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
      .toString(),
    'nonsense.pem': '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----',
  })
  const path = (file: string) => join(folder, file)
  const cases: readonly (readonly [entry: Record<string, string>, ...named: RegExp[]])[] = [
    [{ clientCertificateFile: path('qwac.pem') }, /mybank needs both clientCertificateFile and clientKeyFile/],
    [{ sealKeyFile: path('qseal.key') }, /mybank needs both sealCertificateFile and sealKeyFile/],
    [{ sealCertificateFile: path('no.pem'), sealKeyFile: path('qseal.key') }, /needs both sealCertificateFile/],
    [{ sealCertificateFile: path('qseal.pem'), sealKeyFile: path('qwac.key') }, /seal.* not a certificate and its own/],
    [{ sealCertificateFile: path('qseal.pem'), sealKeyFile: path('sealed.key') }, /without a passphrase/],
    [{ sealCertificateFile: path('nonsense.pem'), sealKeyFile: path('qseal.key') }, /not a certificate and its own/],
    [{ sealCertificateFile: path('qseal.key'), sealKeyFile: path('qseal.pem') }, /not a certificate and its own/],
    [{ sealCertificateFile: path('qwac.pem'), sealKeyFile: path('qwac.key') }, /needs an RSA key in sealKeyFile/],
    [{ clientCertificateFile: path('qwac.pem'), clientKeyFile: path('qseal.key') }, /client.* not a certificate and/],
    [
      { clientCertificateFile: path('qwac.pem'), clientKeyFile: path('qwac.key'), caFile: path('nonsense.pem') },
      /needs a caFile that can be read/,
    ],
    [{ caFile: path('qwac.pem') }, /goes with a client certificate/],
    [
      { clientKeyFile: path('no.key'), sealKeyFile: path('no.key'), caFile: path('no.pem') },
      /clientCertificateFile/,
      /sealCertificateFile/,
      /caFile that can be read/,
      /caFile, which goes with/,
    ],
  ]
  for (const [entry, ...named] of cases) {
    await writeFile(path('banks.json'), JSON.stringify([{ ...bank, ...entry }]))
    const problems = problemsOf({ BERLINGROUP_BANKS: path('banks.json') })
    t.equal(problems.length, named.length, problems.join())
    for (const pattern of named)
      t.ok(
        problems.some((problem) => pattern.test(problem)),
        `${String(pattern)}: ${problems.join()}`,
      )
    t.notMatch(problems.join(), /BEGIN/)
  }
})

test('a provider is on when its configuration is there, several at once', (t) => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const rsa = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const off = readConfig({}).secrets
  t.strictSame(off.providers, {})
  const { secrets } = readConfig({
    GOCARDLESS_SECRET_ID: 'id',
    GOCARDLESS_SECRET_KEY: 'key',
    ENABLEBANKING_APPLICATION_ID: 'app',
    ENABLEBANKING_PRIVATE_KEY: rsa.replaceAll('\n', '\\n'),
    ENABLEBANKING_BASE_URL: 'http://127.0.0.1:4000/',
    POWENS_DOMAIN: 'acme-sandbox',
    POWENS_CLIENT_ID: '123',
    POWENS_CLIENT_SECRET: 'secret',
  })
  t.match(secrets.providers, {
    gocardless: { secretId: 'id', secretKey: 'key', baseUrl: 'https://bankaccountdata.gocardless.com/api/v2' },
    enableBanking: { applicationId: 'app', privateKey: rsa, baseUrl: 'http://127.0.0.1:4000' },
    powens: {
      domain: 'acme-sandbox',
      clientId: '123',
      clientSecret: 'secret',
      baseUrl: 'https://acme-sandbox.biapi.pro/2.0',
      webviewUrl: 'https://webview.powens.com',
    },
  })
  const file = join(t.testdir({ 'key.pem': rsa }), 'key.pem')
  const fromFile = readConfig({ ENABLEBANKING_APPLICATION_ID: 'app', ENABLEBANKING_PRIVATE_KEY: file })
  t.equal(fromFile.secrets.providers.enableBanking?.privateKey, rsa)
  t.end()
})

test('a provider that is half configured is told at start, all of it at once and without its secrets', (t) => {
  const problems = problemsOf({
    GOCARDLESS_SECRET_ID: 's3cret-id',
    ENABLEBANKING_APPLICATION_ID: 'app',
    ENABLEBANKING_PRIVATE_KEY: pem,
    ENABLEBANKING_BASE_URL: 'http://api.example',
    POWENS_DOMAIN: 'Not A Domain',
    POWENS_CLIENT_SECRET: 's3cret',
    POWENS_WEBVIEW_URL: 'webview',
  })
  t.match(problems, [
    /GOCARDLESS_SECRET_KEY must be set too/,
    /ENABLEBANKING_BASE_URL must be https/,
    /ENABLEBANKING_PRIVATE_KEY must be an RSA private key/,
    /POWENS_CLIENT_ID must be set too/,
    /POWENS_DOMAIN must be/,
    /POWENS_WEBVIEW_URL must be an http/,
  ])
  t.notMatch(problems.join(), /s3cret|BEGIN/)
  t.end()
})
