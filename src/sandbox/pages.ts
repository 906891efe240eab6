// What the person sees at the bank: plain HTML forms, no script. Pure.

import type { Account, Person } from './accounts.ts'
import type { Bank } from './banks.ts'

/** Whose page it is. */
export type House = Pick<Bank, 'name' | 'colour'>

/** Markup that is safe to send: what `html` interpolates is escaped unless it is markup itself. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export function loginPage(bank: Bank, persons: readonly Person[], action: string, warning?: string): string {
  return page(
    bank,
    'Log in',
    html`<p>A service asks to read your accounts at ${bank.name}. Log in to decide.</p>
      ${warning === undefined ? '' : html`<p role="alert">${warning}</p>`}
      <form method="post" action="${action}/login">
        <label for="login">User name</label>
        <input id="login" name="login" autocomplete="username" autocapitalize="none" required autofocus />
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required />
        <button>Log in</button>
      </form>
      ${cancelForm(action)}
      <aside>
        <h2>This is a sandbox</h2>
        <p>Any password will do. You can be:</p>
        <ul>
          ${persons.map(({ login, name, hint }) => html`<li><strong>${login}</strong> (${name}), ${hint}</li>`)}
        </ul>
      </aside>`,
  )
}

export type Choice = {
  readonly person: Person
  readonly accounts: readonly Account[]
  /** Whether the person may leave accounts out; not where the service asked for these by number. */
  readonly isFree: boolean
  readonly validUntil: string
  readonly recurring: boolean
}

export function approvalPage(bank: Bank, choice: Choice, action: string, warning?: string): string {
  const { person, accounts, isFree, validUntil, recurring } = choice
  return page(
    bank,
    'Share your accounts',
    html`<p>
        ${person.name}, a service asks to read the accounts below, their balances and transactions,
        ${recurring ? `until ${validUntil}` : 'once'}.
      </p>
      ${warning === undefined ? '' : html`<p role="alert">${warning}</p>`}
      <form method="post" action="${action}/decision">
        <fieldset>
          <legend>${isFree ? 'Which accounts?' : 'These accounts'}</legend>
          ${accounts.map((account) => accountLine(account, isFree))}
        </fieldset>
        <button name="decision" value="approve">Approve</button>
      </form>
      ${cancelForm(action)}`,
  )
}

/** The end of the road at the bank: what happened, and the way back. */
export function endPage(bank: House, title: string, text: string, backTo?: string): string {
  const back = backTo === undefined ? '' : html`<p><a href="${backTo}">Back to the service</a></p>`
  return page(
    bank,
    title,
    html`<p>${text}</p>
      ${back}`,
  )
}

/** A logo without a picture: the bank's first letter on its colour, as a data: URI. */
export function logoOf({ name, colour }: House): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="12" fill="${colour}"/><text x="32" y="45" font-family="sans-serif" font-size="38" font-weight="700" text-anchor="middle" fill="#fff">${name.slice(0, 1)}</text></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

function accountLine({ id, name, owner, iban, maskedPan, currency }: Account, isFree: boolean): Markup {
  const label = html`${name} <small>${iban ?? maskedPan ?? ''} ${currency}, ${owner}</small>`
  return isFree
    ? html`<label><input type="checkbox" name="account" value="${id}" checked /> ${label}</label>`
    : html`<p><input type="hidden" name="account" value="${id}" />${label}</p>`
}

function cancelForm(action: string): Markup {
  return html`<form method="post" action="${action}/decision">
    <button name="decision" value="cancel" class="quiet">Cancel</button>
  </form>`
}

export function page(bank: House, title: string, main: Markup): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${bank.name}</title>
        <style>
          ${new Markup(style(bank.colour))}
        </style>
      </head>
      <body>
        <header><img src="${logoOf(bank)}" alt="" width="40" height="40" /> ${bank.name}</header>
        <main>
          <h1>${title}</h1>
          ${main}
        </main>
      </body>
    </html>`.text
}

function style(colour: string): string {
  return `
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 34rem; padding: 1rem; color: #1c1c1c; background: #fff }
header { display: flex; gap: .75rem; align-items: center; font-weight: 700; border-bottom: 4px solid ${colour}; padding-bottom: .75rem }
label { display: block; margin: .5rem 0 } small { color: #555; display: block }
input:not([type=checkbox]) { display: block; box-sizing: border-box; width: 100%; padding: .6rem; font: inherit }
button { font: inherit; padding: .6rem 1.2rem; margin-top: 1rem; border: 2px solid #1c1c1c; background: #1c1c1c; color: #fff; border-radius: .3rem }
button.quiet { background: #fff; color: #1c1c1c } [role=alert] { border-left: 4px solid #b00020; padding-left: .75rem }
aside { margin-top: 2rem; padding: .5rem 1rem; background: #f3f3f3 } aside h2 { font-size: 1rem }`
}

type Interpolation = string | Markup | readonly Markup[]

export function html(strings: TemplateStringsArray, ...values: readonly Interpolation[]): Markup {
  const rendered = values.map((value) =>
    typeof value === 'string'
      ? escaped(value)
      : [value]
          .flat()
          .map(({ text }) => text)
          .join(''),
  )
  return new Markup(strings.map((text, index) => text + (rendered[index] ?? '')).join(''))
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
