// What the sandbox remembers over a restart, in one JSON file. Every change is in the file before the request that made it is
// answered: whoever was told of a consent finds it again after a crash.

import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Agreement, ReviewReason } from './agreements.ts'
import type { Consent } from './consents.ts'
import type { Edits } from './edits.ts'
import type { Fault } from './faults.ts'
import type { Holding } from './holdings.ts'
import type { Quirks } from './quirks.ts'

export type State = {
  readonly version: 1
  readonly consents: Readonly<Record<string, Consent>>
  readonly agreements: Readonly<Record<string, Agreement>>
  /** By programme: why everybody who signs is reviewed by hand at present. */
  readonly reviews: Readonly<Record<string, readonly ReviewReason[]>>
  /** Instants of unattended calls in the last 24 hours, by consent, account and resource. */
  readonly calls: Readonly<Record<string, readonly number[]>>
  /** By account id. */
  readonly edits: Readonly<Record<string, Edits>>
  /** By bank and person (`holderOf`): what they have there in place of what they had on the first day. */
  readonly holdings: Readonly<Record<string, readonly Holding[]>>
  readonly quirks: Readonly<Record<string, Quirks>>
  readonly faults: readonly Fault[]
  /** Banks that are in maintenance. */
  readonly maintenance: readonly string[]
}

export const emptyState: State = {
  version: 1,
  consents: {},
  agreements: {},
  reviews: {},
  calls: {},
  edits: {},
  holdings: {},
  quirks: {},
  faults: [],
  maintenance: [],
}

export type Store = {
  readonly state: () => State
  /** Takes effect at once, and resolves when the file has it. */
  readonly change: (change: (state: State) => State) => Promise<void>
}

/** @throws when the file is there and is not a state of this version: better no start than a forgotten consent. */
export async function openStore(file: string | null): Promise<Store> {
  if (file !== null) await mkdir(dirname(file), { recursive: true })
  let state = file === null ? emptyState : await readState(file)
  let write: Promise<void> = Promise.resolve()
  let waiting: Promise<void> | undefined
  // Changes made while a write is under way share the next one.
  const persist = (path: string): Promise<void> => {
    waiting ??= write
      .catch(() => undefined)
      .then(() => {
        waiting = undefined
        write = replaceFile(path, JSON.stringify(state))
        return write
      })
    return waiting
  }
  return {
    state: () => state,
    async change(change) {
      state = change(state)
      if (file !== null) await persist(file)
    },
  }
}

/** A reader finds the old file or the new one, never half of either, whenever the machine stops. */
async function replaceFile(path: string, content: string): Promise<void> {
  const draft = `${path}.new`
  const handle = await open(draft, 'w')
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, path)
}

async function readState(file: string): Promise<State> {
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (content === undefined) return emptyState
  const value: unknown = JSON.parse(content)
  if (!isState(value)) throw new Error(`${file} is not a state file of this version of the sandbox`)
  // What an older program did not know of is as on the first day.
  return { ...emptyState, ...value }
}

/** Only `replaceFile` writes it, whole: what bears this version was a `State` when it was written. */
function isState(value: unknown): value is State {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === emptyState.version
}
