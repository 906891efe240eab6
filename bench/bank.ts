// The sandbox bank in a process of its own, as a bank is: it takes no time from the service's.

import { startSandbox } from '../src/sandbox/server.ts'
import { systemClock } from '../src/shared/clock.ts'
import { createLog } from '../src/shared/log.ts'

const { url, banks } = await startSandbox({
  host: '127.0.0.1',
  port: 0,
  stateFile: null,
  clock: systemClock,
  log: createLog({ level: 'silent' }),
})
process.send?.({ url, banks })
