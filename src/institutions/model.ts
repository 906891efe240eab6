import type { AccountType } from '../providers/provider.ts'
import type { InstitutionId } from '../values/ids.ts'

/** A bank or card programme that can be reached, through one provider. */
export type Institution = {
  /** `<provider id>.<the provider's own id>` */
  readonly id: InstitutionId
  readonly providerId: string
  readonly nativeId: string
  readonly name: string
  readonly bic: string | null
  readonly kind: 'bank' | 'card_programme'
  readonly logo: string | null
  readonly countries: readonly string[]
  readonly accountTypes: readonly AccountType[]
  readonly psuTypes: readonly ('business' | 'private')[]
  /** How many days before today it serves. */
  readonly maxHistoryDays: number
  readonly maxConsentDays: number
  readonly bankCodes: readonly string[]
  readonly approverHint: string | null
}

export const institutionIdOf = (providerId: string, nativeId: string): InstitutionId => `${providerId}.${nativeId}`
