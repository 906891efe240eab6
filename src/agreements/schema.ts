import { Type } from 'typebox'
import { closed, component, instant, oneOf, tenantKey, text, url } from '../shared/http/schema.ts'
import { agreementStates, reviewReasons, type ToldReason } from './model.ts'
import type { DescribedAgreement } from './read-agreement.ts'

const institutionKey = Type.String({
  pattern: '^[A-Za-z0-9._~-]{1,129}$',
  description: 'A bank that asks for it. Only needed where the banks of the country ask for more than one agreement.',
  examples: ['berlin-group.fonnbanken'],
})

export const agreementParams = Type.Object({ companyId: tenantKey('Your key of the company.') })
export const agreementQuery = Type.Object({ institutionId: Type.Optional(institutionKey) }, closed)

export const agreementBody = component(
  'AgreementInput',
  Type.Object(
    {
      signatory: Type.Object(
        {
          name: text(200, 'Full name.', 'Anna Berg'),
          email: Type.String({
            maxLength: 254,
            pattern: '^[^@\\s]+@[^@\\s]+$',
            description: 'Told to the provider. The link is sent by you: Bankfeed sends no mail.',
            examples: ['anna@nordlys.example'],
          }),
          phone: Type.String({
            pattern: '^\\+?[0-9 ()-]{4,30}$',
            description: 'With country code.',
            examples: ['+47 400 00 000'],
          }),
        },
        { ...closed, description: 'Who signs for the company. Kept only until the provider has been asked.' },
      ),
      institutionId: Type.Optional(institutionKey),
      redirectUrl: Type.Optional(
        url(
          'Where the signatory is sent back to: one of your registered `redirectUrls`, letter by letter; else your default one.',
        ),
      ),
    },
    { ...closed, description: 'Who is to sign the company’s agreement.' },
  ),
)

const reason = Type.Object({
  code: oneOf(reviewReasons, 'What it is about.'),
  text: Type.Optional(text(500, 'What the reviewer says of it.', 'The owners are not in the public register yet.')),
})

const states = ['not_needed', ...agreementStates] as const

export const agreementView = component(
  'Agreement',
  Type.Object(
    {
      companyId: tenantKey('Your key of the company.'),
      agreementWith: Type.Optional(text(200, 'With whom.', 'Norbro')),
      state: oneOf(
        states,
        '`not_needed`: no bank of its country asks for one. `missing`: nobody has begun. `to_sign`: send `signingUrl` to the signatory. `in_review`: signed, and looked at by the provider: wait. `approved`: people may consent. `refused` by the provider, `declined` by the signatory, `expired` before it was signed, `ended` after it was in force: begin anew.',
      ),
      since: Type.Optional(instant('Since when it is in that state.')),
      reasons: Type.Array(reason, { description: 'Why it is reviewed, or was refused.' }),
      signingUrl: Type.Optional(
        Type.String({
          description: 'Where it is signed: whoever has it may sign. Only while it waits to be.',
          examples: ['https://sign.example/s/0193…'],
        }),
      ),
      linkEndsAt: Type.Optional(instant('Until when that works.')),
      history: Type.Array(
        Type.Object({
          state: oneOf(agreementStates, 'What it came to.'),
          reasons: Type.Array(reason),
          at: instant('When.'),
        }),
        { description: 'Every step, the oldest first; no more than the last hundred.' },
      ),
    },
    {
      description:
        'The company’s own agreement, signed once, where a provider asks for one before anybody may consent.',
    },
  ),
)

export const toAgreementView = (agreement: DescribedAgreement) => ({
  companyId: agreement.companyId,
  ...(agreement.programme !== null && { agreementWith: agreement.programme.name }),
  state: agreement.state,
  ...(agreement.since !== null && { since: agreement.since.toISOString() }),
  reasons: toReasons(agreement.reasons),
  ...(agreement.signingUrl !== null && { signingUrl: agreement.signingUrl }),
  ...(agreement.linkEndsAt !== null && { linkEndsAt: agreement.linkEndsAt.toISOString() }),
  history: agreement.history.map(({ state, reasons, at }) => ({
    state,
    reasons: toReasons(reasons),
    at: at.toISOString(),
  })),
})

const toReasons = (reasons: readonly ToldReason[]) =>
  reasons.map(({ code, text: told }) => ({ code, ...(told !== undefined && { text: told }) }))
