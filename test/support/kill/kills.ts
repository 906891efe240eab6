// `kill -9` on workers in the middle of imports: of the real process at random moments, and of one that knows its steps at each of them.

import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { ended, isAlive, tell, until } from './process.ts'
import { nameOf, type Mistake, type Place } from './steps.ts'
import type { Account, World } from './world.ts'

/** So that runs stay short, however many kills there are, the first import is killed as well as the later ones. */
const killsPerTenant = 25

export type Report = {
  readonly kills: number
  /** How many of them met a run between its beginning and its end. */
  readonly atWork: number
  /** From the kill to the moment when another process had the work; of those kills after which the lease was waited for. */
  readonly takenOverMs: readonly number[]
}

/**
 * Kills so many workers, each during an import of new rows, and looks after each, before and after another has finished its work, whether the database and the
 * feed are what the bank has booked. After the last `patient` kills the lease is left to run out; after the others it is ended by hand.
 * @throws when something is lost, comes twice, or is told otherwise than once
 */
export async function killAtRandom(
  world: World,
  {
    kills,
    patient,
    random,
    say,
  }: { kills: number; patient: number; random: () => number; say: (line: string) => void },
): Promise<Report> {
  let atWork = 0
  let typicalMs = 300
  const takenOverMs: number[] = []
  let victim = await world.worker()
  let account: Account | null = null
  // They take longer to start than to be killed: two are always on their way.
  const heirs = [asleep(world.worker())]
  for (let kill = 1; kill <= kills; kill += 1) {
    const isPatient = kill > kills - patient
    if (kill < kills) heirs.push(asleep(world.worker()))
    const coming = heirs.shift() ?? asleep(world.worker())
    account = await somethingToImport(world, account, kill)
    if (isPatient) await world.dawdle()
    const run = await world.ask(account)
    await until('a run begins', async () => (await world.statusOf(run)) !== 'queued')
    const begun = performance.now()
    const heir = await (isPatient ? coming : Promise.race([coming, pause(random() * typicalMs, null)]))
    // The one who is to take over is at work already where the lease is waited for.
    if (heir !== null) awake(heir)
    await ended(victim, 'SIGKILL')
    const killedAt = performance.now()
    const met = await world.statusOf(run)
    if (met === 'running') atWork += 1
    else typicalMs = Math.max(100, performance.now() - begun)
    await world.checkMeanwhile([account])
    if (isPatient) {
      await world.hurry()
      const claims = await world.claims()
      await until('another takes over', async () => (await world.claims()) > claims)
      takenOverMs.push(performance.now() - killedAt)
    } else await world.endLeases()
    victim = await coming
    awake(victim)
    await until('the run is over', async () => (await world.statusOf(run)) === 'completed')
    await world.checkAll([account])
    say(`${kill} of ${kills} at random: the run was ${met}`)
  }
  await ended(victim, 'SIGTERM')
  return { kills, atWork, takenOverMs }
}

/** Kills a worker at each of these places, and looks as `killAtRandom` does. With a mistake, it is one that the workers make. */
export async function killAtPlaces(
  world: World,
  {
    places,
    // Four pages of a connection's first answer.
    rows = 160,
    mistake = null,
    say,
  }: { places: readonly Place[]; rows?: number; mistake?: Mistake | null; say: (line: string) => void },
): Promise<Report> {
  let atWork = 0
  await using mine = new AsyncDisposableStack()
  const worker = async () => mine.adopt(await world.steppingWorker(), (child) => ended(child, 'SIGKILL'))
  let victim = await worker()
  let account: Account | null = null
  for (const [at, place] of places.entries()) {
    const coming = worker()
    coming.catch(() => undefined)
    account = await somethingToImport(world, account, at + 1, rows)
    await tell(victim, { kind: 'work', place, mistake })
    const run = await world.ask(account)
    await ends(world, victim, run, place)
    if ((await world.statusOf(run)) === 'running') atWork += 1
    await world.checkMeanwhile([account])
    await world.endLeases()
    const heir = await coming
    await tell(heir, { kind: 'work', place: null, mistake })
    await until('the run is over', async () => (await world.statusOf(run)) === 'completed')
    await world.checkAll([account])
    if (place.how === 'SIGSTOP') {
      victim.kill('SIGCONT')
      await tell(victim, { kind: 'rest' })
      await world.checkAll([account])
      await ended(victim, 'SIGKILL')
    }
    say(`${at + 1} of ${places.length} ${nameOf(place)}`)
    victim = heir
  }
  return { kills: places.length, atWork, takenOverMs: [] }
}

/** New rows at the bank, of a new tenant after every so many kills. */
async function somethingToImport(world: World, known: Account | null, kill: number, rows?: number): Promise<Account> {
  if (known !== null && kill % killsPerTenant !== 1) {
    await world.book(known)
    return known
  }
  const [account] = await world.begin(1)
  if (account === undefined) throw new Error('nothing was connected')
  await world.book(account, rows)
  await world.activate(account)
  return account
}

/** The worker is where it was told to end. */
async function ends(world: World, victim: ChildProcess, run: string, place: Place): Promise<void> {
  let isStopping = false
  victim.once('message', () => (isStopping = true))
  await until(nameOf(place), async () => {
    if (!isAlive(victim) || isStopping) return true
    if ((await world.statusOf(run)) === 'completed' && isAlive(victim) && !place.step.startsWith('end'))
      throw new Error(`a run was over, and its worker was never ${nameOf(place)}`)
    return false
  })
  if (isAlive(victim) !== (place.how === 'SIGSTOP')) throw new Error(`the worker did not end ${nameOf(place)}`)
}

/** A worker that is ready, and sleeps until it is needed. */
function asleep(coming: Promise<ChildProcess>): Promise<ChildProcess> {
  const ready = coming.then((worker) => {
    worker.kill('SIGSTOP')
    return worker
  })
  ready.catch(() => undefined)
  return ready
}

function awake(worker: ChildProcess): void {
  worker.kill('SIGCONT')
}
