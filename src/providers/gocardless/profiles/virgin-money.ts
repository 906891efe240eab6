import type { BankProfile } from '../../provider.ts'

/** The other side is the text, or stands in it behind the kind of payment: `FPS, Some One, what for`, `Card 99, Some Shop`. (samples, virgin_nrnbgb22) */
export const virginMoney: Partial<BankProfile> = {
  reading: {
    payee: [
      { from: 'remittanceInformationUnstructured', pattern: '^(?:MOB|FPS), ([^,]{1,70})' },
      { from: 'remittanceInformationUnstructured', pattern: String.raw`^(?:Card|WLT) \d{1,6}, (.+)$` },
      { from: 'remittanceInformationUnstructured' },
    ],
  },
}
