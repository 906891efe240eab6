/** An amount in the currency's smallest unit (øre, cent, yen), signed from the account holder's side: credit positive. */
export type Money = { readonly minor: bigint; readonly currency: string }

/** ISO 4217 list one as of 2026, with the kuna and the lev, which old statements still hold. Funds, metals and XXX are no money in an account. */
const currencies: ReadonlySet<string> = new Set(
  (
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP ' +
    'CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD ' +
    'JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD ' +
    'NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP ' +
    'SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG'
  ).split(' '),
)

/** ISO 4217: the currencies and units of account that do not have two decimals. */
const exponents: ReadonlyMap<string, number> = new Map(
  // prettier-ignore
  Object.entries({
    BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
    BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
    CLF: 4, UYW: 4,
  }),
)

/** Eighteen digits: fits PostgreSQL's bigint with room for one more digit, so that a sum of a few cannot overflow. */
const minorMax = 999_999_999_999_999_999n

/** Whether `text` is the ISO 4217 code of a currency that an account may be in, in capitals. */
export function isCurrency(text: string): boolean {
  return currencies.has(text)
}

/** How many decimals the currency has by ISO 4217: JPY 0, EUR 2, KWD 3. Unknown ones are taken to have 2. */
export function exponentOf(currency: string): number {
  return exponents.get(currency) ?? 2
}

/**
 * Reads a plain decimal such as `-1250.00`: an optional sign, at most 15 digits, and decimals behind a point. Banks write more
 * decimals than the currency has (`25000.000` SEK); those must be zeros, since nothing is ever rounded.
 * @throws {RangeError} with what is wrong, without the amount: the message may be logged.
 */
export function parseMoney(text: string, currency: string): Money {
  const [, sign, whole, decimals = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  if (whole === undefined) throw new RangeError('an amount is a plain decimal number such as "-1250.00"')
  if (whole.length > 15) throw new RangeError('an amount has at most 15 digits before the decimal point')
  const exponent = exponentOf(currency)
  if (/[^0]/.test(decimals.slice(exponent))) {
    throw new RangeError(`an amount in ${currency} has ${exponent === 0 ? 'no' : `at most ${exponent}`} decimals`)
  }
  const magnitude = BigInt(whole + decimals.slice(0, exponent).padEnd(exponent, '0'))
  if (magnitude > minorMax) throw new RangeError(`an amount in ${currency} has at most 18 digits in all`)
  return { minor: sign === '-' ? -magnitude : magnitude, currency }
}

/** The decimal string with exactly the currency's decimals, as the API and the database write it: `-1250.00`, `1250` for JPY. */
export function formatMoney({ minor, currency }: Money): string {
  const exponent = exponentOf(currency)
  const sign = minor < 0n ? '-' : ''
  const digits = String(minor < 0n ? -minor : minor).padStart(exponent + 1, '0')
  const point = digits.length - exponent
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}
