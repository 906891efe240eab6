import type { BankProfile } from '../../provider.ts'

/** Spar Nord and others whose systems BEC runs tell all that they tell as additional information. (CONTRACTS §7; actual-server, banks/sparnord_spnodk22) */
export const sparNord: Partial<BankProfile> = { reading: { payee: [{ from: 'additionalInformation' }] } }
