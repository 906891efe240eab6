import type { BankProfile } from '../../provider.ts'

/** A card's shop stands at the end of the text, `PIRKUMS 424242******4242 28.10.2024 22.99 EUR (111111) SOME SHOP`. (samples, swedbank_habalv22) */
export const swedbankLv: Partial<BankProfile> = {
  reading: {
    payee: [
      {
        from: 'remittanceInformationUnstructured',
        pattern: String.raw`^PIRKUMS [\d*]{4,25} \d\d\.\d\d\.\d{2,4}(?: \d\d:\d\d)? [\d.]{1,15} [A-Z]{3} \(\d{1,12}\) (.+)$`,
      },
    ],
  },
}
