// Failures on order: the next so many calls to a bank, or all until further notice, go wrong in a way that control chose.

import { type Static, Type } from 'typebox'
import { messageCodes } from './refusal.ts'

export const faultBody = Type.Object(
  {
    /** One bank's id; absent for any bank. */
    bank: Type.Optional(Type.String()),
    /** Only calls whose path contains this, such as `/transactions`. */
    path: Type.Optional(Type.String()),
    /** Absent: until the faults are called off. */
    times: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    /** The bank refuses with this code, in its own words and with the status that belongs to it. */
    code: Type.Optional(messageCodes),
    /** With a status or a body, the answer is this; without either, the bank answers as it would. */
    status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
    body: Type.Optional(Type.String()),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    delayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
    /** `body`: a whole answer with half a body. `connection`: the line goes dead in the middle of the body. */
    cut: Type.Optional(Type.Enum(['body', 'connection'])),
  },
  { additionalProperties: false },
)

export type Fault = Static<typeof faultBody>

export function faultFor(faults: readonly Fault[], bankId: string, path: string): Fault | undefined {
  return faults.find((fault) => (fault.bank ?? bankId) === bankId && path.includes(fault.path ?? ''))
}

/** What is left to go wrong after the fault has happened once. */
export function withoutOne(faults: readonly Fault[], fault: Fault): readonly Fault[] {
  const { times } = fault
  if (times === undefined) return faults
  return faults.flatMap((other) => {
    if (other !== fault) return [other]
    return times > 1 ? [{ ...fault, times: times - 1 }] : []
  })
}
