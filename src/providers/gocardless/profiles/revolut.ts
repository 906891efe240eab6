import type { BankProfile } from '../../provider.ts'

/** The other side of a Spanish Bizum payment stands on the first line. (samples, revolut_revolt21) */
export const revolut: Partial<BankProfile> = {
  reading: {
    payee: [
      {
        from: 'remittanceInformationUnstructuredArray',
        pattern: '^Bizum payment (?:from|to): (.+)$',
      },
    ],
  },
}
