// Banks of the north.

import { writeDay } from '../base/calendar.ts'
import { writeMoney } from '../base/money.ts'
import { grouped } from '../base/text.ts'
import type { Feed, Told } from './feed.ts'

const common = { nameMax: 70, textMax: 300, valueDate: true, upper: false, alphabet: 'full', joint: ' ' } as const

function cardText(
  { movement: { card, name }, day }: Told,
  digits: (four: string) => string,
  style: 'd.m' | 'ymd' | 'd.m.y',
): string {
  const at = card ?? { day, digits: '0000', place: '', land: '' }
  return `${digits(at.digits)} ${writeDay(at.day, style)} ${name ?? ''}${at.land === '' ? '' : ` ${at.place} ${at.land}`}`
}

const abroad = ({ movement: { foreign } }: Told): string | null =>
  foreign === undefined
    ? null
    : `${foreign.currency} ${writeMoney(foreign.cents, 'comma')} Kurs ${foreign.rate.replace('.', ',')}`

export const norwegianFeeds: readonly Feed[] = [
  {
    ...common, id: 'no-fjord', name: 'always', iban: 'in only', reference: 'field', endToEnd: 'kept', code: 'full',
    text: (told) => {
      const { movement: m, day } = told
      if (m.channel === 'card') return [cardText(told, (four) => `*${four}`, 'd.m'), abroad(told)]
      if (m.channel === 'fee' || m.channel === 'interest' || m.channel === 'cash') return [m.message]
      if (m.channel === 'foreign') return [m.out ? 'Utland' : 'Fra utland', m.message, abroad(told)]
      return [m.out ? `Til: ${m.name ?? ''}` : m.name === null || m.anonymous ? '' : `Fra: ${m.name}`, m.message, `Betalt: ${writeDay(day, 'd.m.y')}`]
    },
  },
  {
    ...common, id: 'no-spar', name: 'never', iban: 'never', reference: 'text', endToEnd: 'dropped', code: 'none', upper: true, alphabet: 'narrow', textMax: 90,
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return ['VARER', cardText(told, () => '', 'd.m').trim()]
      if (m.channel === 'giro') return [m.out ? 'NETTGIRO TIL' : 'KID', m.out ? m.name : m.reference, m.out ? m.reference : null]
      if (m.channel === 'mobile') return [m.out ? 'VIPPS TIL' : 'VIPPS FRA', m.name, m.message]
      return [m.out ? 'NETTBANK TIL' : m.anonymous ? 'INNBETALING' : 'FRA', m.anonymous ? '' : m.name, m.message]
    },
  },
  {
    ...common, id: 'no-tind', name: 'always', iban: 'always', reference: 'both', endToEnd: 'NOTPROVIDED', code: 'coarse', nameMax: 35, textMax: 140,
    breakAt: { width: 35, by: '\n' },
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return [cardText(told, (four) => `Visa ${four}`, 'd.m'), abroad(told)]
      return [m.reference === null ? null : `KID: ${m.reference}`, m.message]
    },
  },
] // prettier-ignore

export const swedishFeeds: readonly Feed[] = [
  {
    ...common, id: 'se-mälar', name: 'in only', iban: 'never', reference: 'field', endToEnd: 'dropped', code: 'full', upper: true,
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return ['KORTKÖP', cardText(told, () => '', 'ymd').trim(), abroad(told)]
      if (m.channel === 'giro') return [m.out ? 'BG-BET' : 'BANKGIRO INBET', m.name]
      if (m.channel === 'mobile') return [m.out ? 'SWISH BETALNING' : 'SWISH INBETALNING', m.name, m.message]
      return [m.out ? 'ÖVERF TILL' : null, m.out ? m.name : null, m.message]
    },
  },
  {
    ...common, id: 'se-kust', name: 'never', iban: 'never', reference: 'text', endToEnd: 'dropped', code: 'none', upper: true, alphabet: 'folded', textMax: 62,
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return [cardText(told, () => 'K*', 'ymd')]
      if (m.channel === 'giro') return [m.out ? m.name?.slice(0, 12) ?? '' : 'BG', m.reference]
      return [m.anonymous ? 'INSÄTTNING' : (m.name ?? '').slice(0, m.out ? 12 : 27), m.message]
    },
  },
  {
    ...common, id: 'se-björk', name: 'always', iban: 'in only', reference: 'both', endToEnd: 'kept', code: 'full', nameMax: 35, textMax: 140,
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return [cardText(told, (four) => `Kort ${four}`, 'd.m'), abroad(told)]
      return [m.reference === null ? null : `OCR ${m.reference}`, m.message]
    },
  },
] // prettier-ignore

export const danishFeeds: readonly Feed[] = [
  {
    ...common, id: 'dk-sund', name: 'in only', iban: 'never', reference: 'text', endToEnd: 'dropped', code: 'none', textMax: 80,
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return ['Dankort-nota', cardText(told, () => '', 'd.m').trim()]
      if (m.channel === 'giro') return [m.out ? `FI-kort ${m.name ?? ''}` : 'FIK-indbetaling', m.reference]
      if (m.channel === 'mobile') return ['MobilePay', m.name, m.message]
      return [m.out ? `Ovf. ${m.name ?? ''}` : m.anonymous ? 'Bgs indbetaling' : 'Bgs', m.out || m.anonymous ? null : m.name, m.message.slice(0, 34)]
    },
  },
  {
    ...common, id: 'dk-jyde', name: 'always', iban: 'in only', reference: 'field', endToEnd: 'kept', code: 'full', nameMax: 32, textMax: 250,
    breakAt: { width: 35, by: '\n' },
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return [cardText(told, (four) => `Visa/Dankort ${four}`, 'd.m'), abroad(told)]
      return [m.message === '' && !m.out ? 'Overførsel' : m.message]
    },
  },
  {
    ...common, id: 'dk-hede', name: 'never', iban: 'never', reference: 'both', endToEnd: 'dropped', code: 'coarse', alphabet: 'brackets', textMax: 120, upper: true,
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return [cardText(told, () => 'KORT', 'd.m')]
      return [m.out ? 'OVERF. TIL' : m.anonymous ? 'OVERF.' : 'FRA', m.anonymous ? '' : m.name, m.reference === null ? null : `REF ${m.reference}`, m.message]
    },
  },
] // prettier-ignore

export const finnishFeeds: readonly Feed[] = [
  {
    ...common, id: 'fi-ilves', name: 'always', iban: 'in only', reference: 'field', endToEnd: 'kept', code: 'full', nameMax: 35, textMax: 140,
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return ['KORTTIOSTO', cardText(told, (four) => `xxxx${four}`, 'd.m'), abroad(told)]
      return [m.message]
    },
  },
  {
    ...common, id: 'fi-halla', name: 'always', iban: 'never', reference: 'text', endToEnd: 'dropped', code: 'none', upper: true, nameMax: 30, textMax: 160,
    text: (told) => {
      const { movement: m, chance } = told
      const archive = `ARKISTOINTITUNNUS ${writeDay(told.day, 'ymd')}${chance.digits(10)}`
      if (m.channel === 'card') return [cardText(told, () => 'OSTO', 'ymd'), abroad(told)]
      if (m.reference !== null) return [m.out ? 'TILISIIRTO' : 'VIITESIIRTO', 'VIITE', grouped(m.reference, 5, ' ', true), archive]
      return [m.out ? 'TILISIIRTO' : 'PANO', m.message, archive]
    },
  },
  {
    ...common, id: 'fi-saari', name: 'always', iban: 'always', reference: 'both', endToEnd: 'NOTPROVIDED', code: 'full', alphabet: 'question', nameMax: 70, textMax: 140,
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return [cardText(told, () => '', 'd.m.y').trim()]
      return [m.reference === null ? null : `Viite: ${m.reference.padStart(20, '0')}`, m.message]
    },
  },
] // prettier-ignore
