// Texts in SWIFT's, German and Dutch banks' codes. Most are from public tests of programs that read them (mt940-js, firefly-iii, geld), as they are there.

import { test } from 'tap'
import type { ProviderTransaction } from '../../../src/providers/provider.ts'
import { ibans, readRow } from './rows.ts'

const read = (text: string, more: object = {}) => readRow({ remittanceInformationUnstructured: text, ...more })

type Expected = Partial<Pick<ProviderTransaction, 'counterparty' | 'remittanceInformation' | 'endToEndId'>>

test('of a coded text the words stay, and it tells the other side where no field does', async (t) => {
  const cases: [string, Expected][] = [
    [
      'EREF+0600496348 MREF+D-VR-50411866-0-001 PURP+SUPP SVWZ+Wartung Klimaanlage, Rechnung RE-4471',
      { remittanceInformation: 'Wartung Klimaanlage, Rechnung RE-4471', endToEndId: '0600496348' },
    ],
    [
      'EREF+11063225-1MREF+41310-1CRED+DE11ZZZ00000000003SVWZ+Rechnung 11063225',
      { remittanceInformation: 'Rechnung 11063225', endToEndId: '11063225-1' },
    ],
    ['SVWZ+Miete MaiABWA+Erika Muster', { remittanceInformation: 'Miete Mai' }],
    ['EREF+NOTPROVIDED SVWZ+Miete', { remittanceInformation: 'Miete' }],
    ['SEPA-LASTSCHRIFT KREF+1 SVWZ+Miete', { remittanceInformation: 'SEPA-LASTSCHRIFT Miete' }],
    [
      '105?00FOLGELASTSCHRIFT?109248?20EREF+1003760276550 PP.7723.?21PP PAYPAL?22MREF+5Z7J224S5B3QS?23CRED+LU96ZZZ000000000000000?240058?25SVWZ+PP.7723.PP . GOOGLE, I?26hr Einkauf bei GOOGLE?30DEUTDEFFXXX?31DE67100100101306118605?32PayPal (Europe) S.a.r.l. et?33 Cie., S.C.A.?34992',
      {
        remittanceInformation: 'PP.7723.PP . GOOGLE, Ihr Einkauf bei GOOGLE',
        counterparty: { name: 'PayPal (Europe) S.a.r.l. et Cie., S.C.A.', iban: ibans.other },
        endToEndId: '1003760276550 PP.7723.PP PAYPAL',
      },
    ],
    [
      '008?00DAUERAUFTRAG?100599?20Miete November?21Wohnung 7?3010020030?31234567?32MUELLER?34339',
      { remittanceInformation: 'Miete November Wohnung 7', counterparty: { name: 'MUELLER' } },
    ],
    ['805?00ABSCHLUSS?109310?34000', { remittanceInformation: 'ABSCHLUSS' }],
    [
      '/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/baasd dsdsT CJ/REMI/Nullijn/EREF/NOTPROVIDED',
      { remittanceInformation: 'Nullijn', counterparty: { name: 'baasd dsdsT CJ', iban: ibans.third } },
    ],
    [
      '/TRTP/SEPA OVERBOEKING/IBAN/NL23ABNA0000000000/NAME/baasd dsdsT CJ/REMI//EREF/NOTPROVIDED',
      { remittanceInformation: 'SEPA OVERBOEKING', counterparty: { name: 'baasd dsdsT CJ' } },
    ],
    [
      '/EREF/ING-REFERENTIE//CNTP/NL91ABNA0417164300/INGBNL2A/Vereniging Test/Delft//REMI/USTD//Contributie 2026/',
      {
        remittanceInformation: 'Contributie 2026',
        counterparty: { name: 'Vereniging Test', iban: ibans.third },
        endToEndId: 'ING-REFERENTIE',
      },
    ],
    ['/ORDP//NAME/Vereniging Test/REMI/Jaarbijdrage', { remittanceInformation: 'Jaarbijdrage', counterparty: { name: 'Vereniging Test' } }],
    ['/NAME/SVR/Commissie/REMI/Dassen rood/blauw/EREF/NOTPROVIDED', { remittanceInformation: 'Dassen rood/blauw', counterparty: { name: 'SVR/Commissie' } }],
    ['/NAME/Gemeente/REMI/STRD/CUR/9001234567890/', { remittanceInformation: '9001234567890', counterparty: { name: 'Gemeente' } }],
    ['/ROC/4711//URI/Invoice 2024-17', { remittanceInformation: 'Invoice 2024-17', endToEndId: '4711' }],
    ['/INV/2024-17//RFB/Kunde 8', { remittanceInformation: '2024-17 Kunde 8' }],
  ] // prettier-ignore
  for (const [text, expected] of cases) {
    const { counterparty, remittanceInformation, endToEndId } = read(text)
    t.same(
      { counterparty, remittanceInformation, endToEndId },
      { counterparty: undefined, endToEndId: undefined, ...expected },
      text,
    )
  }
})

test('plain words are left as they are, whatever strokes and signs are in them', async (t) => {
  const plain = [
    'Rechnung 12/REMI/3', '105 mal danke?20', 'Betaling Kenmerk: 12 Omschrijving: huur', '/IncassobatchId/26-06-0001/Betaling fact. 1260405',
    '/OPT/X/////TR-2KN4-K47AVCX', '/INV/2024-17', '1+1', 'ABCD+', 'Wie?20 oder 30', '123?', 'Hund+Katz', 'RE 12 EREF+', 'EREF+', 'BIC+', 'SVWZ+', '123?20',
    'KID 2345676 / SVWZ', 'Miete 05/06/URI/7',
  ] // prettier-ignore
  for (const text of plain) t.match(read(text), { remittanceInformation: text, counterparty: undefined }, text)
})

test('what a field says counts before the codes, and the holder is never the other side', async (t) => {
  const text = '/NAME/Code/IBAN/NL91ABNA0417164300/REMI/Huur/EREF/7'
  const account = { iban: ibans.other }
  t.same(read(text, { creditorName: 'Field', creditorAccount: account, endToEndId: '8' }).counterparty, {
    name: 'Field',
    iban: ibans.other,
  })
  t.same(read(text, { creditorName: 'Field' }).counterparty, { name: 'Field', iban: ibans.third })
  t.same(read(text, { creditorAccount: account }).counterparty, { name: 'Code', iban: ibans.other })
  t.equal(read(text, { endToEndId: '8' }).endToEndId, '8')
  const own = { remittanceInformationUnstructured: text }
  t.equal(readRow(own, { iban: ibans.third }).counterparty, undefined)
  t.same(readRow({ remittanceInformationUnstructuredArray: ['/NAME/Code', '/REMI/Huur'] }).counterparty, {
    name: 'Code',
  })
})
