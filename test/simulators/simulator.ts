// What every simulated provider offers to tests beside its protocol: banks with people, and the trouble that they make. The conformance suite
// (`test/providers/conformance.test.ts`) and whole stories drive any of them through this, and never know which one it is.

import type { ProviderConfig } from '../../src/providers/registry.ts'
import type { Day } from '../../src/values/day.ts'

/** An account that the person has at the simulated bank. */
export type SimulatedAccount = {
  /** What tests call it. It stays the same over consents; what the provider calls it need not. */
  readonly key: string
  readonly type: 'current' | 'card'
  readonly name: string
  readonly iban?: string
  /** Of a card: it has no IBAN. */
  readonly maskedPan?: string
  readonly currency: string
  readonly usage: 'private' | 'business'
  readonly owner: string
  /** Booked ones, in no promised order. */
  readonly transactions: readonly SimulatedTransaction[]
  /** Booked balance in the decimals of the currency, `1250.00`. */
  readonly balance: string
}

export type SimulatedTransaction = {
  /** An id that the bank keeps. */
  readonly id: string
  readonly bookingDate: Day
  readonly valueDate?: Day
  /** Signed from the holder's side: `-12.50` is money out. */
  readonly amount: string
  readonly currency: string
  readonly text: string
  readonly counterparty?: { readonly name: string; readonly iban?: string }
}

export type Act =
  /** Logs in and approves: all accounts, or these. */
  | { readonly kind: 'approve'; readonly only?: readonly string[] }
  /** Turns back at the bank. */
  | { readonly kind: 'cancel' }
  /** The bank says no: wrong credentials, missing rights. */
  | { readonly kind: 'reject' }

export type Fault =
  /** The bank is down: 503, or what the provider says then. */
  | 'maintenance'
  /** A page of HTML with status 200 where JSON belongs. */
  | 'garbage'
  /** Answers only after `slowMs`. */
  | 'slow'
  /** The daily quota of the account is used up, with the provider's own error and headers. */
  | 'quota'

export type Simulator = {
  readonly providerId: string
  /** Switches on this provider alone, pointed at the simulator over real HTTP. */
  readonly providerConfig: ProviderConfig
  /** The bank that the person is a customer of. */
  readonly nativeId: string
  /** Replaces what the person has there. An account that is no longer among them is closed. */
  hold(accounts: readonly SimulatedAccount[]): Promise<void>
  /**
   * The person's browser follows `redirectUrl` through the provider's and the bank's pages, over real HTTP, and acts there: where it is sent in the end, which is our
   * callback with all that the provider added to it. The callback itself is not called.
   */
  visit(redirectUrl: string, act: Act): Promise<string>
  /** The person ends every permission at the bank. */
  endAtBank(): Promise<void>
  /** From now on every data call of ours meets this; null: no more. Consent pages and tokens still work. */
  fault(fault: Fault | null): Promise<void>
  readonly slowMs: number
  /** How many times accounts' balances or transactions were asked for, successfully or not, since the start. */
  dataCalls(): number
  close(): Promise<void>
}
