// The bank could not be asked just now: what was chosen can be tried again with one press.

import { html } from './html.ts'
import { layout } from './layout.ts'
import { stepForm } from './parts.ts'
import { textsIn, type SpokenLanguage } from './texts.ts'

export type BankUnavailableView = {
  readonly language: SpokenLanguage
  /** The link's own path, `/connect/{token}`: where its forms go. */
  readonly path: string
  readonly tenantName: string
  readonly institution: { readonly id: string; readonly name: string }
  /** False where the session names its bank. */
  readonly mayChooseAnother: boolean
}

export function bankUnavailablePage({
  language,
  path,
  tenantName,
  institution,
  mayChooseAnother,
}: BankUnavailableView): string {
  const texts = textsIn(language)
  const { heading, text, chooseAnother } = texts.bankUnavailable
  return layout({
    language,
    tenantName,
    heading: heading(institution.name),
    main: html`<p>${text}</p>
      <div class="actions">
        ${stepForm({ path, step: 'bank', institutionId: institution.id, label: texts.tryAgain, isPrimary: true })}
        ${mayChooseAnother ? html`<a class="action" href="${path}?step=bank">${chooseAnother}</a>` : undefined}
        ${stepForm({ path, step: 'cancel', label: texts.cancel })}
      </div>`,
  })
}
