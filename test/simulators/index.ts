// Every simulated provider, one line each: what the conformance suite asks its questions of. A provider without a line here fails it.

import type { Clock } from '../../src/shared/clock.ts'
import { startBerlinGroupSimulator } from './berlin-group.ts'
import { startEnableBankingSimulator } from './enable-banking/index.ts'
import { startGoCardlessSimulator } from './gocardless/index.ts'
import { startPowensSimulator } from './powens/index.ts'
import type { Simulator } from './simulator.ts'

export const simulators: Readonly<Record<string, (deps: { readonly clock: Clock }) => Promise<Simulator>>> = {
  'berlin-group': startBerlinGroupSimulator,
  'enable-banking': startEnableBankingSimulator,
  gocardless: startGoCardlessSimulator,
  powens: startPowensSimulator,
}
