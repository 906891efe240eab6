/**
 * What all of them came to, once all have. Of several that failed the first one tells: what was sent behind it may have failed for want of it, and be
 * heard of sooner.
 */
export async function together<Results extends readonly unknown[]>(
  sent: readonly [...{ [At in keyof Results]: Results[At] | Promise<Results[At]> }],
): Promise<Results> {
  const settled = await Promise.allSettled(sent.map((each) => Promise.resolve(each)))
  const results = settled.map((each) => {
    if (each.status === 'rejected') throw each.reason
    return each.value
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one for each, in their order
  return results as unknown as Results
}
