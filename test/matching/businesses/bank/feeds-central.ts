// Banks of the Low Countries and Germany.

import { writeDay } from '../base/calendar.ts'
import { writeMoney } from '../base/money.ts'
import type { Feed, Told } from './feed.ts'

const common = { nameMax: 70, textMax: 400, valueDate: true, upper: false, alphabet: 'full', joint: ' ' } as const

const place = ({ movement: { card } }: Told): string => (card === undefined ? '' : `${card.place} ${card.land}`.trim())
const cardDay = ({ movement: { card }, day }: Told): number => card?.day ?? day

export const dutchFeeds: readonly Feed[] = [
  {
    ...common, id: 'nl-polder', name: 'always', iban: 'always', reference: 'field', endToEnd: 'kept', code: 'full', nameMax: 70, textMax: 140,
    text: ({ movement: m, ...rest }) => {
      if (m.channel === 'card') return [`Pasvolgnr: 00${m.card?.digits[0] ?? 1} ${writeDay(cardDay({ movement: m, ...rest }), 'd-m-y')} 14:3${m.card?.digits[1] ?? 1}`, m.name, place({ movement: m, ...rest })]
      return [m.message]
    },
  },
  {
    ...common, id: 'nl-gracht', name: 'never', iban: 'never', reference: 'text', endToEnd: 'dropped', code: 'none', alphabet: 'folded', joint: '/',
    text: (told) => {
      const { movement: m, currency, cents } = told
      if (m.channel === 'card') return [`BEA, Betaalpas  ${m.name ?? ''},PAS0${m.card?.digits[0] ?? 1}  NR:${m.card?.digits ?? ''}, ${writeDay(cardDay(told), 'd-m-y')} ${place(told)}`]
      if (m.channel === 'fee' || m.channel === 'interest' || m.channel === 'cash') return [m.message, `${currency} ${writeMoney(Math.abs(cents), 'comma')}`]
      const type = m.channel === 'debit' ? 'SEPA Incasso algemeen doorlopend' : m.channel === 'instant' ? 'iDEAL' : 'SEPA OVERBOEKING'
      return [
        `/TRTP/${type}`,
        m.channel === 'debit' ? `MARF/${m.mandate ?? 'NL01'}` : null,
        m.anonymous ? null : `IBAN/${m.iban ?? ''}`,
        m.anonymous ? null : `NAME/${m.name ?? ''}`,
        m.reference === null ? (m.message === '' ? null : `REMI/${m.message}`) : `REMI/ISSUER: CUR REF: ${m.reference}`,
        `EREF/${m.endToEndId ?? 'NOTPROVIDED'}`,
      ]
    },
  },
  {
    ...common, id: 'nl-leeuw', name: 'always', iban: 'in only', reference: 'text', endToEnd: 'dropped', code: 'coarse', nameMax: 32, textMax: 250,
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return [`${m.name ?? ''} ${place(told)}`, `Pasnr ${m.card?.digits ?? ''}`, `Datum: ${writeDay(cardDay(told), 'd-m-y')}`]
      return [
        m.anonymous || m.name === null ? null : `Naam: ${m.name}`,
        m.message === '' ? null : `Omschrijving: ${m.message}`,
        m.anonymous || m.iban === null ? null : `IBAN: ${m.iban}`,
        m.reference === null ? (m.endToEndId === null ? null : `Kenmerk: ${m.endToEndId}`) : `Betalingskenm.: ${m.reference}`,
        m.mandate === undefined ? null : `Machtiging ID: ${m.mandate}`,
        `Valutadatum: ${writeDay(told.day, 'd-m-y')}`,
      ]
    },
  },
] // prettier-ignore

export const belgianFeeds: readonly Feed[] = [
  {
    ...common, id: 'be-leie', name: 'always', iban: 'always', reference: 'field', endToEnd: 'NOTPROVIDED', code: 'full', textMax: 140,
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return [`BETALING VIA DEBETKAART ${m.name ?? ''} ${place(told)} KAART ${m.card?.digits ?? ''} ${writeDay(cardDay(told), 'd-m-y')}`]
      return [m.message]
    },
  },
  {
    ...common, id: 'be-zenne', name: 'in only', iban: 'never', reference: 'text', endToEnd: 'dropped', code: 'none', upper: true, alphabet: 'folded', textMax: 240,
    text: (told) => {
      const { movement: m, chance } = told
      const tail = `REFERENTIE BANK : ${writeDay(told.day, 'ymd')}${chance.digits(9)}`
      if (m.channel === 'card') return ['BETALING MET DEBETKAART', m.name, place(told), writeDay(cardDay(told), 'd/m'), tail]
      if (m.channel === 'fee' || m.channel === 'interest' || m.channel === 'cash') return [m.message, tail]
      const reference = m.reference === null ? null : `${m.reference.slice(0, 3)}/${m.reference.slice(3, 7)}/${m.reference.slice(7)}`
      return [m.out ? 'EUROPESE OVERSCHRIJVING NAAR' : 'OVERSCHRIJVING IN EURO VAN', m.anonymous ? null : m.iban, m.anonymous ? null : m.name,
        m.message === '' && reference === null ? 'ZONDER MEDEDELING' : `MEDEDELING : ${reference ?? m.message}`, tail]
    },
  },
  {
    ...common, id: 'be-meuse', name: 'always', iban: 'in only', reference: 'both', endToEnd: 'kept', code: 'coarse', nameMax: 35, textMax: 160,
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return [`PAIEMENT CARTE ${m.card?.digits ?? ''} ${writeDay(cardDay(told), 'd/m')}`, m.name, place(told)]
      return [m.reference === null ? null : `***${m.reference.slice(0, 3)}/${m.reference.slice(3, 7)}/${m.reference.slice(7)}***`, m.message]
    },
  },
] // prettier-ignore

export const germanFeeds: readonly Feed[] = [
  {
    ...common, id: 'de-adler', name: 'always', iban: 'always', reference: 'text', endToEnd: 'kept', code: 'full', nameMax: 70, alphabet: 'expanded', joint: '',
    breakAt: { width: 27, by: ' ' },
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return [`${writeDay(cardDay(told), 'iso')}T14:02 Debitk.${m.card?.digits ?? ''} `, m.name ?? '']
      return [`EREF+${m.endToEndId ?? 'NOTPROVIDED'}`, m.mandate === undefined ? null : `MREF+${m.mandate}CRED+DE98ZZZ0999${m.mandate.slice(-6)}`,
        `SVWZ+${m.reference ?? ''}${m.reference === null || m.message === '' ? '' : ' '}${m.message}`]
    },
  },
  {
    ...common, id: 'de-hansa', name: 'always', iban: 'in only', reference: 'both', endToEnd: 'NOTPROVIDED', code: 'coarse', nameMax: 54, alphabet: 'full', textMax: 140,
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return [`${m.name ?? ''} ${place(told)}`, writeDay(cardDay(told), 'd.m.y'), `girocard ${m.card?.digits ?? ''}`]
      return [m.message]
    },
  },
  {
    ...common, id: 'de-isar', name: 'never', iban: 'in only', reference: 'text', endToEnd: 'dropped', code: 'none', nameMax: 27, upper: true, alphabet: 'expanded', textMax: 200,
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return ['KARTENZAHLUNG', (m.name ?? '').slice(0, 22), writeDay(cardDay(told), 'd.m')]
      const kind = m.channel === 'debit' ? 'LASTSCHRIFT' : m.out ? 'UEBERWEISUNG' : 'GUTSCHRIFT'
      return [kind, m.anonymous ? null : (m.name ?? '').slice(0, 27), m.reference, m.message, m.endToEndId === null ? null : `END-TO-END-REF.: ${m.endToEndId}`]
    },
  },
  {
    ...common, id: 'de-neo', name: 'always', iban: 'in only', reference: 'text', endToEnd: 'kept', code: 'none', textMax: 140,
    text: (told) => {
      const { movement: m } = told
      return m.channel === 'card' ? [m.name] : [m.reference, m.message]
    },
  },
] // prettier-ignore
