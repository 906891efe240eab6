import { access, readFile } from 'node:fs/promises'
import { test } from 'tap'

const root = new URL('../', import.meta.url)
const textOf = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8')

test('every package that npm would install is pinned by its hash', async (t) => {
  const { packages }: { packages: Record<string, { integrity?: string }> } = JSON.parse(
    await textOf('package-lock.json'),
  )
  const installed = Object.entries(packages).filter(([path]) => path !== '')
  t.ok(installed.length > 100, 'the lockfile was read')
  t.same(
    installed.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true).map(([path]) => path),
    [],
  )
})

test('every dependency is named by an exact version: on an old Node npm would else silently choose older ones', async (t) => {
  const manifest: Record<string, Record<string, string>> = JSON.parse(await textOf('package.json'))
  const named = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.entries(manifest[kind] ?? {}),
  )
  t.ok(named.length > 20, 'the manifest was read')
  t.same(
    named.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
    [],
  )
})

test('what the image copies is there, and is just what the build is given', async (t) => {
  const dockerfile = await textOf('Dockerfile')
  const copied = dockerfile.split('\n').flatMap((line) => /^COPY (?!--from)(.+) \S+$/.exec(line)?.[1]?.split(' ') ?? [])
  t.ok(copied.includes('src'), 'the Dockerfile was read')
  for (const path of copied) await t.resolves(access(new URL(path, root)), path)
  const given = [...(await textOf('.dockerignore')).matchAll(/^!(.+)$/gm)].map(([, path]) => path)
  t.same(new Set(given), new Set(copied))
})

test('the image starts the service as `npm start` does, and as its user, not as root', async (t) => {
  const dockerfile = await textOf('Dockerfile')
  const { scripts }: { scripts: { start: string } } = JSON.parse(await textOf('package.json'))
  t.match(dockerfile, /^USER node$/m)
  const [command] = dockerfile.match(/^CMD \["node", .*$/m) ?? []
  t.same(command, `CMD ${JSON.stringify(scripts.start.split(' ')).replaceAll(',', ', ')}`)
  await t.resolves(access(new URL('src/main.ts', root)))
})
