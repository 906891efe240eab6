// How one account misbehaves on the wire, when control says so. The books stay right.

import { type Static, Type } from 'typebox'

export const quirksBody = Type.Object(
  {
    /** In which manner rows bear ids, instead of the bank's own (banks.ts says what each means). */
    ids: Type.Optional(
      Type.Enum([
        'stable',
        'entry_reference',
        'per_consent',
        'positional',
        'none',
        'random',
        'reused',
        'constant',
        'blank',
      ]),
    ),
    /** Another order of rows for each list. */
    shuffle: Type.Optional(Type.Boolean()),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })),
    /** Every row twice. */
    doubled: Type.Optional(Type.Boolean()),
    /** The next list of transactions has no rows. */
    emptyOnce: Type.Optional(Type.Boolean()),
    /** Added to every balance: what the bank says no longer agrees with its rows. */
    balanceOff: Type.Optional(Type.String({ pattern: '^-?\\d{1,12}(\\.\\d{1,2})?$' })),
    /** The account is gone from the bank. */
    removed: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

export type Quirks = Static<typeof quirksBody>
