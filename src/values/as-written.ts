/**
 * JSON that this program wrote itself, as what it wrote: the one place where a type is taken on trust. The caller names the writer in a comment beside it.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters, typescript/no-unsafe-type-assertion -- that is what this function is for
export const asWritten = <T>(json: unknown): T => json as T
