import type { ProviderAccount } from '../../providers/provider.ts'
import { maskIban } from '../../values/iban.ts'

export type RefusedAccount = { readonly maskedIban: string | null; readonly reason: string }

/**
 * Parts the accounts that a company may connect from those that it refuses. `business_only` refuses what the bank calls private; a bank that does not
 * say is believed, or most banks could not be used at all.
 */
export function applyAccountPolicy(
  policy: 'any' | 'business_only',
  accounts: readonly ProviderAccount[],
): { readonly accepted: readonly ProviderAccount[]; readonly refused: readonly RefusedAccount[] } {
  const isRefused = ({ usage }: ProviderAccount) => policy === 'business_only' && usage === 'private'
  return {
    accepted: accounts.filter((account) => !isRefused(account)),
    refused: accounts
      .filter(isRefused)
      .map((account) =>
        refusedAccount(account, 'It is a private account, and this company connects business accounts only.'),
      ),
  }
}

/** What may be kept of an account that is not connected: enough for its holder to know which it was. */
export function refusedAccount({ iban, maskedPan }: ProviderAccount, reason: string): RefusedAccount {
  return { maskedIban: iban === undefined ? (maskedPan ?? null) : maskIban(iban), reason }
}
