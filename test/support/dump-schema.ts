// npm run migrate:dump: writes migrations/schema.sql anew, from a database of its own that has had every migration.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { migrate } from '../../src/migrate.ts'
import { startEmbeddedPostgres } from '../../src/shared/embedded-postgres.ts'
import { createLog } from '../../src/shared/log.ts'
import { printSchema } from './schema.ts'
import { scratchFolder } from './scratch.ts'

const log = createLog({ level: 'warn' })
await using cleanup = new AsyncDisposableStack()
const scratch = await scratchFolder(cleanup)
const { ownerUrl } = cleanup.use(await startEmbeddedPostgres({ dataDir: join(scratch, 'postgres'), log }))
await migrate({ ownerUrl, log })
await writeFile(new URL('../../migrations/schema.sql', import.meta.url), await printSchema(ownerUrl))
process.stdout.write('migrations/schema.sql is up to date. Read what changed: `git diff migrations/schema.sql`\n')
