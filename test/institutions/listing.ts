import { type Provider, type ProviderInstitution } from '../../src/providers/provider.ts'

/** A bank of Norway, as a provider lists one. */
export const bank = (
  nativeId: string,
  name: string,
  changes: Partial<ProviderInstitution> = {},
): ProviderInstitution => ({
  nativeId,
  name,
  kind: 'bank',
  countries: ['NO'],
  accountTypes: ['current'],
  psuTypes: ['business'],
  maxHistoryDays: 90,
  maxConsentDays: 180,
  bankCodes: [],
  ...changes,
})

const not = async (): Promise<never> => Promise.reject(new Error('not asked here'))

/** A provider of which only the list is asked. */
export function listing(
  id: string,
  list: () => readonly ProviderInstitution[] | Promise<readonly ProviderInstitution[]>,
): Provider {
  return {
    id,
    capabilities: { revoke: 'bank_only', balances: false },
    listInstitutions: async () => list(),
    startConsent: not,
    completeConsent: not,
    consentState: not,
    revokeConsent: not,
    fetchBalances: not,
    stateIn: () => undefined,
    fetchPage: not,
    readPage: () => [],
    profileOf: () => ({ stableId: null, proofBalances: [], repeatsMovements: false }),
  }
}
