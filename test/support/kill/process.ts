import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { execPath } from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Answer, Order } from './steps.ts'

/** Long enough for a busy machine, and short enough to know that it will not come. */
const patienceMs = 100_000

export type Variables = Readonly<Record<string, string>>

/** A process of the service that has said that it is ready; one of the test's own (`talks`) says so to whoever started it. */
export async function started(
  program: URL,
  variables: Variables,
  { cleanup, talks }: { readonly cleanup: AsyncDisposableStack; readonly talks: boolean },
): Promise<ChildProcess> {
  const child = spawn(execPath, [fileURLToPath(program)], {
    env: variables,
    stdio: ['ignore', 'ignore', 'pipe', ...(talks ? (['ipc'] as const) : [])],
  })
  cleanup.defer(() => ended(child, 'SIGKILL'))
  let told = ''
  await new Promise<void>((ready, failed) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      told = (told + chunk.toString()).slice(-4_000)
      if (!talks && told.includes('"msg":"ready"')) ready()
    })
    child.once('message', () => ready())
    child.once('error', failed)
    child.once('exit', (code, signal) => failed(new Error(`a process ended with ${code ?? signal}: ${told}`)))
  })
  return child
}

export const isAlive = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null

export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!isAlive(child)) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

/** Tells a worker what to do, and waits until it has heard, or is at rest. */
export async function tell(child: ChildProcess, order: Order): Promise<void> {
  const heard = Promise.withResolvers<void>()
  const listen = ({ kind }: Answer) => kind === 'done' && heard.resolve()
  const fail = () => heard.reject(new Error('a worker died when it was told to go on'))
  child.on('message', listen).once('exit', fail)
  child.send(order)
  await heard.promise.finally(() => child.off('message', listen).off('exit', fail))
}

export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + patienceMs
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`${what}: it did not come to pass within ${patienceMs} ms`)
    await pause(10)
  }
}
