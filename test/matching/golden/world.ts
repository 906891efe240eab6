// The people, companies, account numbers and references of nine countries, made up. Independent of the engine's own lists: what
// it knows of legal forms, processors and invoice words must hold for words that it was not written from.

import type { Chance } from './random.ts'

export type Country = 'NO' | 'SE' | 'DK' | 'FI' | 'NL' | 'BE' | 'DE' | 'GB' | 'FR'

export type Culture = {
  readonly currency: string
  readonly first: readonly string[]
  readonly last: readonly string[]
  readonly trades: readonly string[]
  readonly forms: readonly string[]
  readonly towns: readonly string[]
  /** How people there introduce an invoice number. */
  readonly invoice: readonly string[]
  readonly and: string
  readonly noise: readonly string[]
  readonly returned: readonly string[]
  readonly bban: (chance: Chance) => string
  readonly reference?: (chance: Chance, body: string) => string
}

const ibanLetters = (text: string): string =>
  Array.from(text, (sign) => (/[A-Z]/.test(sign) ? String(sign.charCodeAt(0) - 55) : sign)).join('')

function mod97(digits: string): number {
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97
  return rest
}

export function iban(country: Country, chance: Chance): string {
  const bban = cultures[country].bban(chance)
  const check = 98 - mod97(ibanLetters(bban + country) + '00')
  return country + String(check).padStart(2, '0') + bban
}

function luhn(body: string): string {
  const sum = Array.from(body)
    .toReversed()
    .reduce((total, digit, at) => {
      const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1)
      return total + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
  return body + String((10 - (sum % 10)) % 10)
}

function viite(body: string): string {
  const sum = Array.from(body)
    .toReversed()
    .reduce((total, digit, at) => total + Number(digit) * [7, 3, 1][at % 3]!, 0)
  return body + String((10 - (sum % 10)) % 10)
}

function ogm(body: string): string {
  const ten = body.padStart(10, '0').slice(-10)
  return ten + String(mod97(ten) || 97).padStart(2, '0')
}

function rf(body: string): string {
  return `RF${String(98 - mod97(ibanLetters(`${body}RF`) + '00')).padStart(2, '0')}${body}`
}

export const cultures: Readonly<Record<Country, Culture>> = {
  NO: {
    currency: 'NOK',
    first: [
      'Ola',
      'Kari',
      'Bjørn',
      'Åse',
      'Øystein',
      'Ingrid',
      'Håkon',
      'Solveig',
      'Trond',
      'Marit',
      'Jørgen',
      'Sigrid',
    ],
    last: [
      'Hansen',
      'Ødegård',
      'Bakken',
      'Lund',
      'Sørlie',
      'Haugen',
      'Ås',
      'Myhre',
      'Nygård',
      'Vik',
      'Strøm',
      'Fjeldstad',
      'Brekke',
      'Tveit',
    ],
    trades: [
      'Bygg',
      'Elektro',
      'Rør',
      'Transport',
      'Eiendom',
      'Consulting',
      'Maskin',
      'Regnskap',
      'Sjømat',
      'Tømrer',
      'Bilverksted',
      'Renhold',
    ],
    forms: ['AS', 'AS', 'AS', 'ASA', 'ENK', 'ANS'],
    towns: ['Oslo', 'Bergen', 'Tromsø', 'Ålesund', 'Bodø', 'Hamar', 'Drammen'],
    invoice: ['Faktura', 'faktura nr.', 'Fakt.', 'fakt', 'Betaling av faktura', 'Fakturanr'],
    and: 'og',
    noise: ['Takk for handelen', 'Betaling', 'Overføring innland', 'Kundenr', 'Avtale', 'Ordre'],
    returned: ['Retur, ukjent konto', 'Returnert betaling', 'TILBAKEFØRT'],
    bban: (chance) => chance.digits(11),
    reference: (_, body) => luhn(body),
  },
  SE: {
    currency: 'SEK',
    first: ['Anna', 'Björn', 'Åsa', 'Göran', 'Märta', 'Lars', 'Ulf', 'Kerstin', 'Håkan', 'Elin', 'Örjan', 'Maja'],
    last: [
      'Andersson',
      'Lindqvist',
      'Sjöberg',
      'Öberg',
      'Åkesson',
      'Nyström',
      'Holm',
      'Ekström',
      'Wallin',
      'Björklund',
      'Forsberg',
      'Ström',
    ],
    trades: [
      'Bygg',
      'El',
      'Måleri',
      'Åkeri',
      'Fastigheter',
      'Konsult',
      'Städ',
      'Verkstad',
      'Redovisning',
      'Livs',
      'Plåt',
      'Skog',
    ],
    forms: ['AB', 'AB', 'AB', 'HB', 'KB', 'Ek. för.'],
    towns: ['Malmö', 'Göteborg', 'Umeå', 'Örebro', 'Luleå', 'Växjö'],
    invoice: ['Faktura', 'Fakturanr', 'fakt', 'Avser faktura', 'Fnr', 'Bet. faktura'],
    and: 'och',
    noise: ['Tack', 'Betalning', 'Bankgiro', 'Kundnr', 'Överföring', 'Avtal'],
    returned: ['Retur', 'Återsänd betalning RETUR', 'Makulerad, retur'],
    bban: (chance) => chance.digits(20),
    reference: (_, body) => luhn(body),
  },
  DK: {
    currency: 'DKK',
    first: ['Søren', 'Mette', 'Lærke', 'Jørgen', 'Kåre', 'Pia', 'Bo', 'Rikke', 'Asger', 'Ditte'],
    last: [
      'Nielsen',
      'Sørensen',
      'Kjær',
      'Møller',
      'Aagaard',
      'Bæk',
      'Thomsen',
      'Østergaard',
      'Holst',
      'Krogh',
      'Skov',
      'Dam',
    ],
    trades: [
      'Byg',
      'VVS',
      'Tømrer',
      'Vognmand',
      'Ejendomme',
      'Rådgivning',
      'Rengøring',
      'Auto',
      'Revision',
      'Smede',
      'Gartneri',
    ],
    forms: ['ApS', 'A/S', 'ApS', 'I/S', 'IVS'],
    towns: ['Aarhus', 'Odense', 'Køge', 'Næstved', 'Aalborg', 'Sønderborg'],
    invoice: ['Faktura', 'Fakturanr.', 'Fakt nr', 'faktura', 'Regning nr.'],
    and: 'og',
    noise: ['Overførsel', 'Betaling', 'Kundenr', 'Tak', 'Bgs'],
    returned: ['Returneret overførsel', 'Tilbageført'],
    bban: (chance) => chance.digits(14),
    reference: (_, body) => luhn(body.padStart(14, '0').slice(-14)),
  },
  FI: {
    currency: 'EUR',
    first: ['Päivi', 'Jukka', 'Väinö', 'Tuula', 'Antti', 'Hilkka', 'Mikko', 'Kaisa', 'Jyrki', 'Sirpa'],
    last: [
      'Virtanen',
      'Mäkinen',
      'Hämäläinen',
      'Koskela',
      'Järvinen',
      'Lehtonen',
      'Nyman',
      'Ylönen',
      'Salo',
      'Rantanen',
      'Kärki',
    ],
    trades: [
      'Rakennus',
      'Sähkö',
      'Kuljetus',
      'Kiinteistö',
      'Konsultointi',
      'Siivous',
      'Tilitoimisto',
      'Metsä',
      'Huolto',
      'Maalaus',
    ],
    forms: ['Oy', 'Oy', 'Oyj', 'Ky', 'Tmi', 'Oy Ab'],
    towns: ['Turku', 'Jyväskylä', 'Oulu', 'Hämeenlinna', 'Espoo', 'Seinäjoki'],
    invoice: ['Lasku', 'Lasku nro', 'Laskun numero', 'laskunro', 'Invoice'],
    and: 'ja',
    noise: ['Tilisiirto', 'Maksu', 'Asiakasnro', 'Kiitos', 'Viesti'],
    returned: ['Palautus', 'Palautettu maksu'],
    bban: (chance) => chance.digits(14),
    reference: (chance, body) => (chance.is(0.3) ? rf(viite(body)) : viite(body)),
  },
  NL: {
    currency: 'EUR',
    first: ['Jan', 'Sanne', 'Pieter', 'Femke', 'Wouter', 'Anouk', 'Bram', 'Lotte', 'Daan', 'Ilse'],
    last: [
      'de Vries',
      'van den Berg',
      'Jansen',
      'Bakker',
      'Visser',
      'Mulder',
      'van Dijk',
      'Hoekstra',
      'Kuipers',
      'Postma',
      'Dekker',
    ],
    trades: [
      'Bouw',
      'Installatie',
      'Transport',
      'Vastgoed',
      'Advies',
      'Schilders',
      'Tuinen',
      'Techniek',
      'Administratie',
      'Horeca',
    ],
    forms: ['B.V.', 'BV', 'V.O.F.', 'N.V.', 'B.V.'],
    towns: ['Utrecht', 'Zwolle', 'Leeuwarden', 'Breda', 'Haarlem', 'Gouda'],
    invoice: ['Factuur', 'Factuurnummer', 'factnr', 'fact.', 'Betreft factuur', 'FACTUURNR'],
    and: 'en',
    noise: ['Betaling', 'Klantnr', 'Overboeking', 'SEPA', 'Bedankt', 'Debiteur'],
    returned: ['Retour boeking', 'Terugboeking', 'Storno'],
    bban: (chance) => chance.pick(['INGB', 'RABO', 'ABNA', 'TRIO', 'KNAB']) + chance.digits(10),
  },
  BE: {
    currency: 'EUR',
    first: ['Jef', 'Lies', 'Benoît', 'Amélie', 'Wim', 'Griet', 'Loïc', 'Hélène', 'Stijn', 'Nele'],
    last: [
      'Peeters',
      'Maes',
      'Dubois',
      'Lambert',
      'Claes',
      'Wouters',
      'Lefèvre',
      'Goossens',
      'Declercq',
      'Moreau',
      'Aerts',
    ],
    trades: [
      'Bouw',
      'Construct',
      'Transports',
      'Immo',
      'Consult',
      'Chauffage',
      'Tuinaanleg',
      'Boekhouding',
      'Garage',
      'Traiteur',
    ],
    forms: ['BV', 'SRL', 'NV', 'SA', 'BVBA', 'SPRL'],
    towns: ['Gent', 'Liège', 'Namur', 'Antwerpen', 'Leuven', 'Mons'],
    invoice: ['Factuur', 'Facture', 'fact', 'Factuur nr', 'Facture n°', 'Fact.'],
    and: 'et',
    noise: ['Betaling', 'Paiement', 'Klant', 'Client', 'Virement', 'Overschrijving'],
    returned: ['Retour', 'Rejet SEPA', 'Terugbetaling geweigerd RETOUR'],
    bban: (chance) => chance.digits(12),
    reference: (_, body) => ogm(body),
  },
  DE: {
    currency: 'EUR',
    first: ['Jürgen', 'Käthe', 'Björn', 'Sabine', 'Uwe', 'Monika', 'Jörg', 'Ute', 'Günter', 'Heike'],
    last: [
      'Müller',
      'Schröder',
      'Weiß',
      'Köhler',
      'Schäfer',
      'Groß',
      'Hübner',
      'Vogel',
      'Jäger',
      'Lorenz',
      'Straßer',
      'Kühn',
    ],
    trades: [
      'Bau',
      'Elektrotechnik',
      'Spedition',
      'Immobilien',
      'Beratung',
      'Gartenbau',
      'Metallbau',
      'Steuerberatung',
      'Druckerei',
      'Sanitär',
    ],
    forms: ['GmbH', 'GmbH & Co. KG', 'AG', 'UG (haftungsbeschränkt)', 'e.K.', 'OHG'],
    towns: ['Köln', 'München', 'Lübeck', 'Fürth', 'Essen', 'Görlitz'],
    invoice: ['Rechnung', 'Rechnungsnr.', 'RE', 'RG-Nr.', 'Rechn.', 'RNr', 'Re.Nr'],
    and: 'und',
    noise: ['Überweisung', 'Kd-Nr', 'Kundennummer', 'SEPA', 'Danke', 'Zahlung vom'],
    returned: ['Rücküberweisung', 'Rücklastschrift', 'RETOURE Konto erloschen'],
    bban: (chance) => chance.digits(18),
  },
  GB: {
    currency: 'GBP',
    first: ['James', 'Olivia', 'Harry', 'Emily', 'George', 'Amelia', 'Alfie', 'Poppy', 'Siobhan', 'Rhys'],
    last: [
      'Smith',
      'Jones',
      "O'Neil",
      'Patel',
      'Walker',
      'Hughes',
      'MacLeod',
      'Whitfield',
      'Okafor',
      'Bennett',
      'Fairweather',
    ],
    trades: [
      'Builders',
      'Electrical',
      'Haulage',
      'Properties',
      'Consulting',
      'Plumbing',
      'Catering',
      'Engineering',
      'Accountancy',
      'Joinery',
    ],
    forms: ['Ltd', 'Limited', 'PLC', 'LLP', '& Sons Ltd'],
    towns: ['Leeds', 'Bristol', 'Cardiff', 'Perth', 'York', 'Derby'],
    invoice: ['Invoice', 'INV', 'inv no', 'Inv', 'Invoice number', 'INVOICE'],
    and: 'and',
    noise: ['Payment', 'BACS', 'Acct', 'Thank you', 'FPS', 'Cust ref'],
    returned: ['RETURNED PAYMENT', 'Unpaid item', 'REVERSAL'],
    bban: (chance) => chance.pick(['NWBK', 'BARC', 'LOYD', 'MIDL', 'SRLG']) + chance.digits(14),
  },
  FR: {
    currency: 'EUR',
    first: ['Zoé', 'Hervé', 'Anaïs', 'Rémi', 'Léa', 'François', 'Noël', 'Chloé', 'Gaël', 'Inès'],
    last: [
      'Lefebvre',
      'Garnier',
      'Béranger',
      'Marchand',
      'Rousseau',
      'Gauthier',
      'Perrin',
      "d'Aubigné",
      'Chevalier',
      'Noël',
    ],
    trades: [
      'Bâtiment',
      'Électricité',
      'Transports',
      'Immobilier',
      'Conseil',
      'Plomberie',
      'Paysages',
      'Comptabilité',
      'Menuiserie',
      'Boulangerie',
    ],
    forms: ['SARL', 'SAS', 'SA', 'EURL', 'SCI', 'SASU'],
    towns: ['Lyon', 'Nîmes', 'Besançon', 'Évry', 'Angers', 'Pau'],
    invoice: ['Facture', 'Fact', 'Facture n°', 'FAC', 'Règlement facture', 'fact.'],
    and: 'et',
    noise: ['Virement', 'VIR SEPA', 'Client', 'Règlement', 'Merci', 'Réf dossier'],
    returned: ['Rejet de virement', 'REJET', 'Retour SEPA'],
    bban: (chance) => chance.digits(23),
    reference: (_, body) => rf(body),
  },
}

export function companyName(country: Country, chance: Chance): string {
  const { last, trades, forms, towns } = cultures[country]
  const names = {
    family: () => `${chance.pick(last)} ${chance.pick(trades)}`,
    town: () => `${chance.pick(towns)} ${chance.pick(trades)}`,
    pair: () => `${chance.pick(last)} & ${chance.pick(last)}`,
    coined: () => coined(chance),
  }
  return `${names[chance.weighed({ family: 5, town: 2, pair: 2, coined: 2 })]()} ${chance.pick(forms)}`
}

export function personName(country: Country, chance: Chance): string {
  const { first, last } = cultures[country]
  return `${chance.pick(first)} ${chance.pick(last)}`
}

export function coined(chance: Chance): string {
  const parts = ['Nova', 'Tek', 'Lin', 'Vira', 'Solo', 'Arc', 'Meri', 'Quor', 'Zen', 'Bel', 'Ora', 'Fin', 'Gal', 'Hyp']
  return (
    chance.pick(parts) + chance.pick(parts).toLowerCase() + (chance.is(0.3) ? chance.pick(['a', 'um', 'ix', 'or']) : '')
  )
}
