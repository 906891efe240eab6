// A browser as small as a page without script allows: it keeps nothing, reads forms, presses their buttons and follows where it is sent.

export type Page = { readonly url: string; readonly html: string }

type Form = {
  readonly action: string
  readonly fields: URLSearchParams
  readonly buttons: readonly { readonly name: string; readonly value: string }[]
}

/** Opens a page; redirects that leave the service and the bank are not followed, but answered as an empty page at their address. */
export async function open(url: string): Promise<Page> {
  return follow(await fetch(url, { redirect: 'manual' }), url)
}

/** Presses the button with that value, or the one beside a hidden field with it, or (null) the page's first; with what was typed, and one box unticked. */
export async function press(
  page: Page,
  value: string | null,
  filled: { readonly typed?: Readonly<Record<string, string>>; readonly unticked?: string } = {},
): Promise<Page> {
  const form = formsOf(page).find(
    ({ buttons, fields }) =>
      value === null || buttons.some((button) => button.value === value) || [...fields.values()].includes(value),
  )
  if (form === undefined) throw new Error(`${page.url} has no button for ${value ?? 'anything'}`)
  const body = new URLSearchParams(
    [...form.fields].filter(([, field]) => filled.unticked === undefined || field !== filled.unticked),
  )
  for (const [name, text] of Object.entries(filled.typed ?? {})) body.set(name, text)
  const button = form.buttons.find((each) => each.value === value)
  if (button !== undefined && button.name !== '') body.append(button.name, button.value)
  const target = new URL(form.action, page.url).href
  return follow(await fetch(target, { method: 'POST', body, redirect: 'manual' }), target)
}

/** The text of a page's heading and paragraphs, for showing what a person reads. */
export const headingOf = ({ html }: Page): string => textOf(/<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? '')

/** The value of the box beside a label that has this text. */
export function boxBeside({ html }: Page, text: string): string | undefined {
  const labels = [...html.matchAll(/<label[^>]*>(.*?)<\/label>/gs)].map(([, inner = '']) => inner)
  const label = labels.find((inner) => textOf(inner).replaceAll(' ', '').includes(text))
  return label === undefined ? undefined : /value="([^"]*)"/.exec(label)?.[1]
}

async function follow(response: Response, url: string): Promise<Page> {
  const location = response.headers.get('location')
  if (location === null) return { url, html: await response.text() }
  const next = new URL(location, url)
  return next.hostname === '127.0.0.1' ? open(next.href) : { url: next.href, html: '' }
}

function formsOf({ url, html }: Page): readonly Form[] {
  return [...html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].map(([, attributes = '', inner = '']) => ({
    action: attributeOf(attributes, 'action') || url,
    fields: new URLSearchParams(
      [...inner.matchAll(/<input([^>]*)>/g)]
        .filter(([, input = '']) => attributeOf(input, 'type') !== 'checkbox' || /\bchecked\b/.test(input))
        .map(([, input = '']): [string, string] => [attributeOf(input, 'name'), attributeOf(input, 'value')]),
    ),
    buttons: [...inner.matchAll(/<button([^>]*)>/g)].map(([, button = '']) => ({
      name: attributeOf(button, 'name'),
      value: attributeOf(button, 'value'),
    })),
  }))
}

const attributeOf = (attributes: string, name: string): string =>
  unescape(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '')

const textOf = (html: string): string =>
  unescape(html.replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim()

const unescape = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
