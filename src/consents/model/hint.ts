/** What is hashed to find whose news a provider tells of: its own word for a consent, which another provider may use for something else. */
export const hintKey = (providerId: string, about: string): string => `${providerId} ${about}`
