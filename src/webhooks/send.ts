import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import { OutboundError, type OutboundAnswer, type OutboundFailure, type Receivers } from '../shared/outbound.ts'
import type { EndpointId, TenantId } from '../values/ids.ts'
import { secretRow, type AttemptOutcome } from './model/endpoint.ts'
import { signedHeaders } from './sign.ts'
import type { Secrets } from './store.ts'

export type SendDeps = { readonly receivers: Pick<Receivers, 'outbound'>; readonly clock: Clock }

export type Answered = {
  readonly outcome: AttemptOutcome
  readonly status: number | null
  readonly notBefore: Date | null
}

/** One attempt. Only a 2xx is a success: no redirect is followed, and what the receiver says is not read. */
export async function send(
  { receivers, clock }: SendDeps,
  {
    url,
    id,
    body,
    secrets,
  }: { readonly url: string; readonly id: string; readonly body: string; readonly secrets: readonly string[] },
): Promise<Answered> {
  const at = clock.now()
  try {
    const answer = await receivers.outbound.request({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Bankfeed webhooks',
        ...signedHeaders({ id, at, body }, secrets),
      },
      body,
      readsBody: false,
    })
    const isDelivered = answer.status >= 200 && answer.status < 300
    return {
      outcome: isDelivered ? 'delivered' : 'refused',
      status: answer.status,
      notBefore: isDelivered ? null : notBefore(answer, at),
    }
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error
    return { outcome: outcomes[error.reason], status: null, notBefore: null }
  }
}

const outcomes: Readonly<Record<OutboundFailure, AttemptOutcome>> = {
  timeout: 'timeout',
  connection: 'connection_failed',
  aborted: 'connection_failed',
  too_large: 'connection_failed',
  address: 'address_not_allowed',
}

/** `Retry-After`: seconds, or a date. */
function notBefore({ headers }: OutboundAnswer, now: Date): Date | null {
  const text = headers['retry-after']
  if (text === undefined) return null
  const at = /^\d{1,9}$/.test(text) ? now.getTime() + Number(text) * 1_000 : Date.parse(text)
  return Number.isNaN(at) ? null : new Date(at)
}

/** The secrets that sign now, the newest first. */
export function openSecrets(
  cipher: Cipher,
  { tenant, id, now }: { readonly tenant: TenantId; readonly id: EndpointId; readonly now: Date },
  { current, former }: Secrets,
): readonly string[] {
  const sealed = former !== null && former.until > now ? [current, former.secret] : [current]
  return sealed.map((secret) => cipher.open(secret, secretRow(tenant, id)).toString('utf8'))
}
