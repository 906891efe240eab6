import type { ProviderBalance } from '../../providers/provider.ts'

/** A balance as the bank last told it, and when that was. */
export type KeptBalance = ProviderBalance & { readonly asOf: Date }
