// What the person reads first: who asks for what, for how long, and how to end it. Nothing is shared by opening it.

import { html } from './html.ts'
import { layout } from './layout.ts'
import {
  accountsToTick,
  lastAttempt,
  logo,
  stepForm,
  type InstitutionView,
  type LastAttemptView,
  type LedgerAccountView,
} from './parts.ts'
import { textsIn, type SpokenLanguage } from './texts.ts'

export type WelcomeView = {
  readonly language: SpokenLanguage
  /** The link's own path, `/connect/{token}`: where its forms go. */
  readonly path: string
  readonly tenantName: string
  readonly companyName: string
  /** Where the session names one: agreeing leads straight to it. */
  readonly institution?: InstitutionView
  readonly ledgerAccounts: readonly LedgerAccountView[]
  /** Where an attempt with this link has come to nothing. */
  readonly last?: LastAttemptView
}

export function welcomePage({
  language,
  path,
  tenantName,
  companyName,
  institution,
  ledgerAccounts,
  last,
}: WelcomeView): string {
  const texts = textsIn(language)
  const { welcome } = texts
  return layout({
    language,
    tenantName,
    heading: welcome.heading(tenantName),
    main: html`${last === undefined ? undefined : lastAttempt(last, tenantName, language)}
      <p>${welcome.intro(tenantName, companyName)}</p>
      ${
        institution === undefined
          ? undefined
          : html`<h2>${welcome.bankHeading}</h2>
              <p class="named">${logo(institution)} ${institution.name}</p>
              ${institution.approverHint === undefined ? undefined : html`<p class="quiet">${institution.approverHint}</p>`}`
      }
      <h2>${welcome.sharedHeading}</h2>
      <ul>
        ${welcome.shared.map((item) => html`<li>${item}</li>`)}
      </ul>
      <p>${welcome.receiver(tenantName, companyName)}</p>
      <h2>${welcome.safeHeading}</h2>
      <p>${welcome.safe}</p>
      <h2>${welcome.durationHeading}</h2>
      <p>${institution === undefined ? welcome.durationUnknown : welcome.durationAtBank(institution.maxConsentDays)}</p>
      <h2>${welcome.withdrawHeading}</h2>
      <p>${welcome.withdraw(tenantName)}</p>
      ${accountsToTick(ledgerAccounts, language)}
      <p class="next">${institution === undefined ? welcome.nextChoose : welcome.nextAtBank(institution.name)}</p>
      <div class="actions">
        ${stepForm({ path, step: 'agree', label: texts.agree, isPrimary: true })}
        ${stepForm({ path, step: 'cancel', label: texts.cancel })}
      </div>`,
  })
}
