// Powens calls when it has read a bank. Whether it was Powens who called, and whom it is about: what else the call says is not believed, but asked for.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseDay } from '../../values/day.ts'
import { ProviderError, type Called } from '../provider.ts'
import { answerTo, isFields, type Fields } from '../reading/place.ts'
import { parseExact } from './exact-json.ts'
import { asInstant } from './wire.ts'

/** Whose data have changed, as far as the call says. */
export type Notice = { readonly userId?: string; readonly connectionId?: string }

/** How long a call may be on its way, or our clock differ from theirs. An older one may be somebody's recording. */
const ageMaxMs = 5 * 60_000

/** What a signed call is about; undefined for one that Powens did not make now. */
export function readWebhook(called: Called, secret: string): Notice | undefined {
  const { method, path, headers, body, now } = called
  const signature = headers['bi-signature']
  const date = headers['bi-signature-date']
  if (signature === undefined || date === undefined || secret === '') return undefined
  if (!datesOf(date).some((at) => Math.abs(now.getTime() - at) <= ageMaxMs)) return undefined
  const hmac = createHmac('sha256', secret).update(`${method.toUpperCase()}.${path}.${date}.`).update(body)
  const [expected, given] = [Buffer.from(hmac.digest('base64')), Buffer.from(signature)]
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  return noticeIn(typeof body === 'string' ? body : body.toString('utf8'))
}

/** The instants that it may mean: an ISO or HTTP date, seconds since 1970, or a time without a zone, which may be theirs or UTC. */
function datesOf(text: string): readonly number[] {
  const at = /^\d{10}(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(zoned.test(text) ? text : '')
  if (!Number.isNaN(at)) return [at]
  const [, day = '', time = ''] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?$/.exec(text) ?? []
  const asUtc = Date.parse(`${day}T${time}Z`)
  if (Number.isNaN(asUtc) || parseDay(day) === undefined) return []
  const theirs = asInstant(`${day} ${time}`, answerTo('Powens, webhook'))
  return [asUtc, ...(theirs === null ? [] : [theirs.getTime()])]
}

const zoned = /^(\d{4}-\d\d-\d\d[T ][\d:.]+(Z|[+-]\d\d:?\d\d)|[A-Z][a-z]{2}, .* GMT)$/

/** Of the shapes that there are: `{ user, connection }`, an account with its `id_user` and `id_connection`, and what was deleted. */
function noticeIn(body: string): Notice | undefined {
  const json = jsonOf(body)
  if (!isFields(json)) return undefined
  const connection = isFields(json['connection']) ? json['connection'] : {}
  const user = isFields(json['user']) ? json['user'] : {}
  const userId = idIn(user, 'id') ?? idIn(json, 'id_user') ?? idIn(connection, 'id_user') ?? ownIdOf(json, 'signin')
  const connectionId = idIn(connection, 'id') ?? idIn(json, 'id_connection') ?? ownIdOf(json, 'id_connector')
  return { ...(userId !== undefined && { userId }), ...(connectionId !== undefined && { connectionId }) }
}

/** The object's own id, where a field that only its kind has tells what it is. */
const ownIdOf = (json: Fields, field: string): string | undefined =>
  json[field] === undefined ? undefined : idIn(json, 'id')

function idIn(fields: Fields, name: string): string | undefined {
  const id = fields[name]
  return typeof id === 'string' && /^[1-9]\d{0,19}$/.test(id) ? id : undefined
}

function jsonOf(body: string): unknown {
  try {
    return parseExact(body, 'Powens, webhook')
  } catch (error) {
    if (error instanceof ProviderError) return undefined
    throw error
  }
}
