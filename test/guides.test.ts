import { readdir, readFile } from 'node:fs/promises'
import { test } from 'tap'

const root = new URL('../', import.meta.url)

test('every guide that shows calls has a story that keeps them true', async (t) => {
  const names = (await readdir(new URL('docs/guides/', root))).map((file) => file.replace(/\.md$/, ''))
  const told = []
  for (const name of names) {
    const text = await readFile(new URL(`docs/guides/${name}.md`, root), 'utf8')
    if (!text.includes('<!-- call: ')) continue
    const story = await readFile(new URL(`test/scenarios/${name}.test.ts`, root), 'utf8').catch(() => '')
    t.match(story, `openGuide('${name}'`, name)
    t.match(story, 'guide.isTrue(', name)
    told.push(name)
  }
  t.ok(told.length > 0, 'the guides were read')
})
