// The bank could not be asked just now, or would not begin: what was chosen can be tried again with one press.

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
  /** It answers, and says no. */
  readonly refuses: boolean
  /** False where the session names its bank. */
  readonly mayChooseAnother: boolean
}

export function bankUnavailablePage({
  language,
  path,
  tenantName,
  institution,
  refuses,
  mayChooseAnother,
}: BankUnavailableView): string {
  const texts = textsIn(language)
  const { heading, text, chooseAnother } = texts.bankUnavailable
  const refused = texts.bankRefused
  return layout({
    language,
    tenantName,
    heading: refuses ? refused.heading(institution.name) : heading(institution.name),
    main: html`<p>${refuses ? refused.text(tenantName) : text}</p>
      <div class="actions">
        ${stepForm({ path, step: 'bank', institutionId: institution.id, label: texts.tryAgain, isPrimary: true })}
        ${mayChooseAnother ? html`<a class="action" href="${path}?step=bank">${chooseAnother}</a>` : undefined}
        ${stepForm({ path, step: 'cancel', label: texts.cancel })}
      </div>`,
  })
}
