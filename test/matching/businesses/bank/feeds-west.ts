// Banks of Britain and France.

import { writeDay } from '../base/calendar.ts'
import { writeMoney } from '../base/money.ts'
import type { Feed, Told } from './feed.ts'

const common = { nameMax: 35, textMax: 200, valueDate: true, upper: false, alphabet: 'folded', joint: ' ' } as const

const cardDay = ({ movement: { card }, day }: Told): number => card?.day ?? day

const rate = ({ movement: { foreign } }: Told): string | null =>
  foreign === undefined ? null : `${writeMoney(foreign.cents, 'dot')} ${foreign.currency} @ ${foreign.rate}`

const dutyOf = ({ movement: m }: Told): string => {
  if (m.channel === 'debit') return 'DD'
  if (m.channel === 'instant') return m.out ? 'FPO' : 'FPI'
  if (m.channel === 'own') return 'TFR'
  return m.out ? 'BP' : 'BGC'
}

export const britishFeeds: readonly Feed[] = [
  {
    ...common, id: 'gb-severn', name: 'always', iban: 'never', reference: 'text', endToEnd: 'dropped', code: 'none', nameMax: 18, upper: true, valueDate: false, textMax: 70,
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return [m.name, writeDay(cardDay(told), 'd/m').replace('/', ''), `CD ${m.card?.digits ?? ''}`, rate(told)]
      return [m.anonymous ? '' : (m.name ?? '').slice(0, 18), m.reference ?? m.message.slice(0, 18), dutyOf(told)]
    },
  },
  {
    ...common, id: 'gb-tyne', name: 'never', iban: 'never', reference: 'text', endToEnd: 'dropped', code: 'none', upper: true, textMax: 90,
    text: (told) => {
      const { movement: m, chance } = told
      if (m.channel === 'card') return [`${m.card?.digits ?? ''} ${writeDay(cardDay(told), 'dmy')} ${m.name ?? ''}`, rate(told)]
      if (m.channel === 'fee' || m.channel === 'interest' || m.channel === 'cash') return [m.message]
      const reference = m.reference ?? m.message.slice(0, 18)
      return m.out
        ? [`BILL PAYMENT TO ${(m.name ?? '').slice(0, 18)}`, reference === '' ? null : `REF ${reference}`]
        : [`${m.channel === 'instant' ? 'FASTER PAYMENTS RECEIPT' : 'BANK GIRO CREDIT'} REF.${reference}`, m.anonymous ? null : `FROM ${(m.name ?? '').slice(0, 18)}`, chance.is(0.5) ? chance.digits(6) : null]
    },
  },
  {
    ...common, id: 'gb-neo', name: 'always', iban: 'in only', reference: 'text', endToEnd: 'kept', code: 'full', nameMax: 140, alphabet: 'full', textMax: 140,
    text: (told) => {
      const { movement: m } = told
      return m.channel === 'card' ? [m.name, rate(told)] : [m.reference ?? m.message.slice(0, 35)]
    },
  },
] // prettier-ignore

export const frenchFeeds: readonly Feed[] = [
  {
    ...common, id: 'fr-loire', name: 'never', iban: 'never', reference: 'text', endToEnd: 'dropped', code: 'none', upper: true,
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return [`CB ${m.name ?? ''}`, `FACT ${writeDay(cardDay(told), 'dmy')}`, rate(told)]
      if (m.channel === 'fee' || m.channel === 'interest' || m.channel === 'cash') return [m.message]
      const type = m.channel === 'debit' ? 'PRLV SEPA' : m.channel === 'instant' ? 'VIR INST' : m.out ? 'VIR SEPA EMIS' : 'VIR SEPA RECU'
      return [type, m.anonymous ? null : `/${m.out ? 'BEN' : 'DE'} ${m.name ?? ''}`, m.message === '' && m.reference === null ? null : `/MOTIF ${m.reference ?? ''}${m.message}`,
        `/REF ${m.endToEndId ?? 'NOTPROVIDED'}`, m.mandate === undefined ? null : `/MDT ${m.mandate}`]
    },
  },
  {
    ...common, id: 'fr-armor', name: 'always', iban: 'in only', reference: 'both', endToEnd: 'kept', code: 'full', nameMax: 70, alphabet: 'full', textMax: 140,
    text: (told) => {
      const { movement: m } = told
      return m.channel === 'card' ? [`PAIEMENT CB ${m.card?.digits ?? ''}`, m.name, m.card?.place ?? '', writeDay(cardDay(told), 'd/m')] : [m.message]
    },
  },
  {
    ...common, id: 'fr-azur', name: 'in only', iban: 'never', reference: 'text', endToEnd: 'NOTPROVIDED', code: 'coarse', nameMax: 24, upper: true, textMax: 130,
    breakAt: { width: 31, by: '\n' },
    text: (told) => {
      const { movement: m } = told
      if (m.channel === 'card') return [`CARTE X${m.card?.digits ?? ''} ${writeDay(cardDay(told), 'd/m')} ${m.name ?? ''}`]
      return [m.out ? 'VIREMENT EMIS WEB' : 'VIREMENT RECU', m.anonymous ? '' : m.name, m.reference, m.message]
    },
  },
] // prettier-ignore
