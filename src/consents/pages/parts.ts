// What several pages show: a bank, the accounts to tick, and the forms that move the session on.

import type { SessionFailure } from '../../providers/provider.ts'
import { html, type Markup } from './html.ts'
import { textsIn, type SpokenLanguage } from './texts.ts'

export type InstitutionView = {
  readonly id: string
  readonly name: string
  /** A URL. Shown only where it carries the image itself (`data:`) or is a path of ours: the page asks nobody else. */
  readonly logo?: string
  /** ISO 3166 alpha-2. */
  readonly countries: readonly string[]
  readonly approverHint?: string
  readonly maxConsentDays: number
}

/** A ledger account whose bank account the person should tick. */
export type LedgerAccountView = { readonly name: string; readonly maskedIban?: string }

/** What became of the attempt before this one, and the accounts that were refused in it, masked. */
export type LastAttemptView = { readonly failure: SessionFailure; readonly refused: readonly string[] }

export function lastAttempt(
  { failure, refused }: LastAttemptView,
  tenantName: string,
  language: SpokenLanguage,
): Markup {
  const { lastAttempt: texts, refusedIntro } = textsIn(language)
  return html`<section class="told" aria-labelledby="told">
    <h2 id="told">${texts[failure].heading}</h2>
    <p>${texts[failure].text(tenantName)}</p>
    ${
      refused.length === 0
        ? undefined
        : html`<p>${refusedIntro}</p>
            <ul>
              ${refused.map((number) => html`<li class="number">${number}</li>`)}
            </ul>`
    }
  </section>`
}

/** A form of one button that posts a step to the link, with what else that step needs. */
export function stepForm(form: {
  readonly path: string
  readonly step: 'agree' | 'bank' | 'cancel'
  readonly institutionId?: string
  readonly label: string
  readonly isPrimary?: boolean
}): Markup {
  return html`<form method="post" action="${form.path}">
    <input type="hidden" name="step" value="${form.step}" />
    ${
      form.institutionId === undefined
        ? undefined
        : html`<input type="hidden" name="institutionId" value="${form.institutionId}" />`
    }
    <button class="action${form.isPrimary === true ? ' primary' : ''}">${form.label}</button>
  </form>`
}

/** Its picture, else its initials, on a colour that is always that bank's. Decoration: the name stands beside it. */
export function logo({ name, logo: url }: InstitutionView): Markup {
  return url !== undefined && (url.startsWith('data:image/') || /^\/(?!\/)/.test(url))
    ? html`<img class="logo" src="${url}" alt="" width="40" height="40" loading="lazy" />`
    : html`<span class="logo hue-${String(hueOf(name))}" aria-hidden="true">${initialsOf(name)}</span>`
}

/** Nothing where the session names none. */
export function accountsToTick(accounts: readonly LedgerAccountView[], language: SpokenLanguage): Markup | undefined {
  const texts = textsIn(language)
  return accounts.length === 0
    ? undefined
    : html`<h2>${texts.accountsHeading}</h2>
        <p>${texts.accountsIntro}</p>
        <ul>
          ${accounts.map(
            ({ name, maskedIban }) =>
              html`<li>
                ${name} ${maskedIban === undefined ? undefined : html`<span class="quiet number">${maskedIban}</span>`}
              </li>`,
          )}
        </ul>`
}

/** One of the six colours in `style.ts`. */
const hueOf = (name: string): number =>
  Array.from(name).reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 9_973, 7) % 6

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  return words
    .slice(0, 2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0).toUpperCase())
    .join('')
}
