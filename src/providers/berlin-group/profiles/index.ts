import type { BankProfile } from '../../provider.ts'

/**
 * What has been learned about single banks, by their native id: one file per bank, one line here. None has been studied yet; the
 * default is right for those, and an operator can overrule it in a bank's configuration.
 */
export const profiles: Readonly<Record<string, Partial<BankProfile>>> = {}
