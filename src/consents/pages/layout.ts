// The document around every page, and the policy that it is served with: no script, nothing fetched, one style known by its hash.

import { createHash } from 'node:crypto'
import { html, trusted, type Markup } from './html.ts'
import { style } from './style.ts'
import type { SpokenLanguage } from './texts.ts'

type Layout = {
  readonly language: SpokenLanguage
  /** The page's one h1, and its title. */
  readonly heading: string
  /** Absent where it is not known whose link it is. */
  readonly tenantName?: string
  readonly main: Markup
}

export function layout({ language, heading, tenantName, main }: Layout): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="format-detection" content="telephone=no" />
        <title>${heading}</title>
        <link rel="icon" href="data:," />
        ${trusted(`<style>${style}</style>`)}
      </head>
      <body>
        ${tenantName === undefined ? undefined : html`<header>${tenantName}</header>`}
        <main>
          <h1>${heading}</h1>
          ${main}
        </main>
      </body>
    </html>`.toString()
}

/**
 * The `Content-Security-Policy` to send with every page.
 *
 * `form-action` is wider than our own forms, which all go to the link itself: Chromium holds every redirect that follows a form's POST against it
 * (https://github.com/w3c/webappsec-csp/issues/8), and which hosts a bank sends people through nobody can list. So: https anywhere; plain http on
 * loopback only, for the sandbox bank and for a product under development. An IPv6 address cannot be written there.
 */
export function contentSecurityPolicy(): string {
  const styleHash = createHash('sha256').update(style).digest('base64')
  return [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    "img-src 'self' data:",
    "form-action 'self' https: http://localhost:* http://127.0.0.1:*",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
