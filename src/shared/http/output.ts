// What goes out: written as its schema says, so that no answer holds a field that the API does not promise.

import serializers from '@fastify/fast-json-stringify-compiler'
import type { FastifySerializerCompiler } from 'fastify'
import type { TSchema } from 'typebox'

/** Each schema is compiled when the first answer goes out that it writes, as `createValidatorCompiler` does for what comes in. */
export function createSerializerCompiler(
  components: readonly (TSchema & { readonly $id: string })[],
): FastifySerializerCompiler<unknown> {
  const compile = serializers.SerializerSelector()(Object.fromEntries(components.map((schema) => [schema.$id, schema])))
  return ({ httpStatus = '', ...route }) => {
    let write: ReturnType<typeof compile> | undefined
    return (data) => {
      write ??= compile({ ...route, httpStatus })
      return write(data)
    }
  }
}
