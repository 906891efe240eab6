import type { BankProfile } from '../../provider.ts'

/** Tells the other side as additional information. (CONTRACTS §7; actual-server, banks/seb_privat) */
export const seb: Partial<BankProfile> = { reading: { payee: [{ from: 'additionalInformation' }] } }
