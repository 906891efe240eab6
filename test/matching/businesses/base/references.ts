// Structured references with their check digits, made here from the schemes' own rules.

import { mod97 } from './iban.ts'

function luhn(digits: string): string {
  let sum = 0
  for (let at = digits.length - 1, double = true; at >= 0; at--, double = !double) {
    const value = Number(digits[at]) * (double ? 2 : 1)
    sum += value > 9 ? value - 9 : value
  }
  return String((10 - (sum % 10)) % 10)
}

function kid10(body: string): string {
  return body + luhn(body)
}

function kid11(body: string): string {
  let sum = 0
  for (let at = body.length - 1, weight = 2; at >= 0; at--, weight = weight === 7 ? 2 : weight + 1)
    sum += Number(body[at]) * weight
  const check = (11 - (sum % 11)) % 11
  return body + (check === 10 ? '-' : String(check))
}

/** With the length digit that hard control asks for, or without. */
function ocr(body: string, withLength: boolean): string {
  const counted = withLength ? body + String((body.length + 2) % 10) : body
  return counted + luhn(counted)
}

/** Fifteen digits of a +71 slip, check digit last. */
function fik71(body: string): string {
  const padded = body.padStart(14, '0').slice(-14)
  return padded + luhn(padded)
}

function viite(body: string): string {
  const weights = [7, 3, 1]
  let sum = 0
  for (let at = body.length - 1, place = 0; at >= 0; at--, place++) sum += Number(body[at]) * weights[place % 3]!
  return body + String((10 - (sum % 10)) % 10)
}

function rf(body: string): string {
  return `RF${String(98 - mod97(`${body}RF00`)).padStart(2, '0')}${body}`
}

/** Sixteen digits, check digit first. */
function betalingskenmerk(body: string): string {
  const fifteen = body.padStart(15, '0').slice(-15)
  const weights = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1]
  let sum = 0
  for (let at = 14, place = 0; at >= 0; at--, place++) sum += Number(fifteen[at]) * weights[place % 10]!
  const check = 11 - (sum % 11)
  return (check === 10 ? '1' : check === 11 ? '0' : String(check)) + fifteen
}

/** Twelve digits without decoration. */
function ogm(body: string): string {
  const ten = body.padStart(10, '0').slice(-10)
  return ten + String(Number(ten) % 97 || 97).padStart(2, '0')
}

export function decoratedOgm(digits: string, by: '+' | '*' | ''): string {
  const frame = by.repeat(3)
  return `${frame}${digits.slice(0, 3)}/${digits.slice(3, 7)}/${digits.slice(7)}${frame}`
}

export type Scheme = 'kid10' | 'kid11' | 'ocr' | 'ocr-length' | 'fik' | 'viite' | 'rf' | 'kenmerk' | 'ogm'

export function referenceOf(scheme: Scheme, body: string): string {
  switch (scheme) {
    case 'kid10':
      return kid10(body)
    case 'kid11':
      return kid11(body)
    case 'ocr':
      return ocr(body, false)
    case 'ocr-length':
      return ocr(body, true)
    case 'fik':
      return fik71(body)
    case 'viite':
      return viite(body)
    case 'rf':
      return rf(body)
    case 'kenmerk':
      return betalingskenmerk(body)
    case 'ogm':
      return ogm(body)
  }
}
