// What the kill loop proves: so many `kill -9` at random moments and at every named step, PostgreSQL struck down under load, and mistakes that are found.

import { join } from 'node:path'
import { chance } from '../matching/random.ts'
import { controlsAreCaught } from './kill/controls.ts'
import { killAtPlaces, killAtRandom } from './kill/kills.ts'
import { ended } from './kill/process.ts'
import { restartUnderLoad } from './kill/restarts.ts'
import { databaseOn, startServer } from './kill/server.ts'
import { silenceUnderLoad } from './kill/silences.ts'
import { nameOf, places, placesOfSecondBlock } from './kill/steps.ts'
import { startWorld } from './kill/world.ts'
import { scratchFolder } from './scratch.ts'
import { wireTo } from './wire.ts'

/** More than one block of days has. */
const rowsOfTwoBlocks = 11_000

/** Kills so many, four of ten at random moments on `src/main.ts` and the rest at named steps; restarts PostgreSQL once for every fifteen, and silences it once for every hundred. @throws with the first thing that is wrong */
export async function soakKills(
  count: number,
  seed: number,
  { say, cleanup }: { readonly say: (line: string) => void; readonly cleanup: AsyncDisposableStack },
): Promise<void> {
  const scratch = await scratchFolder(cleanup)
  const server = cleanup.use(await startServer({ dataDir: join(scratch, 'postgres'), durable: true }))
  const world = async (database: string, pageMs: number) =>
    startWorld({ ...(await databaseOn(server, database)), cleanup, pageMs, compiled: join(scratch, 'compiled') })
  const ofRandom = [await world('random_1', 15), await world('random_2', 15)]
  const [ofPlaces, ofRestarts] = [await world('places', 10), await world('restarts', 60)]
  say(`seed ${seed}`)
  await Promise.all([...ofRandom, ofPlaces].map((each) => each.api()))
  // It leaves its modules compiled when it ends in peace.
  await ended(await ofPlaces.worker(), 'SIGTERM')

  const stepped = Math.ceil(count * 0.6)
  const second = placesOfSecondBlock.slice(0, Math.max(0, stepped - places.length))
  const first = Array.from({ length: stepped - second.length }, (_, at) => places[at % places.length]!)
  const begun = performance.now()
  const random = chance(seed).next
  const [early, ...others] = await Promise.all([
    killAtPlaces(ofPlaces, { places: first, say }),
    ...ofRandom.map((each, at) =>
      killAtRandom(each, { kills: Math.ceil((count - stepped - at) / ofRandom.length), patient: 1, random, say }),
    ),
  ])
  const late = await killAtPlaces(ofPlaces, { places: second, rows: rowsOfTwoBlocks, say })
  const seconds = (performance.now() - begun) / 1_000
  const atWork = [early, late, ...others].reduce((sum, each) => sum + each.atWork, 0)
  const steps = new Set([...first, ...second].map(nameOf)).size
  say(
    `${count} kills in ${seconds.toFixed(0)} s (${(seconds / count).toFixed(2)} s each), ${count - stepped} at random moments and ${stepped} at ${steps} named steps, ${atWork} of them at work: 0 lost, 0 twice, 0 feed errors; taken over within ${inSeconds(others.flatMap(({ takenOverMs }) => takenOverMs))} s where the lease was waited for`,
  )
  const { restarts, died, times, ...rest } = await restartUnderLoad(ofRestarts, {
    server,
    restarts: Math.ceil(count / 15),
    patient: 1,
    random: chance(seed + 1).next,
    say,
  })
  const [quick, patient] = [times.filter(({ isPatient }) => !isPatient), times.filter(({ isPatient }) => isPatient)]
  say(
    `${restarts} immediate restarts of PostgreSQL, ${rest.atWork} of them at work: 0 lost, 0 twice, 0 feed errors; ${died} processes died; from when it was back the API answered within ${inSeconds(times.map(({ apiMs }) => apiMs))} s, everything was imported within ${inSeconds(quick.map(({ importedMs }) => importedMs))} s, and where the leases were waited for within ${inSeconds(patient.map(({ importedMs }) => importedMs))} s`,
  )
  const silent = await databaseOn(server, 'silences')
  const wire = cleanup.use(await wireTo(silent.serviceUrl))
  const heard = await silenceUnderLoad(
    await startWorld({ ...silent, serviceUrl: wire.url, cleanup, pageMs: 60, compiled: join(scratch, 'compiled') }),
    { wire, silences: Math.ceil(count / 100), random: chance(seed + 2).next, say },
  )
  say(
    `${heard.length} times PostgreSQL fell silent without a word: 0 lost, 0 twice, 0 feed errors; everything was imported within ${inSeconds(heard)} s`,
  )
  const caught = await controlsAreCaught(ofPlaces, { guards: true, say })
  say(`${caught.length} negative controls were caught`)
}

const inSeconds = (times: readonly number[]): string => (Math.max(0, ...times) / 1_000).toFixed(1)
