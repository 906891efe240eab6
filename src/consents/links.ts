import { digestOf } from '../shared/crypto.ts'

/** What a secret leads to is kept under its hash; the secret itself is only ever in the link. */
export const hashOfSecret = (secret: string): Buffer => digestOf(secret)

export const linkOf = (publicUrl: string, token: string): string => `${publicUrl}/connect/${token}`

/** Where a provider sends the person back. It adds what it has to say, and our state. */
export const callbackOf = (publicUrl: string, providerId: string): string => `${publicUrl}/callback/${providerId}`
