/** "Now" as a parameter: the service is handed the system's, a test hands its own. */
export type Clock = { readonly now: () => Date }

export const systemClock: Clock = { now: () => new Date() }
