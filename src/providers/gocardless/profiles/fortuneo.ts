import type { BankProfile } from '../../provider.ts'

/** The other side stands behind the kind of payment, `CARTE 03/07 SOME SHOP`. (CONTRACTS §7; samples, fortuneo_ftnofrp1xxx) */
export const fortuneo: Partial<BankProfile> = {
  reading: {
    payee: [
      {
        from: 'remittanceInformationUnstructuredArray',
        pattern: String.raw`^(?:VIR INST|VIR|PRLV|ANN CARTE|CARTE \d\d/\d\d) +(.+)$`,
      },
    ],
  },
}
