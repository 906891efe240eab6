import { defaultProfile, type BankProfile } from '../../provider.ts'

/**
 * What holds for any bank behind Enable Banking, until it is studied: an `entry_reference` is promised to be unique and immutable per account, over sessions
 * and persons. Some banks break the promise; an id that contradicts itself loses our trust by itself (`transactions/model/by-id.ts`).
 */
export const enableBankingProfile: BankProfile = { ...defaultProfile, stableId: 'entryReference' }

/**
 * What has been learned about single banks, by their native id (`SE-Handelsbanken`): one file per bank, one line here. None has been studied yet.
 */
export const profiles: Readonly<Record<string, Partial<BankProfile>>> = {}
