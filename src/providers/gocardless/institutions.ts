// The banks that GoCardless reaches.

import { ProviderError, type ProviderInstitution } from '../provider.ts'
import type { Client } from './client.ts'
import { institutionsOf, type Known } from './transform.ts'
import { asInstitution, asInstitutions, type WireInstitution } from './wire.ts'

const listBytesMax = 64 * 1024 * 1024

/** GoCardless's own bank for trying things out, with the real secrets; no country's list has it. */
const sandboxId = 'SANDBOXFINANCE_SFIN0000'

/** Those of every country. */
export async function listInstitutions(
  client: Client,
  options: { readonly withSandbox: boolean; readonly known: (id: string) => Known },
): Promise<readonly ProviderInstitution[]> {
  const { json, place } = await client.read({
    path: 'institutions/',
    what: 'institutions',
    bodyBytesMax: listBytesMax,
  })
  const listed = asInstitutions(json, place)
  const all = options.withSandbox ? [...listed, await readInstitution(client, sandboxId)] : listed
  return institutionsOf(all, options.known)
}

/** What it allows today, with the features that the list leaves out. */
export async function readInstitution(client: Client, nativeId: string): Promise<WireInstitution> {
  const read = await client.find({ path: `institutions/${encodeURIComponent(nativeId)}/`, what: 'institution' })
  if (read === undefined) throw new ProviderError('refused', 'GoCardless, institution: it is not reached any more')
  return asInstitution(read.json, read.place)
}
