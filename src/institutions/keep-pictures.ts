import type { Clock } from '../shared/clock.ts'
import type { Log } from '../shared/log.ts'
import { OutboundError, type Receivers } from '../shared/outbound.ts'
import type { InstitutionStore } from './index.ts'
import { pictureBytesMax, pictureIn, type Picture } from './model.ts'

export type KeepPicturesDeps = {
  /** The catalogue is no tenant's: kept in a transaction of its own, outside of any. */
  readonly catalogue: <T>(
    work: (institutions: Pick<InstitutionStore, 'claimPictures' | 'keepPicture'>) => Promise<T>,
  ) => Promise<T>
  /** The way to addresses that others name. */
  readonly receivers: Pick<Receivers, 'outbound'>
  readonly clock: Clock
  readonly log: Log
}

const dayMs = 24 * 3_600_000
/** A picture that is kept is looked at again after a month, one that could not be had after three days. */
const keptMs = 30 * dayMs
const missingMs = 3 * dayMs
const atOnce = 8
const deadlineMs = 10_000

/** Fetches the banks' pictures that are due, until none is or `signal` ends it. One that cannot be had costs nothing but itself: a bank without is shown by its initials. */
export async function keepPictures(deps: KeepPicturesDeps, signal?: AbortSignal): Promise<void> {
  const { catalogue, clock, log } = deps
  let kept = 0
  let asked = 0
  for (;;) {
    if (signal?.aborted === true) break
    const now = clock.now()
    const due = await catalogue((institutions) =>
      institutions.claimPictures({
        now,
        keptBefore: new Date(now.getTime() - keptMs),
        missingBefore: new Date(now.getTime() - missingMs),
        count: atOnce,
      }),
    )
    if (due.length === 0) break
    asked += due.length
    await Promise.all(
      due.map(async ({ id, url }) => {
        const picture = await fetchPicture(deps, url, signal)
        if (picture === undefined) return
        await catalogue((institutions) => institutions.keepPicture(id, picture))
        kept += 1
      }),
    )
  }
  if (asked > 0) log.info({ asked, kept }, 'pictures of banks fetched')
}

async function fetchPicture(
  { receivers }: Pick<KeepPicturesDeps, 'receivers'>,
  url: string,
  signal: AbortSignal | undefined,
): Promise<Picture | undefined> {
  try {
    const { status, body } = await receivers.outbound.requestBytes({
      method: 'GET',
      url,
      headers: { accept: 'image/png, image/webp, image/jpeg, image/gif', 'user-agent': 'Bankfeed' },
      deadlineMs,
      bodyBytesMax: pictureBytesMax,
      ...(signal !== undefined && { signal }),
    })
    return status === 200 ? pictureIn(body) : undefined
  } catch (error) {
    if (error instanceof OutboundError) return undefined
    throw error
  }
}
