// The list of banks to choose from. Each is a button, so that choosing is one press; searching is a plain GET of the same page.

import { html, type Markup } from './html.ts'
import { layout } from './layout.ts'
import { accountsToTick, logo, stepForm, type InstitutionView, type LedgerAccountView } from './parts.ts'
import { textsIn, type SpokenLanguage } from './texts.ts'

export type ChooseBankView = {
  readonly language: SpokenLanguage
  /** The link's own path, `/connect/{token}`: where its forms go. */
  readonly path: string
  readonly tenantName: string
  /** Those to show, in the order to show them. */
  readonly institutions: readonly InstitutionView[]
  /** Whether there are others, left out for length. */
  readonly hasMore: boolean
  /** What was searched for, as it was typed. */
  readonly search?: string
  readonly ledgerAccounts: readonly LedgerAccountView[]
}

export function chooseBankPage(view: ChooseBankView): string {
  const { language, path, tenantName, institutions, hasMore, search = '', ledgerAccounts } = view
  const texts = textsIn(language)
  const { chooseBank } = texts
  return layout({
    language,
    tenantName,
    heading: chooseBank.heading,
    main: html`<p>${chooseBank.intro}</p>
      ${accountsToTick(ledgerAccounts, language)}
      <form class="search" method="get" action="${path}" role="search">
        <input type="hidden" name="step" value="bank" />
        <label for="search">${chooseBank.searchLabel}</label>
        <input id="search" name="search" type="search" value="${search}" maxlength="100" autocomplete="off" />
        <button>${chooseBank.search}</button>
      </form>
      ${
        institutions.length === 0
          ? html`<p>${search === '' ? chooseBank.none : chooseBank.noneFound(search)}</p>`
          : bankList(view)
      }
      ${hasMore ? html`<p>${chooseBank.more}</p>` : undefined}
      <div class="actions">
        ${search === '' ? undefined : html`<a class="action" href="${path}?step=bank">${chooseBank.showAll}</a>`}
        ${stepForm({ path, step: 'cancel', label: texts.cancel })}
      </div>`,
  })
}

function bankList({ language, path, institutions }: ChooseBankView): Markup {
  const { chooseBank } = textsIn(language)
  const countryName = countryNamesIn(language)
  return html`<h2>${chooseBank.listHeading}</h2>
    <form method="post" action="${path}">
      <input type="hidden" name="step" value="bank" />
      <ul class="banks">
        ${institutions.map((institution, index) => {
          const { id, name, countries, maxConsentDays, approverHint } = institution
          const facts = [...countries.map(countryName), chooseBank.upToDays(maxConsentDays)].join(' · ')
          const button = html`<span>${name} <span class="quiet">${facts}</span></span>`
          const hintId = `hint-${index}`
          return approverHint === undefined
            ? html`<li>
                <button class="bank" name="institutionId" value="${id}">${logo(institution)} ${button}</button>
              </li>`
            : html`<li>
                <button class="bank" name="institutionId" value="${id}" aria-describedby="${hintId}">
                  ${logo(institution)} ${button}
                </button>
                <p class="hint" id="${hintId}">${approverHint}</p>
              </li>`
        })}
      </ul>
    </form>`
}

/** Names of countries in the reader's language; what is no country code stays as it is. */
function countryNamesIn(language: SpokenLanguage): (code: string) => string {
  const names = new Intl.DisplayNames([language], { type: 'region' })
  return (code) => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code)
}
