import { Type } from 'typebox'
import { eventTypes } from '../events/model.ts'
import { closed, component, instant, listOf, listQuery, oneOf, tenantKey, url, uuid } from '../shared/http/schema.ts'
import { attemptOutcomes, disabledReasons } from './model/endpoint.ts'
import { pendingMax, type CountedEndpoint } from './read-endpoints.ts'
import type { Rotated } from './rotate-secret.ts'
import type { Answered } from './send.ts'

export const endpointParams = Type.Object({ endpointId: tenantKey('Your key of the endpoint.') })
export const endpointQuery = Type.Object(listQuery, closed)

const types = Type.Array(oneOf(eventTypes, 'A type of event.'), {
  maxItems: eventTypes.length,
  uniqueItems: true,
  description: 'Only events of these types are sent; all, if there is none.',
  examples: [['transactions.changed', 'connection.status_changed']],
})
const secret = Type.String({
  description: 'Signs what is sent; shown this once. `whsec_` and base64, as Standard Webhooks libraries take it.',
  examples: ['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazWTeH8eGP4='],
})
const outcome = oneOf(
  attemptOutcomes,
  '`delivered`: a 2xx. `refused`: any other answer, a redirect too. The others: no answer within 15 seconds, no connection, or an address that may not be reached from here.',
)
const status = Type.Optional(Type.Integer({ description: 'The HTTP status of the answer, where there was one.' }))

export const endpointBody = component(
  'WebhookEndpointInput',
  Type.Object(
    { url: url('Where events are sent: https, without user, password or fragment.'), types: Type.Optional(types) },
    { ...closed, description: 'A place that events are sent to.' },
  ),
)

const endpointFields = {
  endpointId: tenantKey('Your key of the endpoint.'),
  url: url('Where events are sent.'),
  types: Type.Optional(types),
  status: oneOf(
    ['active', 'failing', 'disabled'],
    '`failing`: nothing arrives at the moment, and it is tried again. `disabled`: it is tried no more; put it again to go on where it stopped.',
  ),
  disabledAt: Type.Optional(instant('Since when it is disabled.')),
  disabledReason: Type.Optional(
    oneOf(disabledReasons, '`gone`: it answered 410. `failing`: nothing arrived for three days.'),
  ),
  failingSince: Type.Optional(instant('Since when nothing has arrived.')),
  lastAttempt: Type.Optional(
    Type.Object(
      { at: instant('When it was.'), eventId: uuid('What was sent.'), outcome, status },
      { description: 'The last attempt; of several side by side, one that failed.' },
    ),
  ),
  lastDeliveredAt: Type.Optional(instant('When something last arrived.')),
  nextAttemptAt: Type.Optional(instant('While it is failing: when it is tried again.')),
  pending: Type.Integer({
    minimum: 0,
    maximum: pendingMax,
    description: `Events that are still to be delivered; ${pendingMax} stands for that and more.`,
  }),
  givenUp: Type.Integer({
    minimum: 0,
    description: 'Events that were refused for three days while others arrived. Redeliver them when it is mended.',
  }),
  missedBefore: Type.Optional(
    instant(
      'Events from before are gone without having been delivered: they are kept for 30 days. Read the state from the API.',
    ),
  ),
  formerSecretUntil: Type.Optional(instant('Until then everything is signed with the secret before too.')),
  createdAt: instant('When it was made.'),
}
export const endpointView = component(
  'WebhookEndpoint',
  Type.Object(endpointFields, { description: 'A place that events are sent to, and how that goes.' }),
)
export const putEndpointView = component(
  'WebhookEndpointPut',
  Type.Object(
    { ...endpointFields, secret: Type.Optional(secret) },
    { description: 'The endpoint; with its secret when it is new.' },
  ),
)
export const endpointList = listOf('WebhookEndpointList', endpointView)

export const rotatedView = component(
  'WebhookSecret',
  Type.Object(
    { secret, formerSecretUntil: instant('Until then everything is signed with the secret before too.') },
    { description: 'A new secret.' },
  ),
)
export const testedView = component(
  'WebhookTest',
  Type.Object({ outcome, status }, { description: 'What came of a test event.' }),
)
export const redeliverBody = component(
  'WebhookRedeliveryInput',
  Type.Object(
    {
      eventIds: Type.Optional(
        Type.Array(uuid('Of an event.'), { minItems: 1, maxItems: 100, description: 'These events.' }),
      ),
      from: Type.Optional(instant('With `to`: all that happened from then on.')),
      to: Type.Optional(instant('All that happened before then.')),
    },
    { ...closed, minProperties: 1, description: 'Which events are sent again: `eventIds`, or `from` and `to`.' },
  ),
)
export const redeliveryView = component(
  'WebhookRedelivery',
  Type.Object(
    { queued: Type.Integer({ minimum: 0, description: 'So many events are sent.' }) },
    { description: 'Events that are sent again.' },
  ),
)

export const toEndpointView = (endpoint: CountedEndpoint) => ({
  endpointId: endpoint.id,
  url: endpoint.url,
  ...(endpoint.types.length > 0 && { types: [...endpoint.types] }),
  status: statusOf(endpoint),
  ...(endpoint.disabled !== null && {
    disabledAt: endpoint.disabled.at.toISOString(),
    disabledReason: endpoint.disabled.reason,
  }),
  ...(endpoint.failingSince !== null && { failingSince: endpoint.failingSince.toISOString() }),
  ...(endpoint.lastAttempt !== null && {
    lastAttempt: {
      at: endpoint.lastAttempt.at.toISOString(),
      eventId: endpoint.lastAttempt.eventId,
      ...toTestedView(endpoint.lastAttempt),
    },
  }),
  ...(endpoint.deliveredAt !== null && { lastDeliveredAt: endpoint.deliveredAt.toISOString() }),
  ...(endpoint.pausedUntil !== null &&
    endpoint.disabled === null && { nextAttemptAt: endpoint.pausedUntil.toISOString() }),
  pending: endpoint.pending,
  givenUp: endpoint.givenUp,
  ...(endpoint.missedBefore !== null && { missedBefore: endpoint.missedBefore.toISOString() }),
  ...(endpoint.formerSecretUntil !== null && { formerSecretUntil: endpoint.formerSecretUntil.toISOString() }),
  createdAt: endpoint.createdAt.toISOString(),
})

const statusOf = ({ disabled, failingSince }: CountedEndpoint): 'active' | 'failing' | 'disabled' =>
  disabled !== null ? 'disabled' : failingSince !== null ? 'failing' : 'active'

export const toRotatedView = ({ secret: made, formerUntil }: Rotated) => ({
  secret: made,
  formerSecretUntil: formerUntil.toISOString(),
})

export const toTestedView = (answered: Pick<Answered, 'outcome' | 'status'>) => ({
  outcome: answered.outcome,
  ...(answered.status !== null && { status: answered.status }),
})
