// The little of autocannon that is used here; it brings no types.
declare module 'autocannon' {
  type Result = {
    readonly requests: { readonly average: number }
    readonly latency: { readonly p50: number; readonly p99: number }
    readonly non2xx: number
    readonly errors: number
  }
  export default function autocannon(options: {
    readonly url: string
    readonly connections: number
    readonly duration: number
    readonly requests: readonly { readonly path: string; readonly headers?: Readonly<Record<string, string>> }[]
  }): Promise<Result>
}
