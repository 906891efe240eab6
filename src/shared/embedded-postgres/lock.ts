// Who holds a cluster: PostgreSQL's lock file, `postmaster.pid`. Its lines: pid, folder, start, port, socket folder, address, shared memory, status.

import { readFile, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'

export type Server = {
  readonly pid: number
  readonly port: number
  /** False while it starts, recovers or shuts down. */
  readonly ready: boolean
}

/** The living server of the cluster, by its lock file. */
export async function serverOf(clusterDir: string): Promise<Server | undefined> {
  const lines = await linesOfLock(clusterDir)
  const pid = Number(lines[0])
  if (!(await isServerOf(clusterDir, pid))) return undefined
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

/**
 * After a reboot, or in a restarted container, the pid in a lock that was left behind may be that of any other process (or thread). PostgreSQL
 * would then refuse to start for ever. The lock of a dead process is left to PostgreSQL, which also looks for backends that live on.
 */
export async function removeFalseLock(clusterDir: string): Promise<void> {
  const pid = Number((await linesOfLock(clusterDir))[0])
  if (isAlive(pid) && !(await isServerOf(clusterDir, pid)))
    await rm(join(clusterDir, 'postmaster.pid'), { force: true })
}

/** Whether there is such a process, whosever it is. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** What kind of system error it was, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

async function linesOfLock(clusterDir: string): Promise<readonly string[]> {
  try {
    return (await readFile(join(clusterDir, 'postmaster.pid'), 'utf8')).split('\n')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

async function isServerOf(clusterDir: string, pid: number): Promise<boolean> {
  if (process.platform !== 'linux' || !isAlive(pid)) return isAlive(pid)
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === clusterDir
  } catch (error) {
    // Root in a container may be forbidden to look at the processes of other users; their names are open to all.
    return codeOf(error) === 'EACCES' && (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')) === 'postgres\n'
  }
}
