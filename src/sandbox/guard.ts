// What every call to a bank's interface goes through: maintenance and ordered faults, the headers that all calls bear, and the
// specification's way of saying what went wrong.

import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyError, FastifyInstance, FastifyRequest, HTTPMethods } from 'fastify'
import type { Log } from '../shared/log.ts'
import { headerOf, type World } from './branch.ts'
import { type Fault, faultFor, withoutOne } from './faults.ts'
import { Refusal, tppMessages } from './refusal.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** `bank`: one of the banks, or a programme before them. */
export function guard(
  scope: FastifyInstance,
  { bank, world }: { readonly bank: { readonly id: string }; readonly world: World },
  log: Log,
): void {
  const cuts = new WeakMap<FastifyRequest, Fault['cut']>()

  scope.addHook('onRequest', async (request, reply) => {
    const requestId = headerOf(request, 'x-request-id')
    if (requestId !== undefined && uuid.test(requestId)) reply.header('x-request-id', requestId)
    const { store, tally } = world
    if (/\/(balances|transactions)$/.test(request.routeOptions.url ?? '')) tally.dataCalls += 1
    if (store.state().maintenance.includes(bank.id)) {
      reply.header('retry-after', '600')
      throw new Refusal('SERVICE_UNAVAILABLE', 'the bank is in maintenance')
    }
    const fault = faultFor(store.state().faults, bank.id, request.url)
    if (fault !== undefined) {
      await store.change((state) => ({ ...state, faults: withoutOne(state.faults, fault) }))
      await sleep(fault.delayMs ?? 0)
      cuts.set(request, fault.cut)
      if (fault.code !== undefined) {
        reply.headers(fault.headers ?? {})
        throw new Refusal(fault.code, 'as ordered')
      }
      if (fault.status !== undefined || fault.body !== undefined) {
        const body = fault.body ?? JSON.stringify(tppMessages('INTERNAL_SERVER_ERROR', 'out of order, as ordered'))
        return reply
          .code(fault.status ?? 500)
          .headers({ 'content-type': 'application/json', ...fault.headers })
          .send(body)
      }
    }
    if (requestId === undefined || !uuid.test(requestId)) {
      throw new Refusal('FORMAT_ERROR', 'X-Request-ID is missing or is not a UUID', { path: 'X-Request-ID' })
    }
    if (!/application\/(json|\*)|\*\/\*/i.test(headerOf(request, 'accept') ?? '*/*')) {
      throw new Refusal('REQUESTED_FORMATS_INVALID', 'answers are application/json', { path: 'Accept' })
    }
    return undefined
  })

  scope.addHook('onSend', async (request, reply, payload) => {
    const cut = cuts.get(request)
    if (cut === undefined || typeof payload !== 'string') return payload
    const half = payload.slice(0, payload.length / 2)
    if (cut === 'body') return half
    reply.header('content-length', Buffer.byteLength(payload))
    return Readable.from(brokenOff(half))
  })

  scope.setErrorHandler<FastifyError>((error, _request, reply) => {
    const refusal = asRefusal(error)
    if (refusal.status >= 500 && !(error instanceof Refusal))
      log.error({ err: error, bank: bank.id }, 'the sandbox bank failed')
    return reply.code(refusal.status).send(refusal.body())
  })

  scope.setNotFoundHandler(() => {
    throw new Refusal('RESOURCE_UNKNOWN', 'there is no such path')
  })
}

/** The path knows these methods and no other. */
export function allow(scope: FastifyInstance, url: string, ...methods: readonly HTTPMethods[]): void {
  const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !methods.includes(method))
  scope.route({
    method: others,
    url,
    handler: () => {
      throw new Refusal('SERVICE_INVALID', `only ${methods.join(' and ')} here`)
    },
  })
}

async function* brokenOff(half: string) {
  yield half
  throw new Error('the line went dead, as ordered')
}

/** Fastify's own errors (no JSON, wrong shape, wrong media type) and our bugs, as the bank would put them. */
function asRefusal(error: FastifyError): Refusal {
  if (error instanceof Refusal) return error
  const { statusCode = 500, message, validation = [] } = error
  if (statusCode === 415) return new Refusal('UNSUPPORTED_MEDIA_TYPE', 'bodies are application/json')
  if (statusCode < 400 || statusCode >= 500) return new Refusal('INTERNAL_SERVER_ERROR', 'something went wrong')
  const path = validation[0]?.instancePath.slice(1).replaceAll('/', '.')
  return new Refusal('FORMAT_ERROR', message, path === undefined || path === '' ? {} : { path })
}
