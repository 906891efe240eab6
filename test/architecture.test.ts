import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { test } from 'tap'

const root = fileURLToPath(new URL('..', import.meta.url))

type Report = { summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] } }

async function cruise(folder: string): Promise<Report['summary']> {
  const depcruise = join(root, 'node_modules/.bin/depcruise')
  const args = [depcruise, '--config', 'dependency-cruiser.cjs', '--output-type', 'json', 'src']
  const answer = await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: { stdout: string }) => error,
  )
  const report: Report = JSON.parse(answer.stdout)
  return report.summary
}

test('nobody imports what the architecture forbids, and the tool has seen the whole tree', async (t) => {
  const { totalCruised, violations } = await cruise(root)
  t.ok(totalCruised > 200, `${totalCruised} modules`)
  t.same(
    violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    [],
  )
})

test('a planted fault is caught by the rule that is meant for it', async (t) => {
  const copy = await mkdtemp(join(tmpdir(), 'bankfeed-architecture-'))
  t.teardown(() => rm(copy, { recursive: true }))
  await cp(join(root, 'src'), join(copy, 'src'), { recursive: true })
  for (const file of ['dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
    await cp(join(root, file), join(copy, file))
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  const planted: readonly (readonly [rule: string, file: string, line: string])[] = [
    ['pure-stays-pure', 'src/sync/model/window.ts', "import '../../shared/clock.ts'"],
    ['values-stand-on-nothing', 'src/values/text.ts', "import '../shared/ids.ts'"],
    ['slices-meet-at-the-front-door', 'src/entries/put-entries.ts', "import '../companies/put-company.ts'"],
    ['slices-do-not-know-http', 'src/companies/put-person.ts', "import './schema.ts'"],
    ['routes-do-not-query', 'src/tenants/routes.ts', "import './store.ts'"],
    ['sql-lives-in-stores', 'src/companies/put-company.ts', "import 'kysely'"],
    ['stores-only-store', 'src/tenants/store.ts', "import '../shared/crypto.ts'"],
    ['outbound-http-in-one-place', 'src/institutions/refresh-institutions.ts', "import 'undici'"],
    ['providers-know-no-slice', 'src/providers/berlin-group/errors.ts', "import '../../sync/index.ts'"],
    ['slices-see-only-the-port', 'src/sync/request-sync.ts', "import '../providers/berlin-group/index.ts'"],
    ['the-sandbox-is-a-stranger', 'src/sandbox/guard.ts', "import '../shared/errors.ts'"],
    ['nobody-knows-the-sandbox', 'src/institutions/read-institutions.ts', "import '../sandbox/server.ts'"],
    ['shared-knows-no-slice', 'src/shared/page.ts', "import '../tenants/index.ts'"],
  ]
  for (const [, file, line] of planted) {
    const path = join(copy, file)
    await writeFile(path, `${line}\n${await readFile(path, 'utf8')}`)
  }
  const { violations } = await cruise(copy)
  for (const [rule, file] of planted)
    t.ok(
      violations.some((violation) => violation.rule.name === rule && violation.from === file),
      `${rule} in ${file}`,
    )
})

test('every provider folder has its line in the registry', async (t) => {
  const folders = (await readdir(join(root, 'src/providers'), { withFileTypes: true })).filter(
    (entry) => entry.isDirectory() && entry.name !== 'reading',
  )
  const registry = await readFile(join(root, 'src/providers/registry.ts'), 'utf8')
  t.ok(folders.length > 0)
  for (const { name } of folders) t.match(registry, `./${name}/index.ts`, name)
})

test('every path that the documents name is there', async (t) => {
  const documents = [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    ...(await readdir(join(root, 'docs/decisions'))).map((name) => `docs/decisions/${name}`),
  ]
  let named = 0
  for (const document of documents) {
    const text = await readFile(join(root, document), 'utf8')
    for (const [, path = ''] of text.matchAll(/`((?:src|test|docs|openapi|migrations|bench)(?:\/[\w.{}-]+)*\/?)`/g)) {
      named += 1
      if (!path.includes('{')) t.ok(existsSync(join(root, path)), `${document}: ${path}`)
    }
  }
  t.ok(named > 40, `${named} paths`)
})
