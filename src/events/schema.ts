import { Type } from 'typebox'
import { component, instant, listQuery, oneOf, tenantKey, uuid } from '../shared/http/schema.ts'
import { eventTypes } from './model.ts'

export const eventQuery = Type.Object(
  {
    limit: listQuery.limit,
    after: Type.Optional(
      Type.String({ maxLength: 512, description: 'The `nextCursor` that you kept. Without it, from the oldest kept.' }),
    ),
    type: Type.Optional(oneOf(eventTypes, 'Only events of this type.')),
  },
  { additionalProperties: false },
)

export const eventView = component(
  'Event',
  Type.Object(
    {
      id: uuid('The same in a webhook, as `webhook-id`, however often it is sent.'),
      type: oneOf(eventTypes, 'What happened.'),
      at: instant('When it happened.'),
      sequence: Type.Integer({
        minimum: 0,
        description: 'Rises from event to event of yours, with holes: of two about one thing, the higher is the later.',
      }),
      companyId: Type.Optional(tenantKey('Whose books it is about.')),
      data: Type.Object(
        {},
        {
          additionalProperties: true,
          description: 'Ids and states, by type; nothing personal. Read the rest from the API.',
        },
      ),
    },
    { description: 'Something that happened.' },
  ),
)

export const eventList = component(
  'EventList',
  Type.Object({
    data: Type.Array(eventView.ref),
    nextCursor: Type.String({ description: 'Keep it and ask again with it as `after`; never null.' }),
  }),
)
