// The banks of the simulated world, each with its own habits.

export type Scope = 'balances' | 'details' | 'transactions'
export const scopes: readonly Scope[] = ['balances', 'details', 'transactions']

export type Institution = {
  readonly id: string
  readonly name: string
  readonly bic: string
  readonly transaction_total_days?: string
  readonly max_access_valid_for_days?: string
  readonly max_access_valid_for_days_reconfirmation?: string
  readonly countries: readonly string[]
  readonly logo: string
  readonly supported_features: readonly string[]
  /** What the list of institutions leaves out, and agreements heed. */
  readonly habits: {
    /** Less than it says of itself. */
    readonly accessDaysMax?: number
    readonly scopesTogether?: readonly Scope[]
    readonly scopesSupported?: readonly Scope[]
    /** No requisition can be started. */
    readonly isDown?: true
  }
}

const logoOf = (id: string) => `https://cdn-logos.gocardless.com/ais/${id}.png`

const features = ['account_selection', 'business_accounts', 'card_accounts', 'pending_transactions', 'private_accounts']

function institution(
  id: string,
  name: string,
  countries: readonly string[],
  more: Partial<Institution> = {},
): Institution {
  const bic = id.slice(id.lastIndexOf('_') + 1)
  return {
    id,
    name,
    bic,
    transaction_total_days: '730',
    max_access_valid_for_days: '180',
    countries,
    logo: logoOf(id),
    supported_features: features,
    habits: {},
    ...more,
  }
}

/** Of history, and of access. */
const ninetyDays = { transaction_total_days: '90', max_access_valid_for_days: '90' }

/** Whose customer the person is. */
export const mainBank = 'FJORDBANKEN_FJORNO22'

export const institutions: readonly Institution[] = [
  institution(mainBank, 'Fjordbanken', ['NO']),
  institution('SANDBOXFINANCE_SFIN0000', 'Sandbox Finance', ['XX'], {
    transaction_total_days: '90',
    max_access_valid_for_days: '90',
    supported_features: [],
  }),
  institution('THAMESBANK_THAMGB2L', 'Thames Bank Business', ['GB'], {
    max_access_valid_for_days: '90',
    max_access_valid_for_days_reconfirmation: '730',
    supported_features: ['business_accounts', 'reconfirmation_of_consent'],
  }),
  institution('ALBIONBANK_ALBNGB2L', 'Albion Bank', ['GB'], ninetyDays),
  institution('MERCIABANK_MERCGB2L', 'Mercia Bank', ['GB'], ninetyDays),
  institution('HANSEBANK_HANSDEHH', 'Hansebank', ['DE', 'AT'], {
    transaction_total_days: '558',
    supported_features: [...features, 'separate_continuous_history_consent'],
  }),
  institution('PODLASIE_PODLPLPW', 'Bank Podlasie', ['PL'], {
    habits: { accessDaysMax: 90, scopesTogether: ['details', 'balances'] },
  }),
  institution('SAVINGSONLY_SAVODEFF', 'Nur Umsätze', ['DE'], { habits: { scopesSupported: ['transactions'] } }),
  {
    id: 'TERSEBANK_TERSBEBB',
    name: 'Terse Bank',
    bic: 'TERSBEBB',
    countries: ['BE'],
    logo: logoOf('TERSEBANK_TERSBEBB'),
    supported_features: ['corporate_accounts'],
    habits: {},
  },
  institution('QUIETBANK_QUIENL2A', 'Quiet Bank', ['NL'], { habits: { isDown: true } }),
]
