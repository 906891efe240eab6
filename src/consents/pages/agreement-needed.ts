// The bank asks for the company's agreement, and it is not approved yet: whose turn it is, and that the link goes on working.

import { html } from './html.ts'
import { layout } from './layout.ts'
import { stepForm } from './parts.ts'
import { textsIn, type SpokenLanguage } from './texts.ts'

export type AgreementNeededView = {
  readonly language: SpokenLanguage
  /** The link's own path, `/connect/{token}`: where its forms go. */
  readonly path: string
  readonly tenantName: string
  readonly companyName: string
  readonly institution: { readonly id: string; readonly name: string }
  /** Somebody has to sign it, or its review has to be waited for. */
  readonly next: 'sign' | 'wait'
  /** False where the session names its bank. */
  readonly mayChooseAnother: boolean
}

export function agreementNeededPage(view: AgreementNeededView): string {
  const { language, path, tenantName, companyName, institution, next, mayChooseAnother } = view
  const texts = textsIn(language)
  const { heading, text } = texts.agreementNeeded[next]
  return layout({
    language,
    tenantName,
    heading: heading(companyName),
    main: html`<p>${text(institution.name, companyName, tenantName)}</p>
      <div class="actions">
        ${stepForm({ path, step: 'bank', institutionId: institution.id, label: texts.checkAgain })}
        ${
          mayChooseAnother
            ? html`<a class="action" href="${path}?step=bank">${texts.bankUnavailable.chooseAnother}</a>`
            : undefined
        }
        ${stepForm({ path, step: 'cancel', label: texts.cancel })}
      </div>`,
  })
}
