import { ProviderError } from '../../src/providers/provider.ts'

/** What a provider's call was refused with. */
export async function refusalOf(call: Promise<unknown>): Promise<ProviderError> {
  try {
    await call
  } catch (error) {
    if (error instanceof ProviderError) return error
    throw error
  }
  throw new Error('should have been refused')
}
