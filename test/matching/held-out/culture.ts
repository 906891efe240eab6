import type { Country } from '../labelled/format.ts'
import { NORTH } from './cultures-north.ts'
import { WEST } from './cultures-west.ts'

export type Culture = {
  readonly country: Country
  readonly currency: string
  /** How many of its coins make one euro, about. */
  readonly scale: number
  readonly list: (key: string) => readonly string[]
  readonly number: (key: string) => number
}

const EVERYWHERE = `
subscriptions: Microsoft=MSFT * E0400|Adobe=ADOBE *CREATIVE CLD|Google Workspace=GOOGLE *GSUITE|Dropbox=DROPBOX*9KD2|Canva=CANVA* I03341|LinkedIn=LINKEDIN P4411
abroad: Hotel=BOOKING.COM HOTEL|Amazon=AMZN MKTP DE*2K4|Uber=UBER *TRIP HELP.UBER|AWS=AWS EMEA|Meta ads=FACEBK *7HD3K|Airbnb=AIRBNB * HMX4
`

export function cultureOf(country: Country): Culture {
  const lists = new Map<string, readonly string[]>()
  for (const line of { ...NORTH, ...WEST }[country].concat(EVERYWHERE).trim().split('\n')) {
    const at = line.indexOf(':')
    lists.set(
      line.slice(0, at),
      line
        .slice(at + 1)
        .split('|')
        .map((item) => item.trim()),
    )
  }
  const list = (key: string): readonly string[] => {
    const found = lists.get(key)
    if (found === undefined) throw new Error(`${country} has no list of ${key}`)
    return found
  }
  const number = (key: string): number => Number(list(key)[0])
  return { country, currency: list('currency')[0]!, scale: number('scale'), list, number }
}
