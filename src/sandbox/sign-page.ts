// The page on which a company's agreement is signed: a plain HTML form, no script. Pure.

import type { Agreement } from './agreements.ts'
import { html, page, type House } from './pages.ts'

export function signingPage(programme: House, agreement: Agreement, action: string, warning?: string): string {
  const { organisation, signatory } = agreement
  const number = organisation.registrationNumber === undefined ? '' : ` (${organisation.registrationNumber})`
  return page(
    programme,
    'Sign the agreement',
    html`<p>
        ${signatory.name}, with your signature ${organisation.name}${number} agrees that ${programme.name} opens its
        banks to the service that keeps its books. Each person still consents at each bank.
      </p>
      ${warning === undefined ? '' : html`<p role="alert">${warning}</p>`}
      <form method="post" action="${action}/sign">
        <fieldset>
          <legend>About the company</legend>
          <label><input type="checkbox" name="about" value="pep" /> An owner is a politically exposed person</label>
          <label><input type="checkbox" name="about" value="abroad" /> It pays to countries outside of the EEA</label>
        </fieldset>
        <label for="identity">National identity number (11 digits)</label>
        <input id="identity" name="identity" inputmode="numeric" autocomplete="off" required autofocus />
        <label for="code">BankID code</label>
        <input id="code" name="code" type="password" autocomplete="one-time-code" required />
        <button name="decision" value="sign">Sign with BankID</button>
      </form>
      <form method="post" action="${action}/decline">
        <button name="decision" value="decline" class="quiet">Decline</button>
      </form>
      <aside>
        <h2>This is a sandbox</h2>
        <p>Any 11 digits and any code will do; nothing of them is kept.</p>
      </aside>`,
  )
}
