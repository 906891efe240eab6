import type { BankProfile } from '../../provider.ts'

/** What has been learned about single banks, by institution id: one file per bank, one line here. The default is right for the others. */
export const profiles: Readonly<Record<string, Partial<BankProfile>>> = {}
