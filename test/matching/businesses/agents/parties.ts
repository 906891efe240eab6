// Strangers become acquaintances: whom the company deals with, and under which name their banks know them.

import type { Chance } from '../../random.ts'
import type { Company, Party } from '../books/company.ts'
import { ibanOf } from '../base/iban.ts'
import type { Locale } from '../people/locale.ts'
import {
  asHeldByBank,
  firmBody,
  fullName,
  locales,
  otherSpelling,
  person,
  sisterOf,
  withForm,
} from '../people/names.ts'
import type { Country } from '../../labelled/format.ts'

const countries: readonly Country[] = ['NO', 'SE', 'DK', 'FI', 'NL', 'BE', 'DE', 'GB', 'FR']

export function elsewhere(chance: Chance, home: Country): Locale {
  const others = countries.filter((country) => country !== home)
  return locales[chance.pick(others)]
}

export function aPerson(company: Company, knowsIban: number): Party {
  const { chance, locale } = company
  const who = person(chance, locale)
  const name = fullName(who)
  const iban = ibanOf(chance, locale.country)
  return {
    name: chance.is(0.08) ? `${who.last}, ${who.first}` : name,
    body: name,
    iban: chance.is(knowsIban) ? iban : null,
    account: { name: chance.is(0.72) ? name : otherSpelling(chance, who), iban },
    person: who,
    locale,
    language: chance.pick(locale.languages),
  }
}

export function aFirm(company: Company, knowsIban: number, from: Locale = company.locale): Party {
  const { chance } = company
  return firmCalled(company, withForm(from, firmBody(chance, from), chance.pick(from.forms)), knowsIban, from)
}

function firmCalled(company: Company, name: string, knowsIban: number, from: Locale): Party {
  const { chance } = company
  const body = bodyOf(from, name)
  const iban = ibanOf(chance, from.country)
  return {
    // Books are kept by people: the legal form is left out as often as not, and names grow old.
    name: chance.is(0.7) ? name : chance.is(0.85) ? body : name.toUpperCase(),
    body,
    iban: chance.is(knowsIban) ? iban : null,
    account: { name: heldName(chance, from, name, body), iban },
    person: null,
    locale: from,
    language: chance.pick(from.languages),
  }
}

/** Now and then the bank knows the firm by a name that has nothing in common with the books': it was renamed, or trades under another. */
function heldName(chance: Chance, from: Locale, name: string, body: string): string {
  return chance.is(0.05)
    ? withForm(from, firmBody(chance, from), chance.pick(from.forms))
    : asHeldByBank(chance, from, name, body)
}

function bodyOf(locale: Locale, name: string): string {
  const form = [...new Set(locale.forms), 'Stichting']
    .filter((each) => name.startsWith(`${each} `) || name.endsWith(` ${each}`))
    .toSorted((a, b) => b.length - a.length)[0]
  if (form === undefined) return name
  return name.startsWith(`${form} `) ? name.slice(form.length + 1) : name.slice(0, -form.length - 1)
}

/** A sister of the same group, with books and bank in almost the same name. */
export function aSister(company: Company, of: Party, knowsIban: number): Party {
  return firmCalled(company, sisterOf(company.chance, of.locale, of.body), knowsIban, of.locale)
}

/** Somebody of the same surname, as in villages and in housing blocks. */
export function aNamesake(company: Company, of: Party): Party {
  const { chance, locale } = company
  const other = aPerson(company, 0.05)
  const last = of.person?.last ?? other.person!.last
  const who = { first: chance.is(0.15) && of.person !== null ? of.person.first : other.person!.first, last }
  return {
    ...other,
    name: fullName(who),
    body: fullName(who),
    person: who,
    account: { ...other.account, name: fullName(who) },
    locale,
  }
}

export function named(
  company: Company,
  name: string,
  bankName: string,
  knowsIban: number,
  from: Locale = company.locale,
): Party {
  const { chance } = company
  const iban = ibanOf(chance, from.country)
  return {
    name,
    body: bodyOf(from, name),
    iban: chance.is(knowsIban) ? iban : null,
    account: { name: bankName, iban },
    person: null,
    locale: from,
    language: company.language,
  }
}
