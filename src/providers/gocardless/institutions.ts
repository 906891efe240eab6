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
  const sandbox = options.withSandbox ? await findInstitution(client, sandboxId) : undefined
  return institutionsOf(sandbox === undefined ? listed : [...listed, sandbox], options.known)
}

/** What it allows today, with the features that the list leaves out. */
export async function readInstitution(client: Client, nativeId: string): Promise<WireInstitution> {
  const institution = await findInstitution(client, nativeId)
  if (institution === undefined)
    throw new ProviderError('refused', 'GoCardless, institution: it is not reached any more')
  return institution
}

async function findInstitution(client: Client, nativeId: string): Promise<WireInstitution | undefined> {
  const read = await client.find({ path: `institutions/${encodeURIComponent(nativeId)}/`, what: 'institution' })
  return read && asInstitution(read.json, read.place)
}
