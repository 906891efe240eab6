// The programs that are measured, each a process of its own, and none left behind.

import { fork, spawn, type ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { execPath } from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export type Environment = Readonly<Record<string, string>>

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** A script of this folder, once it has sent its first message, and that message. */
export async function startScript<Message>(
  cleanup: AsyncDisposableStack,
  name: string,
  environment: Environment = {},
): Promise<Message> {
  const child = fork(file(name), { env: environment, execArgv: [] })
  cleanup.defer(() => stop(child))
  return new Promise((done, failed) => {
    // What it sends is said where it is started.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a script of this folder, which sends just that
    child.once('message', (message) => done(message as Message))
    child.once('exit', (code) => failed(new Error(`${name} ended with ${code}`)))
  })
}

export type RunningService = {
  readonly url: string
  /** From its start until it said that it is ready. */
  readonly readyMs: number
  /** Resident memory now and at its highest, in MiB; null where there is no /proc. */
  memory(): Promise<{ readonly nowMiB: number; readonly peakMiB: number } | null>
  stop(): Promise<void>
}

const readyMsMax = 30_000

/** The service as `npm start` starts it. */
export async function startService(cleanup: AsyncDisposableStack, environment: Environment): Promise<RunningService> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const [, ...options] = (await startCommand()).split(' ')
  const startedAt = performance.now()
  const child = spawn(execPath, options, {
    cwd: file('..'),
    env: { LOG_LEVEL: 'warn', ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  cleanup.defer(() => stop(child))
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error('the service did not start')
    if (performance.now() - startedAt > readyMsMax) throw new Error('the service did not become ready')
    await pause(5)
  }
  return { url, readyMs: performance.now() - startedAt, memory: () => memoryOf(child), stop: () => stop(child) }
}

async function startCommand(): Promise<string> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own
  const { scripts } = JSON.parse(await readFile(file('../package.json'), 'utf8')) as { scripts: { start: string } }
  return scripts.start
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.ok === true
}

async function memoryOf({ pid }: ChildProcess): ReturnType<RunningService['memory']> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null)
  if (status === null) return null
  const mib = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024
  return { nowMiB: mib('VmRSS'), peakMiB: mib('VmHWM') }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await ended
  clearTimeout(late)
}

/** Free now, and so is the next one, which the service's own sandbox takes. Below those that the system gives to whoever calls: a load of requests has taken many. */
async function freePort(): Promise<number> {
  for (let port = 20_000; port < 30_000; port += 2) if ((await isFree(port)) && (await isFree(port + 1))) return port
  throw new Error('no free port')
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const listens = await new Promise<boolean>((done) => {
    server.once('error', () => done(false)).listen(port, '127.0.0.1', () => done(true))
  })
  if (listens) await new Promise((done) => server.close(done))
  return listens
}
