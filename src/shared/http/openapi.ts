// The contract as a document, made from the routes' schemas, and the page that shows it.

import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { withExamples } from './examples.ts'
import type { App } from './routes.ts'
import type { TSchema } from 'typebox'
import { problemsOf, scopes } from './operation.ts'

export type Tag = { readonly name: string; readonly description: string }

/** Must come before the routes. `components` are registered by name; everything else is inline. */
export async function installOpenApi(
  app: App,
  options: { readonly tags: readonly Tag[]; readonly components: readonly (TSchema & { readonly $id: string })[] },
): Promise<void> {
  for (const schema of withExamples(options.components)) app.addSchema(schema)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Bankfeed',
        version: '1.0.0',
        summary: 'The bank page of a bookkeeping product, as an API.',
        description: [
          'A person is sent a link and approves access at the bank; from then on every booked transaction arrives once, every day, and is matched to the books.',
          '',
          'Amounts are decimal strings, signed from the account holder’s side: credit is positive. Days are `YYYY-MM-DD`; instants are RFC 3339 in UTC.',
          `Tokens carry the claims \`tenant\` and \`scope\` (${scopes.map((scope) => `\`${scope}\``).join(', ')}); a \`:write\` scope includes \`:read\`.`,
          'Every error is `application/problem+json` with a stable `code`. Every POST takes an `Idempotency-Key`.',
        ].join('\n'),
      },
      servers: [{ url: '/', description: 'This service.' }],
      tags: options.tags.map((tag) => ({ ...tag })),
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'A JWT of the configured issuer (ES256, EdDSA or RS256).',
          },
        },
      },
    },
    transform: ({ schema: { response, ...schema }, url, route }) => {
      const problems = problemsOf(route.config?.refusals ?? [])
      return { schema: { ...schema, response: Object.assign(problems, response) }, url }
    },
    refResolver: { buildLocalReference: ({ $id }) => (typeof $id === 'string' ? $id : 'Schema') },
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    theme: { title: 'Bankfeed API' },
    uiConfig: {
      layout: 'BaseLayout',
      deepLinking: true,
      docExpansion: 'list',
      filter: true,
      persistAuthorization: true,
      tryItOutEnabled: true,
    },
  })
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
}
