import { test } from 'tap'
import type { Agreement, AgreementState } from '../../src/agreements/model.ts'
import type { Connection } from '../../src/connections/model/connection.ts'
import { factsOf, type CompanyRecords } from '../../src/connections/model/facts-of.ts'
import type { Institution } from '../../src/institutions/model.ts'

const since = new Date('2026-11-01T09:00:00Z')
const now = new Date('2026-11-21T09:00:00Z')

const connection: Connection = {
  id: 'c',
  companyId: 'acme',
  institutionId: null,
  name: 'Bank',
  type: 'current',
  iban: 'NO7598302957495',
  bban: null,
  maskedPan: null,
  stableHash: null,
  currency: 'NOK',
  owner: null,
  assignment: { ledgerAccountId: '1920' },
  assignedAt: since,
  ledgerAccountHadIban: true,
  ledgerAccountGoneAt: null,
  sourcePersonId: null,
  sourceFallback: true,
  sourceChosenAt: since,
  activatedAt: null,
  deactivatedAt: null,
  startDate: null,
  firstSync: null,
  firstActivatedOn: null,
  removedAt: null,
  createdAt: since,
}

const institution = (id: string, programme: string | null): Institution => ({
  id,
  providerId: 'p',
  nativeId: id,
  name: id,
  bic: null,
  kind: 'bank',
  logo: null,
  countries: ['NO'],
  accountTypes: ['current'],
  psuTypes: ['business'],
  maxHistoryDays: 90,
  maxConsentDays: 180,
  bankCodes: ['NO9830'],
  approverHint: null,
  agreement: programme === null ? null : { id: programme, name: programme },
})

const agreement = (programmeId: string, state: AgreementState): Agreement => ({
  id: `${programmeId}-1`,
  companyId: 'acme',
  programmeId,
  state,
  since: now,
  reasons: state === 'in_review' ? ['random_check'] : [],
  redirectUrl: null,
  attemptId: 'one',
  isBeingDrawnUp: false,
  linkEndsAt: null,
  createdAt: since,
})

const records = (institutions: readonly Institution[], agreements: readonly Agreement[] = []): CompanyRecords => ({
  consents: [],
  covers: [],
  sessions: [],
  ledgerAccounts: [],
  agreements,
  programmes: new Map(institutions.flatMap(({ id, agreement: asked }) => (asked === null ? [] : [[id, asked.id]]))),
  institutions,
})

const [free, norbro, other] = [
  institution('free', null),
  institution('vidda', 'p.norbro'),
  institution('v2', 'p.other'),
]
const missing = { state: 'missing', at: since, reasons: [], institutionId: 'vidda' } as const

test('a connection waits for the agreement that every way to its bank asks for', (t) => {
  const cases: [string, Partial<Connection>, CompanyRecords, object | null][] = [
    ['no bank is known', { iban: null }, records([norbro]), null],
    ['its bank asks for none', {}, records([free]), null],
    ['its bank asks for one', {}, records([norbro]), missing],
    ['there is another way', {}, records([norbro, free]), null],
    ['it is connected the way that asks', { institutionId: 'vidda' }, records([norbro, free]), missing],
    ['it is connected the way that does not', { institutionId: 'free' }, records([norbro, free]), null],
    [
      'the company’s',
      {},
      records([norbro], [agreement('p.norbro', 'in_review')]),
      { state: 'in_review', at: now, reasons: ['random check'], institutionId: 'vidda' },
    ],
    ['another programme’s is none', {}, records([norbro], [agreement('p.other', 'approved')]), missing],
    [
      'of two ways one is open',
      {},
      records([norbro, other], [agreement('p.other', 'approved')]),
      { state: 'approved', at: now, reasons: [], institutionId: 'v2' },
    ],
  ]
  for (const [name, changes, held, expected] of cases)
    t.strictSame(factsOf({ ...connection, ...changes }, held).agreement, expected, name)
  t.end()
})
