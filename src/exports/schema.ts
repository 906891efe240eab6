import type { Readable } from 'node:stream'
import { Type } from 'typebox'
import { tenantKey } from '../shared/http/schema.ts'

export const companyParams = Type.Object({ companyId: tenantKey('Your key of the company.') })
/** As a stream. */
export const exportLines = Type.Unsafe<Readable>({
  type: 'string',
  description:
    'Lines of JSON: `begin`; then one for each thing, `{ "type": …, "data": … }`, first those that the API shows, as it shows them, then others; then `end` with the `counts` of each type. Without that last line it is not whole.',
})
