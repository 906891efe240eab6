// Which banks there are. A bank is addressed by its name and country, which only this list tells of a native id.

import type { Clock } from '../../shared/clock.ts'
import { ProviderError, type BankProfile, type ProviderInstitution } from '../provider.ts'
import type { Client } from './client.ts'
import { nativeIdOf } from './native-ids.ts'
import { institutionOf, psuTypeAt } from './transform.ts'
import { asAspsps, type WireAspsp } from './wire.ts'

export type Catalogue = {
  readonly list: () => Promise<readonly ProviderInstitution[]>
  /** @throws {ProviderError} refused for a bank that is not listed (any more). */
  readonly find: (nativeId: string) => Promise<WireAspsp>
}

/** How long a list is used for finding; what it tells of a bank seldom changes. */
const freshMs = 60 * 60 * 1000

/** Some 2,500 banks with all that they offer; room for several times that. */
const listBytesMax = 64 * 1024 * 1024

export function createCatalogue({
  client,
  clock,
  profileOf,
}: {
  readonly client: Client
  readonly clock: Clock
  readonly profileOf: (nativeId: string) => BankProfile
}): Catalogue {
  let known: { readonly banks: ReadonlyMap<string, WireAspsp>; readonly at: number } | undefined

  async function ask(): Promise<ReadonlyMap<string, WireAspsp>> {
    const at = clock.now().getTime()
    const url = client.url('aspsps?service=AIS')
    const { json, place } = await client.read({ url, what: 'banks', bodyBytesMax: listBytesMax })
    // A bank that lets in neither persons nor companies lets in nobody.
    const open = asAspsps(json, place).filter((aspsp) => psuTypeAt(aspsp) !== undefined)
    const banks = new Map(open.map((aspsp) => [nativeIdOf(aspsp), aspsp]))
    known = { banks, at }
    return banks
  }

  return {
    list: async () =>
      [...(await ask())].map(([nativeId, aspsp]) => institutionOf(aspsp, nativeId, profileOf(nativeId))),
    async find(nativeId) {
      const isFresh = known !== undefined && clock.now().getTime() - known.at < freshMs
      const aspsp = (isFresh ? known?.banks.get(nativeId) : undefined) ?? (await ask()).get(nativeId)
      if (aspsp === undefined) throw new ProviderError('refused', `Enable Banking lists no bank ${nativeId}`)
      return aspsp
    },
  }
}
