import type { BankProfile } from '../../provider.ts'

/** Transaction ids come again for other movements; GoCardless's own are told apart. (CONTRACTS §7; actual-server, banks/belfius_gkccbebb) */
export const belfius: Partial<BankProfile> = { stableId: 'internalId' }
