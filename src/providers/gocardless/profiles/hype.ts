import type { BankProfile } from '../../provider.ts'

/** The other side stands in the text, `HAI INVIATO UN BONIFICO A Some One - what for`; emojis come as `\Uxxxx`. The value day is the truer one. (CONTRACTS §7; actual-server, banks/hype_hyeeit22) */
export const hype: Partial<BankProfile> = {
  reading: {
    bookingDay: ['valueDate', 'valueDateTime', 'bookingDate', 'bookingDateTime'],
    payee: [
      { from: 'remittanceInformationUnstructured', pattern: '^PAGAMENTO PRESSO (.+)$' },
      {
        from: 'remittanceInformationUnstructured',
        pattern: '^(?:DENARO|HAI) (?:INVIATO|RICEVUTO) (?:UN BONIFICO )?(?:A|DA) (.{1,70}?) - ',
      },
    ],
  },
}
