// npm run --silent token -- --tenant acme [--scope "companies:read …"]: a token of the embedded service, and nothing else on stdout.

import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { scopes } from '../shared/http/operation.ts'
import { ownKeys, ownToken } from '../shared/own-keys.ts'

const hoursValid = 12

const { values } = parseArgs({ options: { tenant: { type: 'string' }, scope: { type: 'string' } } })
const { config, secrets } = readConfig()
if (secrets.database !== null || config.jwt !== null)
  fail('tokens come from your own issuer here: this command is for the embedded service')
if (values.tenant === undefined || !/^[A-Za-z0-9._~-]{1,64}$/.test(values.tenant))
  fail('usage: npm run --silent token -- --tenant NAME [--scope "companies:read …"]')
const unknown = values.scope?.split(' ').filter((scope) => !(scopes as readonly string[]).includes(scope)) ?? []
if (unknown.length > 0) fail(`unknown scope ${unknown.join(', ')}; there are: ${scopes.join(' ')}`)

const token = ownToken(await ownKeys(config.dataDir), {
  sub: `cli:${values.tenant}`,
  tenant: values.tenant,
  scope: values.scope ?? scopes.join(' '),
  now: new Date(),
  hours: hoursValid,
})
process.stdout.write(`${token}\n`)

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
