// A browser as small as a bank without script allows: it reads forms, fills them in, presses buttons and follows redirects.

export type Page = {
  readonly url: string
  readonly status: number
  readonly text: string
  readonly forms: readonly Form[]
}

export type Form = {
  readonly action: string
  readonly fields: readonly Field[]
  readonly buttons: readonly Field[]
}

type Field = { readonly name: string; readonly value: string; readonly type: string; readonly checked: boolean }

export async function open(url: string): Promise<Page> {
  return pageOf(await fetch(url, { redirect: 'manual' }), url)
}

/**
 * Sends a form with what was typed over its fields; boxes that are ticked go with it, or those named in `ticked`. The page that
 * follows, or where the browser is sent when that is outside the bank.
 */
export async function submit(
  page: Page,
  form: Form | undefined,
  filled: {
    readonly typed?: Readonly<Record<string, string>>
    readonly ticked?: readonly string[]
    readonly button?: string
  },
): Promise<Page> {
  if (form === undefined) throw new Error(`no such form at ${page.url}`)
  const body = new URLSearchParams()
  for (const { name, value, type, checked } of form.fields) {
    const isSent = type === 'checkbox' ? (filled.ticked?.includes(value) ?? checked) : true
    if (isSent) body.append(name, filled.typed?.[name] ?? value)
  }
  const button = form.buttons.find(({ value }) => value === filled.button)
  if (button !== undefined && button.name !== '') body.append(button.name, button.value)
  const target = new URL(form.action, page.url)
  return follow(await fetch(target, { method: 'POST', body, redirect: 'manual' }), target.href)
}

/** Logs in and approves: the journey of a person who wants to. Where the bank sent them in the end. */
export async function approve(scaRedirect: string, login: string, ticked?: readonly string[]): Promise<string> {
  const first = await open(scaRedirect)
  const isLoggedIn = first.forms[0]?.fields.every(({ name }) => name !== 'login') === true
  const approval = isLoggedIn ? first : await submit(first, first.forms[0], { typed: { login, password: 'secret' } })
  const end = await submit(approval, approval.forms[0], {
    button: 'approve',
    ...(ticked === undefined ? {} : { ticked }),
  })
  return end.url
}

/** Signs a company's agreement with a pretended BankID, or declines it. `about`: what is ticked of `pep` and `abroad`. Where the page sent the signatory. */
export async function sign(
  signingUrl: string,
  { about = [], button = 'sign' }: { readonly about?: readonly string[]; readonly button?: 'sign' | 'decline' } = {},
): Promise<string> {
  const page = await open(signingUrl)
  const form = page.forms.find(({ buttons }) => buttons.some(({ value }) => value === button))
  const end = await submit(page, form, { typed: { identity: '01017012345', code: 'secret' }, ticked: about, button })
  return end.url
}

async function follow(response: Response, url: string): Promise<Page> {
  const location = response.headers.get('location')
  if (location === null) return pageOf(response, url)
  const next = new URL(location, url)
  return next.origin === new URL(url).origin
    ? open(next.href)
    : { url: next.href, status: response.status, text: '', forms: [] }
}

async function pageOf(response: Response, url: string): Promise<Page> {
  const text = await response.text()
  const forms = [...text.matchAll(/<form[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].map(
    ([, action = '', inner = '']) => ({
      action,
      fields: [...inner.matchAll(/<input ([^>]*)>/g)].map(([, attributes = '']) => fieldOf(attributes)),
      buttons: [...inner.matchAll(/<button([^>]*)>/g)].map(([, attributes = '']) => fieldOf(attributes)),
    }),
  )
  return { url, status: response.status, text, forms }
}

function fieldOf(attributes: string): Field {
  const value = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? ''
  return { name: value('name'), value: value('value'), type: value('type'), checked: /\bchecked\b/.test(attributes) }
}
