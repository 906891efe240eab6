// A server over real HTTP that says what a test tells it to say, and remembers what it was asked.

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'
import { serve } from './loopback.ts'

/** 200, and JSON, unless something else is said. */
export type Said = {
  readonly status?: number
  readonly json?: unknown
  /** Instead of `json`. */
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

export type Asked = {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** How often the same was asked before. */
  readonly times: number
}

/** The same again and again; one after the other, the last again and again; or whatever a server may make of it, who may also answer by itself. */
export type Reply = Said | readonly Said[] | ((asked: Asked, response: ServerResponse) => Said | undefined)

export type Scripted = {
  readonly origin: string
  /** By request line: `GET /accounts?all`. */
  readonly replies: Map<string, Reply>
  /** Every request line, in order. */
  readonly lines: string[]
  /** The last request of that line. */
  readonly asked: (line: string) => Asked
  /** All of them, in order. */
  readonly allAsked: (line: string) => readonly Asked[]
}

type Options = {
  /** What is said to anything else. */
  readonly otherwise: Said
  /** Where paths begin that a line leaves out: `/2.0`. */
  readonly under?: string
  /** Lines that are not told among the others. */
  readonly untold?: RegExp
}

export async function scriptedServer(t: Test, { otherwise, under = '', untold }: Options): Promise<Scripted> {
  const replies = new Map<string, Reply>()
  const lines: string[] = []
  const requests = new Map<string, Asked[]>()
  const given = new Map<Reply, number>()
  const allAsked = (line: string) => requests.get(line) ?? []
  const origin = await serve(t, (request, response) => {
    const path = request.url ?? ''
    const line = `${request.method} ${path.startsWith(under) ? path.slice(under.length) : path}`
    if (untold?.test(line) !== true) lines.push(line)
    void answer(line, request, response)
  })

  async function answer(line: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    const asked = { headers: request.headers, body, times: allAsked(line).length }
    requests.set(line, [...allAsked(line), asked])
    const reply = replies.get(line) ?? otherwise
    const said = typeof reply === 'function' ? reply(asked, response) : isList(reply) ? nextOf(reply) : reply
    if (said !== undefined) say(response, said)
  }

  function nextOf(reply: readonly Said[]): Said | undefined {
    const index = given.get(reply) ?? 0
    given.set(reply, index + 1)
    return reply[Math.min(index, reply.length - 1)]
  }

  return {
    origin,
    replies,
    lines,
    asked(line) {
      const last = allAsked(line).at(-1)
      if (last === undefined) throw new Error(`never asked: ${line}`)
      return last
    },
    allAsked,
  }
}

const isList = (reply: Said | readonly Said[]): reply is readonly Said[] => Array.isArray(reply)

function say(response: ServerResponse, { status = 200, json, body, headers }: Said): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(body ?? (json === undefined ? '' : JSON.stringify(json)))
}
