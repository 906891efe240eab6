import type { ProviderInstitution } from '../provider.ts'
import type { Client } from './client.ts'
import { institutionOf } from './transform.ts'
import { asConnectors } from './wire.ts'

/** There are a few thousand, with all that belongs to each. */
const bytesMax = 64 * 1024 * 1024

/** The banks among the connectors. */
export async function listInstitutions(client: Client): Promise<readonly ProviderInstitution[]> {
  const { json, place } = await client.read({
    url: client.url('connectors?expand=countries'),
    what: 'connectors',
    bodyBytesMax: bytesMax,
  })
  const banks = asConnectors(json, place).flatMap((connector) => institutionOf(connector) ?? [])
  return [...new Map(banks.map((bank) => [bank.nativeId, bank])).values()]
}
