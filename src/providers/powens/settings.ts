import { allOrNone, baseUrlOf, type Settings } from '../settings.ts'
import type { PowensConfig } from './index.ts'

/** POWENS_DOMAIN, _CLIENT_ID, _CLIENT_SECRET, _BASE_URL, _WEBVIEW_URL; _WEBHOOK_SECRET where Powens is to call us. */
export function powensSettings(settings: Settings): PowensConfig | null {
  const given = allOrNone(settings, ['POWENS_DOMAIN', 'POWENS_CLIENT_ID', 'POWENS_CLIENT_SECRET'])
  const [domain = '', clientId = '', clientSecret = ''] = given ?? []
  if (domain !== '' && !/^[a-z0-9-]{1,63}$/.test(domain))
    settings.tell('POWENS_DOMAIN must be lower-case letters, digits and hyphens: what stands before .biapi.pro')
  const baseUrl = baseUrlOf(settings, 'POWENS_BASE_URL', `https://${domain}.biapi.pro/2.0`)
  const webviewUrl = baseUrlOf(settings, 'POWENS_WEBVIEW_URL', 'https://webview.powens.com')
  const webhookSecret = settings.value('POWENS_WEBHOOK_SECRET')
  if (given === null) return null
  return { domain, clientId, clientSecret, baseUrl, webviewUrl, ...(webhookSecret !== null && { webhookSecret }) }
}
