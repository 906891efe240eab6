// What happens every month on the main account of the demo's company at Fjordbanken (`NO93 8601 1117 947`, log in as `anna`): so
// that a bookkeeping product can have entries that these movements settle, computed from the month alone.
//
// In a month written as `yymm` (2611 is November 2026), each on the given day or the next business day:
//
// | day | amount    | what                                                                                                     |
// |-----|-----------|----------------------------------------------------------------------------------------------------------|
// |  3  | 12 500.00 | Nordvik Bygg AS pays invoice `yymm1` with KID = `10042` + `yymm1` + MOD10 check digit                      |
// |  5  | −15 000.00| rent to Brygga Eiendom AS, bill `yymm5`, KID = `20077` + `yymm5` + MOD10 check digit                       |
// |  8  |  4 375.00 | Havna Kafé og Bakeri AS pays invoice `yymm2`, its number in the text, no KID                               |
// | 10  | −20 000.00| to the own savings account, which shows the other side                                                   |
// | 12  | 31 250.00 | Lofoten Fiskeeksport AS pays invoices `yymm3` (18 750.00) and `yymm4` (12 500.00) at once, both in the text |
// | 14  |   −990.00 | to Papirlaget AS; on the 16th it comes back: two lines that cancel each other, nothing in the books       |
// | 18  | −6 250.00 | Kontorpartner Norge AS is paid for bill `KP-yymm`, its number in the text                                 |

import type { Day } from '../../values/day.ts'
import { parseMoney } from '../../values/money.ts'
import { withLuhn } from '../references.ts'
import type { Party } from '../vocabulary.ts'
import { transfer } from './business.ts'
import { type Draft, type Month, businessDay, codes } from './movement.ts'

const nordvik: Party = { name: 'Nordvik Bygg AS', iban: 'NO5690419924686' }
const havna: Party = { name: 'Havna Kafé og Bakeri AS', iban: 'NO4722204766707' }
const lofoten: Party = { name: 'Lofoten Fiskeeksport AS', iban: 'NO8615037408554' }
const brygga: Party = { name: 'Brygga Eiendom AS', iban: 'NO5936246852957' }
const papirlaget: Party = { name: 'Papirlaget AS', iban: 'NO8942028872164' }
const kontorpartner: Party = { name: 'Kontorpartner Norge AS', iban: 'NO8342027382740' }

/** A payment on the main account. Either `reference` or `text` says what it is for. */
type StandingPayment = {
  readonly bookingDate: Day
  /** A decimal string in NOK, credit positive. */
  readonly amount: string
  readonly counterparty: Party
  readonly reference?: string
  readonly text?: string
}

/** The payments of the month that begins with `first`, in the order of their days. */
export function standingPayments(first: Day): readonly StandingPayment[] {
  const yymm = first.slice(2, 4) + first.slice(5, 7)
  const on = (n: number) => businessDay({ first }, n)
  return [
    { bookingDate: on(3), amount: '12500.00', counterparty: nordvik, reference: withLuhn(`10042${yymm}1`) },
    { bookingDate: on(5), amount: '-15000.00', counterparty: brygga, reference: withLuhn(`20077${yymm}5`) },
    { bookingDate: on(8), amount: '4375.00', counterparty: havna, text: `Faktura ${yymm}2` },
    { bookingDate: on(12), amount: '31250.00', counterparty: lofoten, text: `Faktura ${yymm}3 og ${yymm}4` },
    { bookingDate: on(14), amount: '-990.00', counterparty: papirlaget, text: 'Kopipapir' },
    { bookingDate: on(16), amount: '990.00', counterparty: papirlaget, text: 'Retur, feil konto' },
    { bookingDate: on(18), amount: '-6250.00', counterparty: kontorpartner, text: `Faktura KP-${yymm}` },
  ]
}

/** All that stands in the table above, both sides of the transfer included. */
export function standingMovements(month: Month): readonly Draft[] {
  const payments = standingPayments(month.first).map(({ bookingDate, amount, ...said }): Draft => {
    const { minor } = parseMoney(amount, 'NOK')
    return {
      role: 'main',
      day: bookingDate,
      amount: minor,
      code: minor < 0n ? codes.sent : codes.received,
      ...said,
      punctual: true,
    }
  })
  const saved = transfer(month, businessDay(month, 10), 'main', 'savings', parseMoney('20000.00', 'NOK').minor)
  return [...payments, ...saved]
}
