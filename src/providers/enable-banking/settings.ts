import { createPrivateKey } from 'node:crypto'
import { allOrNone, baseUrlOf, type Settings } from '../settings.ts'
import type { EnableBankingConfig } from './index.ts'

/** ENABLEBANKING_APPLICATION_ID, _PRIVATE_KEY (a PEM, also on one line with `\\n`, or its file), _BASE_URL. */
export function enableBankingSettings(settings: Settings): EnableBankingConfig | null {
  const given = allOrNone(settings, ['ENABLEBANKING_APPLICATION_ID', 'ENABLEBANKING_PRIVATE_KEY'])
  const baseUrl = baseUrlOf(settings, 'ENABLEBANKING_BASE_URL', 'https://api.enablebanking.com')
  if (given === null) return null
  const [applicationId = '', key = ''] = given
  const privateKey = key.includes('-----BEGIN') ? key.replaceAll('\\n', '\n') : settings.file(key)
  if (key !== '' && (privateKey === null || !isRsaPrivateKey(privateKey)))
    settings.tell('ENABLEBANKING_PRIVATE_KEY must be an RSA private key in PEM, or the path of a file that holds one')
  return { applicationId, privateKey: privateKey ?? '', baseUrl }
}

function isRsaPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}
