// What somebody waits for who starts it, and what it takes while nobody asks anything: `npm start` as it comes, with its database and the sandbox bank.

import { setTimeout as pause } from 'node:timers/promises'
import type { Figure } from './figure.ts'
import { startService } from './processes.ts'
import { folderIn, temporaryFolder } from './world.ts'

const idleMs = 5_000

export async function measureStart(cleanup: AsyncDisposableStack): Promise<readonly Figure[]> {
  const environment = { DATA_DIR: await folderIn(await temporaryFolder(cleanup), 'data', 0o755) }
  const first = await startService(cleanup, environment)
  await first.stop()
  const second = await startService(cleanup, environment)
  await pause(idleMs)
  const memory = await second.memory()
  await second.stop()
  return [
    { name: 'first start until ready', value: first.readyMs / 1000, unit: 's', note: 'with initdb and all migrations' },
    { name: 'later start until ready', value: second.readyMs / 1000, unit: 's' },
    ...(memory === null
      ? []
      : [
          {
            name: 'memory of the idle service',
            value: memory.nowMiB,
            unit: 'MiB' as const,
            note: 'the Node process, with the sandbox bank in it',
          },
        ]),
  ]
}
