/** What was measured: a ratio unless a unit is named. */
export type Figure = {
  readonly name: string
  readonly value: number
  readonly unit?: 'MiB' | 's' | 'rows' | 'rows/s' | 'a second'
  /** What the value should be; it is shown, and nothing fails by it. */
  readonly goal?: string
  readonly note?: string
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
