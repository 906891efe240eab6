// The sandbox bank beside the service, on the same clock, and a person with a browser.

import { startSandbox } from '../../src/sandbox/server.ts'
import { createLog } from '../../src/shared/log.ts'
import { createSchedule } from '../../src/schedule.ts'
import { refreshInstitutions } from '../../src/institutions/refresh-institutions.ts'
import { open, submit, type Page } from '../sandbox/browser.ts'
import { fakeClock } from './clock.ts'
import { startService, type Service } from './service.ts'

type Bank = {
  readonly url: string
  // oxlint-disable-next-line typescript/no-explicit-any -- the sandbox's own ground truth, in whatever form a test asks for
  control(path: string, body?: unknown, method?: string): Promise<any>
}

export type BankedService = Service & {
  readonly bank: Bank
  /** Does everything that is due now. */
  work(): Promise<void>
  /** Opens a session's link as a person would, chooses the bank, logs in and approves; where the person ends up. */
  authorise(
    link: string,
    options?: { login?: string; institutionId?: string; ticked?: readonly string[]; button?: 'approve' | 'cancel' },
  ): Promise<string>
}

export async function startBankedService(
  t: { teardown(undo: () => Promise<unknown>): void },
  options: { readonly now?: string; readonly publicUrl?: string; readonly maxConsentDays?: number } = {},
): Promise<BankedService> {
  const now = options.now ?? '2026-11-21T09:00:00Z'
  const clock = fakeClock(now)
  const sandbox = await startSandbox({
    host: '127.0.0.1',
    port: 0,
    stateFile: null,
    clock,
    log: createLog({ level: 'silent' }),
  })
  t.teardown(() => sandbox.close())
  const { publicUrl, maxConsentDays } = options
  const berlinGroup = sandbox.banks.map((bank) => ({
    ...bank,
    ...(maxConsentDays !== undefined && { maxConsentDays }),
  }))
  const service = await startService(t, {
    clock,
    providers: { berlinGroup },
    ...(publicUrl !== undefined && { publicUrl }),
  })
  await refreshInstitutions(service.deps)
  const schedule = createSchedule(service.deps, { ticking: false })
  t.teardown(() => schedule.stop())

  /** The hosted page is ours: it is asked without a socket. Everything else is the bank's. */
  async function page(
    url: string,
    form?: Record<string, string>,
  ): Promise<{ location: string | undefined; status: number; body: string }> {
    const { pathname, search } = new URL(url)
    const response = await service.inject({
      method: form === undefined ? 'GET' : 'POST',
      url: `${pathname}${search}`,
      headers: {
        'user-agent': 'Test browser',
        ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form !== undefined && { payload: new URLSearchParams(form).toString() }),
    })
    return { location: response.headers.location, status: response.statusCode, body: response.body }
  }

  return {
    ...service,
    bank: {
      url: sandbox.url,
      control: async (path, body, method = body === undefined ? 'GET' : 'POST') => {
        const response = await fetch(`${sandbox.url}/control${path}`, {
          method,
          ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
        })
        const text = await response.text()
        if (!response.ok) throw new Error(`/control${path}: ${response.status} ${text}`)
        return text === '' ? null : JSON.parse(text)
      },
    },
    work: () => schedule.drain(),
    authorise: async (
      link,
      { login = 'anna', institutionId = 'berlin-group.fjordbanken', ticked, button = 'approve' } = {},
    ) => {
      await page(link)
      let next = (await page(link, { step: 'agree' })).location
      if (next?.includes('?step=bank') === true) next = (await page(link, { step: 'bank', institutionId })).location
      if (next === undefined) throw new Error('the hosted page did not lead to the bank')
      const first: Page = await open(next)
      const isLoggedIn = first.forms[0]?.fields.every(({ name }) => name !== 'login') === true
      const approval = isLoggedIn
        ? first
        : await submit(first, first.forms[0], { typed: { login, password: 'secret' } })
      const end =
        approval.forms.length === 0
          ? approval
          : await submit(approval, approval.forms[0], { button, ...(ticked !== undefined && { ticked }) })
      const { location } = await page(end.url)
      if (location === undefined) throw new Error(`the callback did not lead on: ${end.url}`)
      return location
    },
  }
}
