import { test } from 'tap'
import { profiles as berlinGroupProfiles } from '../../../src/providers/berlin-group/profiles/index.ts'
import { profiles } from '../../../src/providers/gocardless/profiles/index.ts'
import type { BankProfile, ProviderTransaction } from '../../../src/providers/provider.ts'
import { moneyIn, readRow } from './rows.ts'

const all: readonly [string, Partial<BankProfile>][] = Object.entries({ ...profiles, ...berlinGroupProfiles })

test('a profile is plain data: what it says is all of what its JSON says', async (t) => {
  for (const [id, profile] of all) t.strictSame(JSON.parse(JSON.stringify(profile)), profile, id)
})

test('every pattern is anchored, has the group that it is after, and none that repeats without end within another', async (t) => {
  const patterns = all.flatMap(([id, { reading }]) =>
    [...(reading?.payee ?? []), ...(reading?.billedAmount ? [reading.billedAmount] : [])].flatMap(({ pattern }) =>
      pattern === undefined ? [] : [{ id, pattern }],
    ),
  )
  t.ok(patterns.length > 10)
  for (const { id, pattern } of patterns) {
    t.match(pattern, /^\^/, `${id}: ${pattern}`)
    t.equal(new RegExp(`${pattern}|`, 'iu').exec('')?.length, 2, `${id} has one group`)
    t.notMatch(pattern, /[*+]\)[*+{]/, `${id}: ${pattern}`)
  }
})

test('institution ids are GoCardless’s: a name and a BIC', async (t) => {
  for (const [id] of Object.entries(profiles)) t.match(id, /^[A-Z0-9_]+$/)
})

type Expected = Partial<Pick<ProviderTransaction, 'bookingDate' | 'remittanceInformation'>> & {
  readonly reference?: string | undefined
  readonly name?: string | undefined
  readonly minor?: bigint
}

/** As the sources of the profiles describe these banks; rows of theirs that are public as they came are fixtures. */
const cases: readonly [string, object, Expected][] = [
  ['ALIOR_ALBPPLPW', { debtorName: 'JAN KOWALSKI', remittanceInformationUnstructured: 'Transakcja kartą debetową, Some Shop' }, { name: 'Some Shop' }],
  ['ALIOR_ALBPPLPW', { debtorName: 'JAN KOWALSKI', remittanceInformationUnstructured: 'Przelew' }, { name: undefined }],
  ['BNP_BE_GEBABEBB', { bookingDate: '2026-10-25', valueDate: '2026-10-23', remittanceInformationUnstructuredArray: ['SOME SHOP'], additionalInformation: "atmPosName: Some Shop Gent, narrative: ['SOME SHOP', 'BANCONTACT']" }, { bookingDate: '2026-10-23', name: 'Some Shop Gent', remittanceInformation: 'SOME SHOP BANCONTACT' }],
  ['BNP_BE_GEBABEBB', { additionalInformation: "paymentSchemeName: X, narrative: ['SOME SHOP ', 'BANCONTACT']" }, { name: 'SOME SHOP' }],
  ['BOURSORAMA_BOUSFRPP', { remittanceInformationUnstructuredArray: ['Réf : 7', 'CARTE 04/09/24 CARREFOUR MARKET 4 CB*1234'] }, { name: 'CARREFOUR MARKET' }],
  ['BOURSORAMA_BOUSFRPP', { remittanceInformationUnstructuredArray: ['CARTE 04/09/24 CARREFOUR CB*XXX'] }, { name: 'CARREFOUR' }],
  ['BOURSORAMA_BOUSFRPP', { remittanceInformationUnstructuredArray: ['CARTE 04/09/24 SHOP\\PARIS\\FR'] }, { name: 'SHOP' }],
  ['BOURSORAMA_BOUSFRPP', { remittanceInformationUnstructuredArray: ['Loyer mai', 'VIR INST Some One'] }, { name: 'Some One' }],
  ['BOURSORAMA_BOUSFRPP', { remittanceInformationUnstructuredArray: ['RETRAIT DAB 04/09/24 PARIS CB*1234'] }, { name: undefined }],
  ['ABNAMRO_ABNANL2A', { remittanceInformationUnstructuredArray: ['SEPA Incasso algemeen doorlopend', 'Naam: ODIDO NETHERLANDS B.V.', 'Kenmerk: 501031169818'] }, { name: 'ODIDO NETHERLANDS B.V.' }],
  ['BOURSORAMA_BOUSFRPP', { remittanceInformationUnstructuredArray: ['PAYEE NAME 1\\PARIS\\ FR'] }, { name: 'PAYEE NAME' }],
  ['BOURSORAMA_BOUSFRPP', { remittanceInformationUnstructuredArray: ['RETRAIT DAB 01/03/25 LOCATION\\PARIS\\ FR'] }, { name: undefined }],
  ['BPER_RETAIL_BPMOIT22', { remittanceInformationUnstructured: 'PAGAMENTO SU CIRCUITO INTERNAZIONALE SOME SHOP METROPOLIS ITA Operazione carta ****8005 del 15.09.2025' }, { name: 'SOME SHOP METROPOLIS ITA' }],
  ['BPER_RETAIL_BPMOIT22', { ...moneyIn, remittanceInformationUnstructured: 'BONIFICI ESTERI o/c: GLOBAL PARTNERS LTD BIC: EXAMPGB2L a favore di Some One' }, { name: 'GLOBAL PARTNERS LTD' }],
  ['BPER_RETAIL_BPMOIT22', { remittanceInformationUnstructured: 'PAGAMENTI DIVERSI DA INTERNET BANKING E CSA PAGAMENTO BOLLETTINO POSTALE 4 CCPOST : 0 CREDITORE: UTILITY COMPANY S.P.A.' }, { name: 'UTILITY COMPANY S.P.A.' }],
  ['BPER_RETAIL_BPMOIT22', { remittanceInformationUnstructured: 'COMPETENZE SPESE ED ONERI' }, { name: undefined }],
  ['CETELEM_CETMPTP1XXX', {}, { minor: 10_000n }],
  ['DANSKEBANK_DABANO22', { valueDate: '2026-12-01', remittanceInformationUnstructured: 'CRV*SHOP\nEndToEndID: NOTPROVIDED' }, { bookingDate: '2026-10-25', remittanceInformation: 'CRV*SHOP' }],
  ['EASYBANK_BAWAATWW', { debtorAccount: { iban: 'AT611904300234573201' }, remittanceInformationStructured: 'Bezahlung Karte MC/000001234POS 1234 K001 12.12. 23:59SOME SHOP\\\\WIEN\\1' }, { name: 'SOME SHOP', reference: undefined }],
  ['ENTERCARD_SWEDNOKK', { transactionAmount: { amount: '-9.59', currency: 'USD' }, remittanceInformationUnstructured: 'billingAmount: 123.45' }, { minor: -12_345n }],
  ['HYPE_HYEEIT22', { valueDate: '2026-10-20', remittanceInformationUnstructured: 'PAGAMENTO PRESSO SOME SHOP' }, { bookingDate: '2026-10-20', name: 'SOME SHOP' }],
  ['HYPE_HYEEIT22', { remittanceInformationUnstructured: 'DENARO INVIATO A Mario Rossi - pizza \\UD83C\\UDF55' }, { name: 'Mario Rossi', remittanceInformation: 'DENARO INVIATO A Mario Rossi - pizza 🍕' }],
  ['HYPE_HYEEIT22', { ...moneyIn, remittanceInformationUnstructured: 'HAI RICEVUTO UN BONIFICO DA Mario Rossi - affitto' }, { name: 'Mario Rossi' }],
  ['ING_INGBROBU', { transactionId: 'NOTPROVIDED', proprietaryBankTransactionCode: 'Comision' }, { remittanceInformation: 'Comision' }],
  ['ING_INGDDEFF', { creditorName: 'Some Shop', remittanceInformationUnstructured: 'mandatereference:M1,creditorid:DE98,remittanceinformation:Rechnung 5' }, { name: 'Some Shop', remittanceInformation: 'Rechnung 5' }],
  ['ISYBANK_ITBBITMM', { valueDate: '2026-10-20' }, { bookingDate: '2026-10-20' }],
  ['ISYBANK_ITBBITMM', {}, { bookingDate: '2026-10-25' }],
  ['KBC_KREDBEBB', { remittanceInformationUnstructured: 'SOME SHOP GENT Betaling met Debetkaart KBC 05-09-2024' }, { name: 'SOME SHOP GENT' }],
  ['LHV_LHVBEE22', { remittanceInformationUnstructured: '(..1234) 2026-10-24 09:32 Some Shop\\Street 3\\Tallinn\\10156     ESTEST' }, { name: 'Some Shop', bookingDate: '2026-10-25' }],
  ['NORWEGIAN_NO_NORWNOK1', { remittanceInformationStructured: 'SHOP 2026-10-24 OSLO' }, { reference: undefined, remittanceInformation: 'SHOP 2026-10-24 OSLO' }],
  ['RAIFFEISEN_AT_RZBAATWW', { remittanceInformationStructured: 'SOME SHOP    1234  K001 11.07. 11:36' }, { name: 'SOME SHOP' }],
  ['SEB_ESSESESS_PRIVATE', { additionalInformation: 'SOME SHOP' }, { name: 'SOME SHOP', remittanceInformation: 'SOME SHOP' }],
  ['EUROCARD_NO_SKHSFI21', { transactionAmount: { amount: '249.00', currency: 'NOK' }, additionalInformation: 'SOME SHOP' }, { name: 'SOME SHOP', minor: -24_900n }],
  ['SPARNORD_SPNODK22', { additionalInformation: 'Dankort-nota SOME SHOP' }, { remittanceInformation: 'Dankort-nota SOME SHOP' }],
  ['SPK_KARLSRUHE_KARSDE66XXX', { creditorName: 'Lastschriftzahlung', ultimateCreditor: 'Some Café' }, { name: 'Some Café' }],
  ['VIRGIN_NRNBGB22', { remittanceInformationUnstructured: 'MOB, Joe Bloggs, Food' }, { name: 'Joe Bloggs' }],
] // prettier-ignore

for (const [id, told, expected] of cases) {
  test(`${id}: ${JSON.stringify(told)}`, async (t) => {
    const read = readRow(told, { ...(profiles[id] && { profile: profiles[id] }), currency: 'EUR' })
    t.match({ ...read, name: read.counterparty?.name, minor: read.amount.minor }, expected)
    if ('name' in expected) t.equal(read.counterparty?.name, expected.name)
    if ('reference' in expected) t.equal(read.reference, expected.reference)
  })
}

test('only ids that last are kept at Nationwide', async (t) => {
  const profile = profiles['NATIONWIDE_NAIAGB21'] ?? {}
  const idOf = (transactionId: string) => readRow({ transactionId }, { profile }).ids.transactionId
  t.equal(idOf('a'.repeat(32)), 'a'.repeat(32))
  t.equal(idOf('a'.repeat(40)), 'a'.repeat(40))
  t.equal(idOf('a'.repeat(33)), undefined)
  t.equal(idOf(`00DEBIT${'a'.repeat(25)}`), undefined)
  t.equal(idOf(`00CREDIT${'a'.repeat(24)}`), undefined)
})
