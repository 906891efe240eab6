// What came of exchanging an attempt's code. A code is good for one exchange, and only its answer tells the accounts, but a person may reload the page that
// carries it, and the clock asks again without it. So this process remembers, for a while and within bounds; another does not know.

import type { Clock } from '../../shared/clock.ts'
import { ProviderError, type ConsentOutcome } from '../provider.ts'

export type Exchanges = {
  /** The code of an exchange that could not be made yet, or was made. */
  readonly codeOf: (attempt: string) => string | undefined
  /** Exchanges, unless that is under way or was done: then it is that outcome again. */
  readonly once: (attempt: string, code: string, exchange: () => Promise<ConsentOutcome>) => Promise<ConsentOutcome>
}

const keptMs = 60 * 60 * 1000
const keptMax = 1_000

type Kept = { readonly code: string; readonly outcome?: Promise<ConsentOutcome>; readonly at: number }

export function createExchanges({ clock }: { readonly clock: Clock }): Exchanges {
  const kept = new Map<string, Kept>()

  const isFresh = (at: number): boolean => clock.now().getTime() - at < keptMs

  const keep = (attempt: string, code: string, outcome?: Promise<ConsentOutcome>): void => {
    kept.delete(attempt)
    kept.set(attempt, { code, at: clock.now().getTime(), ...(outcome !== undefined && { outcome }) })
    // A map holds its keys in the order in which they came: the oldest first.
    for (const [oldest, { at }] of kept) {
      if (kept.size <= keptMax && isFresh(at)) break
      kept.delete(oldest)
    }
  }

  const find = (attempt: string): Kept | undefined => {
    const found = kept.get(attempt)
    return found !== undefined && isFresh(found.at) ? found : undefined
  }

  return {
    codeOf: (attempt) => find(attempt)?.code,
    async once(attempt, code, exchange) {
      const known = find(attempt)?.outcome
      if (known !== undefined) return known
      const made = exchange()
      keep(attempt, code, made)
      try {
        const outcome = await made
        if (outcome.kind !== 'granted') kept.delete(attempt)
        return outcome
      } catch (error) {
        if (error instanceof ProviderError && mayPass(error)) keep(attempt, code)
        else kept.delete(attempt)
        throw error
      }
    },
  }
}

const mayPass = ({ kind }: ProviderError): boolean => kind === 'temporary' || kind === 'rate_limited'
