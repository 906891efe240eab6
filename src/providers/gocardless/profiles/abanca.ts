import type { BankProfile } from '../../provider.ts'

/** Tells the other side in the structured remittance information alone. (actual-server, banks/abanca_caglesmm; its transaction ids are reused) */
export const abanca: Partial<BankProfile> = {
  reading: { structuredHoldsText: true, payee: [{ from: 'remittanceInformationStructured' }] },
}
