import { isIP } from 'node:net'
import type { DueStore } from '../due/index.ts'
import type { EventStore } from '../events/index.ts'
import type { EventType } from '../events/model.ts'
import type { Clock } from '../shared/clock.ts'
import type { Cipher } from '../shared/crypto.ts'
import { AppError } from '../shared/errors.ts'
import type { Ids } from '../shared/ids.ts'
import type { Receivers } from '../shared/outbound.ts'
import type { Unit } from '../shared/unit.ts'
import type { EndpointId, TenantId } from '../values/ids.ts'
import type { WebhookStore } from './index.ts'
import { endpointsMax, restarted, secretRow, type Endpoint } from './model/endpoint.ts'
import { counted, type CountedEndpoint, type CountStores } from './read-endpoints.ts'
import { secretOf } from './sign.ts'

type Deps = {
  readonly unit: Unit<
    CountStores & {
      events: Pick<EventStore, 'lastHeld'>
      webhooks: Pick<WebhookStore, 'all' | 'hold' | 'get' | 'add' | 'save' | 'hurry'>
      due: Pick<DueStore, 'wake'>
    }
  >
  readonly receivers: Pick<Receivers, 'mayReach' | 'isPlainAllowed'>
  readonly cipher: Cipher
  readonly clock: Clock
  readonly ids: Ids
}

/**
 * Creates or replaces an endpoint. A new one gets what happens from now on, and a secret, which is told this once. One that was failing or disabled goes on where
 * it stopped.
 * @throws {AppError} webhook_url_not_allowed, too_many_webhook_endpoints
 */
export async function putEndpoint(
  { unit, receivers, cipher, clock, ids }: Deps,
  ask: { tenant: TenantId; id: EndpointId; url: string; types: readonly EventType[] },
): Promise<{ readonly endpoint: CountedEndpoint; readonly secret: string | null }> {
  const { tenant, id } = ask
  const url = acceptedUrl(ask.url, receivers)
  const types = [...new Set(ask.types)]
  const secret = secretOf(ids.secret())
  return unit(tenant, async (stores) => {
    const { events, webhooks, due } = stores
    // Whoever tells something meanwhile either comes before and is not for the new endpoint, or sees it.
    const last = await events.lastHeld()
    const now = clock.now()
    await due.wake({ kind: 'delivery', subjects: [id], at: now })
    const held = await webhooks.hold(id)
    if (held !== undefined) {
      await webhooks.save({ ...restarted(held), url, types }, now)
      await webhooks.hurry(id, now, { anew: true })
    } else {
      if ((await webhooks.all()).length >= endpointsMax)
        throw new AppError('too_many_webhook_endpoints', `There are ${endpointsMax} endpoints; delete one first.`)
      await webhooks.add(
        { ...blank, id, url, types, position: last, createdAt: now },
        cipher.seal(secret, secretRow(tenant, id)),
      )
    }
    return { endpoint: await counted(stores, await webhooks.get(id)), secret: held === undefined ? secret : null }
  })
}

const blank: Omit<Endpoint, 'id' | 'url' | 'types' | 'position' | 'createdAt'> = {
  failingSince: null,
  failures: 0,
  pausedUntil: null,
  disabled: null,
  lastAttempt: null,
  deliveredAt: null,
  missedBefore: null,
  formerSecretUntil: null,
}

/**
 * The URL in the one way that the standard spells it, so that an address has no other form. A name is looked up when it is connected to, and not now: it may lead
 * elsewhere by then.
 */
function acceptedUrl(text: string, { mayReach, isPlainAllowed }: Deps['receivers']): string {
  const url = URL.parse(text)
  if (url === null) throw refused('it is none.')
  const isSecure = url.protocol === 'https:'
  if (!isSecure && (url.protocol !== 'http:' || !isPlainAllowed)) throw refused('it must be https.')
  if (url.username !== '' || url.password !== '') throw refused('it must not carry a user or a password.')
  if (url.hash !== '') throw refused('it must not have a fragment.')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !mayReach(host, { isSecure })) throw refused('its address may not be reached from here.')
  return url.href
}

const refused = (why: string): AppError =>
  new AppError('webhook_url_not_allowed', `Events cannot be sent to this URL: ${why}`)
