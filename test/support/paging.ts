import type { Test } from 'tap'
import type { Service } from './service.ts'

/** A list read page by page shows everything once, in order, and ends with null; and keeps its place while rows come and go. */
export async function checkPaging(
  t: Test,
  call: ReturnType<Service['client']>,
  list: {
    readonly url: string
    readonly key: string
    readonly put: (id: string) => Promise<unknown>
    readonly remove: (id: string) => Promise<unknown>
  },
): Promise<void> {
  const { url, key, put, remove } = list
  for (const id of ['c', 'a', 'e', 'b', 'd']) await put(id)
  const read = async (query: string) => {
    const { body } = await call('GET', `${url}?${query}`)
    return { ids: body.data.map((row: Record<string, string>) => row[key]), next: body.nextCursor }
  }
  t.same(await read(''), { ids: ['a', 'b', 'c', 'd', 'e'], next: null })
  t.same(await read('limit=5'), { ids: ['a', 'b', 'c', 'd', 'e'], next: null }, 'a last page that is full is the last')
  const first = await read('limit=2')
  t.same(first.ids, ['a', 'b'])
  await remove('b')
  await put('aa')
  await put('bb')
  const second = await read(`limit=2&cursor=${first.next}`)
  t.same(second.ids, ['bb', 'c'], 'what came before the cursor is not shown, what came after it is')
  t.same(await read(`limit=2&cursor=${second.next}`), { ids: ['d', 'e'], next: null })
  const refused = { status: 400, body: { code: 'invalid_request' } }
  for (const limit of ['0', '101', '-1', '1.5', 'x', ''])
    t.match(await call('GET', `${url}?limit=${limit}`), refused, limit)
  t.match(await call('GET', `${url}?cursor=nonsense`), { status: 400, body: { code: 'invalid_cursor' } })
  t.match(
    await call('GET', `${url}?cursor=WyJhIiwiYiJd`),
    { status: 400, body: { code: 'invalid_cursor' } },
    'of another list',
  )
}
