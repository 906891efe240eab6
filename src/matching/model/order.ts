/** A total order of what JavaScript compares with `<`; texts by code unit, so that no locale has a say. */
export function order<T extends bigint | number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
