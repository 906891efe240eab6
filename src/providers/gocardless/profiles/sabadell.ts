import type { BankProfile } from '../../provider.ts'

/** Tells the other side as the text alone; transaction ids are reused. (CONTRACTS §7; samples, bancsabadell_bsabesbbb) */
export const sabadell: Partial<BankProfile> = {
  reading: { payee: [{ from: 'remittanceInformationUnstructuredArray' }] },
}
