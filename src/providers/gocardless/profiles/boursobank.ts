import type { BankProfile } from '../../provider.ts'

/** Lines such as `CARTE 04/09/24 Some Shop CB*1234` `VIR SEPA Some One` and `Some Shop\\PARIS\\ FR`, in an order that changes. (CONTRACTS §7; actual, banks/boursobank_bousfrppxxx) */
export const boursobank: Partial<BankProfile> = {
  reading: {
    linesComeInAnyOrder: true,
    payee: [
      {
        from: 'remittanceInformationUnstructuredArray',
        pattern: String.raw`^(?:CARTE|AVOIR) \d\d/\d\d/\d\d ([^\\]{1,70}?)(?: \d{1,12})?(?: CB\*[\dX]{1,8})?(?:\\.{0,200})?$`,
      },
      {
        from: 'remittanceInformationUnstructuredArray',
        pattern: '^(?:VIR|PRLV) (?:SEPA|INST) (.{1,140})$',
      },
      {
        from: 'remittanceInformationUnstructuredArray',
        pattern: String.raw`^(?!RETRAIT |CARTE |AVOIR |VIR |PRLV |ECH )([^\\]{1,70}?)(?: \d{1,12})?\\`,
      },
    ],
  },
}
