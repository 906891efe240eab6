// The file of banks that BERLINGROUP_BANKS names.

import { createPrivateKey, X509Certificate } from 'node:crypto'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { Settings } from '../settings.ts'
import type { BankConfig } from './index.ts'

/**
 * BERLINGROUP_BANKS: a JSON file with an array of these. Certificates and keys are paths of PEM files: the client's for banks that ask for one in TLS
 * (QWAC), the seal's for banks that want every request signed (QSEAL). `caFile` holds whom to trust there instead of the usual authorities.
 */
const bankEntry = Type.Object(
  {
    id: Type.String({ pattern: '^[A-Za-z0-9._~-]{1,64}$' }),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    baseUrl: Type.String({ pattern: '^https?://' }),
    countries: Type.Array(Type.String({ pattern: '^[A-Z]{2}$' }), { minItems: 1 }),
    bankCodes: Type.Optional(Type.Array(Type.String())),
    bic: Type.Optional(Type.String()),
    logo: Type.Optional(Type.String()),
    approverHint: Type.Optional(Type.String({ maxLength: 500 })),
    agreement: Type.Optional(
      Type.Object(
        {
          id: Type.String({ pattern: '^[A-Za-z0-9._~-]{1,64}$' }),
          name: Type.String({ minLength: 1, maxLength: 200 }),
          baseUrl: Type.String({ pattern: '^https?://' }),
        },
        { additionalProperties: false },
      ),
    ),
    maxHistoryDays: Type.Integer({ minimum: 1, maximum: 3_650 }),
    maxConsentDays: Type.Integer({ minimum: 1, maximum: 365 }),
    clientCertificateFile: Type.Optional(Type.String()),
    clientKeyFile: Type.Optional(Type.String()),
    caFile: Type.Optional(Type.String()),
    sealCertificateFile: Type.Optional(Type.String()),
    sealKeyFile: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)

/** The banks of the file that BERLINGROUP_BANKS names. */
export function berlinGroupSettings({ value, file, tell }: Settings): readonly BankConfig[] | null {
  const path = value('BERLINGROUP_BANKS')
  if (path === null) return null
  const text = file(path)
  if (text === null) {
    tell('BERLINGROUP_BANKS must be the path of a file that can be read')
    return []
  }
  let entries: unknown
  try {
    entries = JSON.parse(text)
  } catch {
    tell('BERLINGROUP_BANKS: the file is not JSON')
    return []
  }
  const shape = Type.Array(bankEntry)
  for (const { instancePath, message } of Value.Errors(shape, entries).slice(0, 20))
    tell(`BERLINGROUP_BANKS: ${instancePath || 'the file'} ${message}`)
  return Value.Check(shape, entries) ? entries.map((entry) => bankOf(entry, file, tell)) : []
}

function bankOf(
  {
    clientCertificateFile,
    clientKeyFile,
    caFile,
    sealCertificateFile,
    sealKeyFile,
    bankCodes,
    ...bank
  }: Static<typeof bankEntry>,
  file: Settings['file'],
  tellAll: Settings['tell'],
): BankConfig {
  const tell = (problem: string) => tellAll(`BERLINGROUP_BANKS: ${bank.id} ${problem}`)
  const read = (path: string | undefined) => (path === undefined ? undefined : file(path))
  const client = identityOf('client', { certificate: read(clientCertificateFile), key: read(clientKeyFile) }, tell)
  const seal = identityOf('seal', { certificate: read(sealCertificateFile), key: read(sealKeyFile) }, tell)
  // What the standard calls rsa-sha256.
  if (seal !== null && createPrivateKey(seal.key).asymmetricKeyType !== 'rsa') tell('needs an RSA key in sealKeyFile')
  const ca = read(caFile)
  if (ca === null || (ca !== undefined && certificateIn(ca) === null))
    tell('needs a caFile that can be read and holds a PEM certificate, or none')
  if (ca !== undefined && clientCertificateFile === undefined)
    tell('has a caFile, which goes with a client certificate')
  return {
    ...bank,
    bankCodes: bankCodes ?? [],
    ...(client !== null && { tls: { ...client, ...(ca != null && { ca }) } }),
    ...(seal !== null && { seal }),
  }
}

/** What a file that is named holds; null where it cannot be read, undefined where none is named. */
type Read = string | null | undefined

/** A certificate and its key; null where the entry has none, or where something is wrong with them, which is told. */
function identityOf(
  whose: 'client' | 'seal',
  { certificate: cert, key }: { readonly certificate: Read; readonly key: Read },
  tell: Settings['tell'],
): { readonly cert: string; readonly key: string } | null {
  if (cert === undefined && key === undefined) return null
  const names = `${whose}CertificateFile and ${whose}KeyFile`
  if (cert == null || key == null) {
    tell(`needs both ${names}, readable, or neither`)
    return null
  }
  if (!belongTogether(cert, key)) {
    tell(`has ${names} that are not a certificate and its own key, in PEM and without a passphrase`)
    return null
  }
  return { cert, key }
}

function belongTogether(cert: string, key: string): boolean {
  try {
    return certificateIn(cert)?.checkPrivateKey(createPrivateKey(key)) ?? false
  } catch {
    return false
  }
}

/** The first one, where a chain follows. */
function certificateIn(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem)
  } catch {
    return null
  }
}
