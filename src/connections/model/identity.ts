// Which bank account is which: how an account of a new consent finds the connection that it has always been. A provider's own account id plays no
// part, since it changes with every consent.

import type { LedgerAccount } from '../../companies/model.ts'
import type { ProviderAccount } from '../../providers/provider.ts'
import { bbanOf, normaliseIban } from '../../values/iban.ts'
import type { ConnectionId, InstitutionId, LedgerAccountId } from '../../values/ids.ts'
import { isWaiting, ledgerAccountIdOf, type Connection } from './connection.ts'

/** What stays the same of an account from consent to consent: one key per kind of evidence. */
export type AccountIdentity = { readonly currency: string; readonly keys: Readonly<Partial<Record<Evidence, string>>> }

/** The strongest first. */
const evidence = ['iban', 'bban', 'stableHash', 'maskedPan'] as const

type Evidence = (typeof evidence)[number]

/** Of an account as a provider tells it, or of a connection as it is kept. Spaces, case and masking characters differ between answers of one bank. */
export function accountIdentityOf(
  account: { readonly currency: string } & { readonly [E in Evidence]?: string | null },
  institutionId: InstitutionId | null,
): AccountIdentity {
  const iban = normaliseIban(account.iban ?? '') ?? ''
  const bban = (account.bban ?? '').replaceAll(/[^\dA-Za-z]/g, '').toUpperCase()
  const stableHash = account.stableHash ?? ''
  const pan = (account.maskedPan ?? '').replaceAll(/\s/g, '').replaceAll(/\D+/g, '*')
  return {
    currency: account.currency,
    keys: {
      ...(iban !== '' && { iban }),
      ...(bban !== '' && { bban }),
      ...(stableHash !== '' && { stableHash }),
      // What is left of a card number says little by itself, so it only counts within one bank.
      ...(/\d/.test(pan) && institutionId !== null && { maskedPan: `${institutionId}/${pan}` }),
    },
  }
}

/** What becomes of one account of a consent. */
export type Tie = { readonly account: ProviderAccount } & (
  | {
      readonly kind: 'existing'
      readonly connectionId: ConnectionId
      /** The ledger account that it is to be assigned to; null leaves the assignment as it is. */
      readonly assigns: LedgerAccountId | null
      /** The connection that has waited for that ledger account until now: merge it into this one. */
      readonly absorbs: ConnectionId | null
    }
  | { readonly kind: 'new'; readonly assigns: LedgerAccountId | null }
  /** The tenant removed it, and it stays so. */
  | { readonly kind: 'removed'; readonly connectionId: ConnectionId }
  /** The bank lists the same account more than once, and this is not the first. */
  | { readonly kind: 'repeated' }
)

type Known = Pick<
  Connection,
  'id' | 'institutionId' | 'iban' | 'bban' | 'stableHash' | 'maskedPan' | 'currency' | 'assignment' | 'removedAt'
>

type Ledger = Pick<LedgerAccount, 'id' | 'iban' | 'currency'>

/**
 * Ties the accounts of one consent to the connections of its company, in the order of the accounts. Where the evidence fits more than one way nothing
 * is guessed: the account becomes a connection of its own, which a person can assign, and no movement ends up on a wrong account.
 *
 * @param connections all of the company, removed ones too
 */
export function tieAccounts(ask: {
  readonly institutionId: InstitutionId
  readonly accounts: readonly ProviderAccount[]
  readonly connections: readonly Known[]
  readonly ledgerAccounts: readonly Ledger[]
}): readonly Tie[] {
  const listed = ask.accounts.map((account) => ({ account, identity: accountIdentityOf(account, ask.institutionId) }))
  const distinct = listed.filter((one, index) => !listed.slice(0, index).some((earlier) => isRepetition(earlier, one)))
  const known = ask.connections.map((connection) => ({
    connection,
    identity: accountIdentityOf(connection, connection.institutionId),
  }))
  const tied = pairUp(distinct, known)
  const claims = claimLedgerAccounts(distinct, ask.ledgerAccounts)
  const found = new Set([...tied.values()].map(({ connection }) => connection))
  return listed.map((one): Tie => {
    const { account } = one
    if (!distinct.includes(one)) return { account, kind: 'repeated' }
    const connection = tied.get(one)?.connection
    if (connection !== undefined && connection.removedAt !== null)
      return { account, kind: 'removed', connectionId: connection.id }
    const claimed = claims.get(one) ?? null
    const holder = claimed === null ? undefined : ask.connections.find((held) => holds(held, claimed))
    if (connection === undefined) return { account, kind: 'new', assigns: holder === undefined ? claimed : null }
    const isFree = holder === undefined || (isWaiting(holder) && !found.has(holder))
    const assigns = connection.assignment === null && isFree ? claimed : null
    const absorbs = assigns === null ? null : (holder?.id ?? null)
    return { account, kind: 'existing', connectionId: connection.id, assigns, absorbs }
  })
}

function holds(connection: Known, ledgerAccountId: LedgerAccountId): boolean {
  return connection.removedAt === null && ledgerAccountIdOf(connection) === ledgerAccountId
}

type Listed = { readonly account: ProviderAccount; readonly identity: AccountIdentity }
type Kept = { readonly connection: Known; readonly identity: AccountIdentity }

/**
 * Finds the connection of each account: evidence that both have, the strongest first; the account's own currency before one that is not said; and
 * connections that were covered before those that only wait, whose turn comes when no history is at stake.
 */
function pairUp(accounts: readonly Listed[], connections: readonly Kept[]): ReadonlyMap<Listed, Kept> {
  let tied: ReadonlyMap<Listed, Kept> = new Map()
  for (const waiting of [false, true])
    for (const currenciesFit of [currenciesEqual, currenciesAgree])
      for (const kind of evidence)
        tied = withOnlyPairs(
          tied,
          accounts,
          connections.filter(({ connection }) => isWaiting(connection) === waiting),
          ({ identity: a }, { identity: b }) => sharedEvidence(a, b) === kind && currenciesFit(a, b),
        )
  return tied
}

/** The ledger account that has the account's IBAN, where there is one and no other account of the consent has as good a claim to it. */
function claimLedgerAccounts(
  accounts: readonly Listed[],
  ledgerAccounts: readonly Ledger[],
): ReadonlyMap<Listed, LedgerAccountId> {
  let claims: ReadonlyMap<Listed, Ledger> = new Map()
  for (const currenciesFit of [currenciesEqual, currenciesAgree])
    claims = withOnlyPairs(
      claims,
      accounts,
      ledgerAccounts.filter(({ iban }) => iban !== null),
      ({ identity }, ledger) => ledger.iban === identity.keys.iban && currenciesFit(identity, ledger),
    )
  return new Map([...claims].map(([account, { id }]) => [account, id]))
}

/** Adds the pairs of those still unpaired in which each is the only one that fits the other. */
function withOnlyPairs<A, B>(
  pairs: ReadonlyMap<A, B>,
  as: readonly A[],
  bs: readonly B[],
  fits: (a: A, b: B) => boolean,
): ReadonlyMap<A, B> {
  const taken = new Set(pairs.values())
  const openAs = as.filter((a) => !pairs.has(a))
  const openBs = bs.filter((b) => !taken.has(b))
  const only = openAs.flatMap((a): [A, B][] => {
    const [first, ...others] = openBs.filter((b) => fits(a, b))
    const isMutual =
      first !== undefined && others.length === 0 && openAs.every((other) => other === a || !fits(other, first))
    return isMutual ? [[a, first]] : []
  })
  return new Map([...pairs, ...only])
}

/** A masked card number repeats by chance; the others are the account. */
function isRepetition({ identity: a }: Listed, { identity: b }: Listed): boolean {
  const shared = sharedEvidence(a, b)
  return shared !== undefined && shared !== 'maskedPan' && currenciesEqual(a, b)
}

/**
 * The evidence that two are one account. The strongest kind that both have decides alone: two IBANs that differ are two accounts, whatever their cards
 * look like. Of two that are not both known by IBAN, one's IBAN and the other's BBAN are the same number if that is how the country writes it.
 */
function sharedEvidence({ keys: a }: AccountIdentity, { keys: b }: AccountIdentity): Evidence | undefined {
  const kind = evidence.find((one) => a[one] !== undefined && b[one] !== undefined)
  if (kind !== 'iban' && (isSpelledAs(a, b) || isSpelledAs(b, a))) return 'bban'
  return kind !== undefined && a[kind] === b[kind] ? kind : undefined
}

function isSpelledAs({ iban }: AccountIdentity['keys'], { bban }: AccountIdentity['keys']): boolean {
  return iban !== undefined && bbanOf(iban) === bban
}

type InCurrency = { readonly currency: string }

function currenciesEqual(a: InCurrency, b: InCurrency): boolean {
  return a.currency === b.currency
}

/** One IBAN may hold an account per currency. `XXX` is how a bank says that it does not say. */
function currenciesAgree(a: InCurrency, b: InCurrency): boolean {
  return currenciesEqual(a, b) || a.currency === 'XXX' || b.currency === 'XXX'
}
