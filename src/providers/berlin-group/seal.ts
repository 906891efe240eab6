// Our seal on a request (QSEAL): the digest of its body, and a signature that binds it to the headers that matter. NextGenPSD2 XS2A 1.3,
// Implementation Guidelines section 12, which narrows down draft-cavage-http-signatures-10.

import { createPrivateKey, hash, sign, X509Certificate } from 'node:crypto'

/** A seal certificate and its RSA key, in PEM: a secret. */
export type SealIdentity = { readonly cert: string; readonly key: string }

type Request = {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Empty where there is none: its digest is sent all the same. */
  readonly body: string
  readonly now: Date
}

/** What the request needs beside its own headers. */
export type Seal = (request: Request) => Readonly<Record<string, string>>

/** In the standard's order; those that a request has are signed. */
const signedHeaders = ['digest', 'x-request-id', 'psu-id', 'psu-corporate-id', 'date', 'tpp-redirect-uri']

/** @throws {Error} when the certificate or the key is none. */
export function createSeal({ cert, key }: SealIdentity): Seal {
  const certificate = new X509Certificate(cert)
  const privateKey = createPrivateKey(key)
  const keyId = `SN=${certificate.serialNumber},CA=${distinguishedName(certificate.issuer)}`
  return ({ headers, body, now }) => {
    const sealed: Readonly<Record<string, string>> = {
      ...headers,
      digest: `SHA-256=${hash('sha256', body, 'base64')}`,
      date: now.toUTCString(),
    }
    const signed = signedHeaders.filter((name) => sealed[name] !== undefined)
    const text = signed.map((name) => `${name}: ${sealed[name]}`).join('\n')
    const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64')
    return {
      digest: sealed['digest'] ?? '',
      date: sealed['date'] ?? '',
      'tpp-signature-certificate': certificate.raw.toString('base64'),
      signature: `keyId="${keyId}",algorithm="rsa-sha256",headers="${signed.join(' ')}",signature="${signature}"`,
    }
  }
}

/**
 * As the standard's example has it, `CN=D-TRUST%20CA%202-1%202015,O=D-Trust%20GmbH,C=DE`: the most particular part first (RFC 4514), and what may not
 * stand in a quoted header percent-encoded. Node writes one part a line, the country first.
 */
function distinguishedName(lines: string): string {
  return lines
    .split('\n')
    .toReversed()
    .join(',')
    .replace(/[^\x21-\x7e]|["%\\]/gu, (character) => encodeURIComponent(character))
}
