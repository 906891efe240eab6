import type { Country } from '../../labelled/format.ts'
import type { Feed } from './feed.ts'
import { belgianFeeds, dutchFeeds, germanFeeds } from './feeds-central.ts'
import { danishFeeds, finnishFeeds, norwegianFeeds, swedishFeeds } from './feeds-nordic.ts'
import { britishFeeds, frenchFeeds } from './feeds-west.ts'

export const feedsOf: Readonly<Record<Country, readonly Feed[]>> = {
  NO: norwegianFeeds, SE: swedishFeeds, DK: danishFeeds, FI: finnishFeeds, NL: dutchFeeds, BE: belgianFeeds, DE: germanFeeds,
  GB: britishFeeds, FR: frenchFeeds,
} // prettier-ignore
