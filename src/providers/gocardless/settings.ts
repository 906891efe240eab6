import { allOrNone, baseUrlOf, type Settings } from '../settings.ts'
import type { GoCardlessConfig } from './index.ts'

const vendor = 'https://bankaccountdata.gocardless.com/api/v2'

/** GOCARDLESS_SECRET_ID, _SECRET_KEY, _BASE_URL. Where the sandbox is on, GoCardless's own bank for trying things out is listed too. */
export function goCardlessSettings(settings: Settings): GoCardlessConfig | null {
  const given = allOrNone(settings, ['GOCARDLESS_SECRET_ID', 'GOCARDLESS_SECRET_KEY'])
  const baseUrl = baseUrlOf(settings, 'GOCARDLESS_BASE_URL', vendor)
  if (given === null) return null
  const [secretId = '', secretKey = ''] = given
  return { secretId, secretKey, baseUrl, withSandbox: settings.sandbox }
}
