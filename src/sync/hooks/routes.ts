// Where providers call us. The only routes without a token: a provider signs its calls, and what they say is a hint and no more.

import { finished } from 'node:stream'
import { Type } from 'typebox'
import { AppError } from '../../shared/errors.ts'
import type { Routes } from '../../shared/http/routes.ts'
import { hearHint } from '../hear-hint.ts'

/** Some send all that is new with the call. */
const bodyBytesMax = 16 * 1024 * 1024
/** Nobody has shown who they are before the body is there, and so much memory is what they may take together. A hint that is lost costs hours at the most. */
const bodiesAtOnceMax = 8

type Deps = Parameters<typeof hearHint>[0] & { readonly publicUrl: string }

export const hookRoutes: Routes<Deps> = (app, deps) => {
  // The signature is of the bytes, whatever they say they are.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bodyBytesMax }, (_request, body, done) =>
    done(null, body),
  )
  let bodies = 0
  app.addHook<{ Params: { provider: string } }>('onRequest', async ({ params: { provider } }, reply) => {
    if (deps.providers.get(provider)?.readHint === undefined) throw new AppError('not_found', 'No provider calls here.')
    if (bodies >= bodiesAtOnceMax) throw new AppError('unavailable', 'Too many calls at once. Call again later.')
    bodies += 1
    finished(reply.raw, () => {
      bodies -= 1
    })
  })
  app.post(
    '/hooks/:provider',
    {
      bodyLimit: bodyBytesMax,
      schema: { hide: true, params: Type.Object({ provider: Type.String({ maxLength: 64 }) }) },
    },
    async (request, reply) => {
      const { body, headers, method, url } = request
      if (!Buffer.isBuffer(body)) throw new AppError('invalid_request', 'The call has no body.')
      // What a proxy took off the path was there when it was signed.
      const path = new URL(deps.publicUrl).pathname.replace(/\/$/, '') + (url.split('?', 1)[0] ?? '')
      const called = { method, path, headers: flat(headers), body }
      await hearHint(deps, { providerId: request.params.provider, called })
      return reply.code(204).send()
    },
  )
}

const flat = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
