// The pages where the road ends: what happened, what to do, and the way on if there is one.

import { html } from './html.ts'
import { layout } from './layout.ts'
import { textsIn, type Notice, type SpokenLanguage } from './texts.ts'

export type NoticeView = {
  readonly language: SpokenLanguage
  readonly notice: Notice
  /** Whose link it is, where that is known; `returnUrl` is one of its registered ones, with the outcome on it. */
  readonly tenant?: { readonly name: string; readonly returnUrl?: string }
  /** Where the same question can be asked again, and may be answered otherwise. */
  readonly againPath?: string
}

export function noticePage({ language, notice, tenant, againPath }: NoticeView): string {
  const texts = textsIn(language)
  const { heading, text } = texts.notices[notice]
  return layout({
    language,
    heading,
    ...(tenant === undefined ? {} : { tenantName: tenant.name }),
    main: html`<p>${text(tenant?.name ?? texts.theSender)}</p>
      <div class="actions">
        ${
          tenant?.returnUrl === undefined
            ? undefined
            : html`<a class="action primary" href="${tenant.returnUrl}">${texts.returnTo(tenant.name)}</a>`
        }
        ${againPath === undefined ? undefined : html`<a class="action" href="${againPath}">${texts.checkAgain}</a>`}
      </div>`,
  })
}
