import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServiceRole, migrate } from '../../src/migrate.ts'
import { startEmbeddedPostgres } from '../../src/shared/embedded-postgres.ts'
import { createLog } from '../../src/shared/log.ts'
import { serviceUser, urlOf } from './database.ts'

/** A folder that is gone at the end. Started as root, PostgreSQL runs as somebody else, who can enter it. */
export async function scratchFolder(cleanup: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bankfeed-scratch-'))
  cleanup.defer(() => rm(folder, { recursive: true, force: true }))
  await chmod(folder, 0o755)
  return folder
}

/** For what is thrown away at the end, and asks nothing of a machine that loses its power. */
export const notDurable = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** A migrated database on a server of its own, for what runs outside `npm test`. */
export async function scratchDatabase(
  cleanup: AsyncDisposableStack,
  settings: Readonly<Record<string, string>> = {},
): Promise<{ ownerUrl: string; serviceUrl: string }> {
  const folder = await scratchFolder(cleanup)
  const log = createLog({ level: 'warn' })
  const { ownerUrl } = cleanup.use(await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), log, settings }))
  const password = randomBytes(24).toString('hex')
  await createServiceRole({ ownerUrl, user: serviceUser, password })
  await migrate({ ownerUrl, serviceUser, log })
  const serviceUrl = new URL(urlOf(ownerUrl, { database: 'postgres', user: serviceUser }))
  serviceUrl.password = password
  return { ownerUrl, serviceUrl: serviceUrl.href }
}
