import type { BankProfile } from '../../provider.ts'

/** A card's shop stands between the time and the place, `… K001 12.12. 23:59SOME SHOP\\PLACE\1`, in the structured remittance information. (samples, easybank_bawaatww) */
export const easybank: Partial<BankProfile> = {
  reading: {
    structuredHoldsText: true,
    payee: [
      {
        from: 'remittanceInformationStructured',
        pattern: String.raw`^.{0,80}?\d\d\.\d\d\. \d\d:\d\d([^\\]{1,70})\\\\`,
      },
    ],
  },
}
