import { test } from 'tap'
import { defaultProfile } from '../../../src/providers/provider.ts'
import { aBank, nativeId } from './bank.ts'

test('a bank is told as it is configured, with what most banks have where nothing is said', async (t) => {
  const { provider } = await aBank(t)
  t.same(await provider.listInstitutions(), [
    {
      nativeId,
      name: 'Test Bank',
      kind: 'bank',
      countries: ['NO'],
      bankCodes: ['NO8601'],
      accountTypes: ['current', 'savings', 'card'],
      psuTypes: ['business', 'private'],
      maxHistoryDays: 90,
      maxConsentDays: 180,
    },
  ])
  const said = {
    bic: 'TESTNO22',
    logo: 'https://testbank.example/logo.svg',
    approverHint: 'The owner',
    accountTypes: ['current'],
    psuTypes: ['business'],
  } as const
  t.match(await (await aBank(t, { config: said })).provider.listInstitutions(), [said])
})

test('a profile is the default, and what is configured against it', async (t) => {
  const { provider } = await aBank(t, { config: { profile: { stableId: 'entryReference' } } })
  t.same(provider.profileOf(nativeId), { ...defaultProfile, stableId: 'entryReference' })
  t.same(provider.profileOf('unknown-bank'), defaultProfile)
})
