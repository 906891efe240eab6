import type { BankProfile } from '../../provider.ts'

/** Every card row has the id NOTPROVIDED, and some have nothing but the bank's own code to say what they are. (CONTRACTS §7; actual-server, banks/ing_ingbrobu) */
export const ingRomania: Partial<BankProfile> = { reading: { otherwiseTold: ['proprietaryBankTransactionCode'] } }
