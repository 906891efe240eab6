// Debian's Chromium, driven by playwright-core, which brings no browser of its own.

import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from 'node:process'
import axe, { type AxeResults } from 'axe-core'
import { chromium, type Browser, type Page } from 'playwright-core'

export function launch(): Promise<Browser> {
  const executablePath = env['CHROMIUM'] ?? '/usr/bin/chromium'
  if (!existsSync(executablePath))
    throw new Error(`There is no Chromium at ${executablePath}: install Debian’s chromium, or name yours in CHROMIUM.`)
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet] })
}

export const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } } as const

/** What a checker of accessibility finds wrong with a page: WCAG 2.2 A and AA, and its own good practice. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  // Evaluated and not added as a script, which the page's own policy would refuse.
  await page.evaluate(axe.source)
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await page.evaluate<AxeResults>(`axe.run({ runOnly: ${JSON.stringify(tags)} })`)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** What does not fit: a page that scrolls sideways, and what is too small for a thumb (44 px). */
export const misfitsOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(`[
    ...(document.documentElement.scrollWidth > innerWidth ? ['scrolls sideways: ' + document.documentElement.scrollWidth] : []),
    ...[...document.querySelectorAll('button, .action, input:not([type=hidden])')]
      .filter((each) => each.getBoundingClientRect().height < 44)
      .map((each) => 'too small: ' + each.outerHTML),
  ]`)

/** Goes there with the Tab key alone, and says where the focus is then. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate<string>(
      `(document.activeElement?.labels?.[0] ?? document.activeElement)?.textContent?.replaceAll(/\\s+/g, ' ').trim() ?? ''`,
    )
    const isVisible = await page.evaluate<boolean>(
      `getComputedStyle(document.activeElement).outlineStyle !== 'none' || document.activeElement === document.body`,
    )
    if (!isVisible) throw new Error(`the focus on ${focused} cannot be seen`)
    if (typeof name === 'string' ? focused === name : name.test(focused)) return
  }
  throw new Error(`no Tab leads to ${String(name)}`)
}

/** Where `SCREENSHOTS` names a folder, a picture of the page goes there. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = env['SCREENSHOTS']
  if (folder === undefined) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
