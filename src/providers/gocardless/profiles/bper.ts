import type { BankProfile } from '../../provider.ts'

/** The other side stands in the text between the kind of payment and what is told of it, `BONIFICO o/c: SOME ONE ABI-CAB: …`. (actual, banks/bper_retail_bpmoit22) */
export const bper: Partial<BankProfile> = {
  reading: {
    payee: [
      {
        from: 'remittanceInformationUnstructured',
        pattern: '^PAGAMENTO SU CIRCUITO INTERNAZIONALE (.{1,70}?) Operazione carta ',
      },
      {
        from: 'remittanceInformationUnstructured',
        pattern: '^(?:BONIFICO|BONIFICI ESTERI) o/c: (.{1,140}?) (?:ABI-CAB|BIC): ',
        of: 'in',
      },
      { from: 'remittanceInformationUnstructured', pattern: '^ADDEBITO SDD (.{1,140}?) N: ', of: 'out' },
      {
        from: 'remittanceInformationUnstructured',
        pattern: '^PAGAMENTI DIVERSI .{1,300} CREDITORE: (.{1,140})$',
        of: 'out',
      },
    ],
  },
}
