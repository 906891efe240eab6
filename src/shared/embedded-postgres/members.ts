import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive } from './lock.ts'

/**
 * Writes down that this process uses the server of `dataDir`, as a file named by its pid, until the returned function is called: that tells
 * whether nobody else is left. A process that was killed leaves its file behind, and no longer counts.
 */
export async function joinMembers(dataDir: string): Promise<() => Promise<{ readonly wasLast: boolean }>> {
  const folder = join(dataDir, 'members')
  // In a restarted container this process may have the pid of its killed predecessor: the time of birth tells them apart.
  const self = `${process.pid}-${Math.trunc(performance.timeOrigin)}`
  const isLiving = (name: string): boolean => {
    const pid = Number.parseInt(name, 10)
    return pid === process.pid ? name === self : isAlive(pid)
  }
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, self), '')
  return async () => {
    await rm(join(folder, self), { force: true })
    const others = await readdir(folder)
    const dead = others.filter((name) => !isLiving(name))
    await Promise.all(dead.map((name) => rm(join(folder, name), { force: true })))
    return { wasLast: dead.length === others.length }
  }
}
