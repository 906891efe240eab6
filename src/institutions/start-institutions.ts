// The catalogue as the service starts: there at once where the providers are quick, as banks that are configured are, and no reason to be late where
// they are not.

import { setTimeout as pause } from 'node:timers/promises'
import { keepPictures, type KeepPicturesDeps } from './keep-pictures.ts'
import { refreshInstitutions, type RefreshDeps } from './refresh-institutions.ts'

type StartDeps = RefreshDeps & KeepPicturesDeps

type Options = {
  /** How long the start waits for whoever has not answered. What comes later is kept when it comes. */
  readonly waitMs: number
  /** Stops asking. */
  readonly signal: AbortSignal
  /** Before the first time that somebody is asked again; twice as long each time after. */
  readonly retryMs?: number
}

const retryMsDefault = 60_000
/** Once in the night everybody is asked in any case (schedule.ts). */
const retryMsMax = 60 * 60_000

/**
 * Resolves when every provider was asked, or after `waitMs`. Those that failed are asked again, later and later, until each has listed something: a
 * service that started while a provider was down would otherwise offer none of its banks until the night.
 */
export async function startInstitutions(deps: StartDeps, options: Options): Promise<void> {
  const { waitMs, signal, retryMs = retryMsDefault } = options
  const asked = refreshInstitutions(deps)
  void asked.then((failed) => {
    void fetchPictures(deps, signal)
    return askAgain({ ...deps, providers: failed }, { signal, retryMs })
  })
  const waiting = new AbortController()
  const inTime = await Promise.race([asked.then(() => true), pause(waitMs, false, { signal: waiting.signal })])
  waiting.abort()
  if (!inTime) deps.log.warn({ waitMs }, 'a provider is slow to list its institutions: the service starts meanwhile')
}

/** Nobody waits for them. */
const fetchPictures = (deps: KeepPicturesDeps, signal: AbortSignal): Promise<void> =>
  keepPictures(deps, signal).catch((error: unknown) =>
    deps.log.warn({ err: error }, 'pictures of banks could not be kept'),
  )

async function askAgain(deps: StartDeps, { signal, retryMs }: { signal: AbortSignal; retryMs: number }): Promise<void> {
  let missing = deps.providers
  for (let delayMs = retryMs; missing.size > 0; delayMs = Math.min(delayMs * 2, retryMsMax)) {
    // Nobody waits for this: it keeps no process alive.
    await pause(delayMs, undefined, { signal, ref: false }).catch(() => undefined)
    if (signal.aborted) return
    missing = await refreshInstitutions({ ...deps, providers: missing })
    await fetchPictures(deps, signal)
  }
}
