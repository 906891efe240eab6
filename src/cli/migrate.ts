// npm run migrate: brings the database of DATABASE_OWNER_URL up to date, as its owner. The embedded database is migrated by itself at every start.

import { readConfig } from '../config.ts'
import { migrate } from '../migrate.ts'
import { createLog } from '../shared/log.ts'

const { config, secrets } = readConfig()
if (secrets.database === null)
  process.stdout.write('There is nothing to do: the embedded database is migrated when the service starts.\n')
else if (secrets.database.ownerUrl === null) {
  process.stderr.write('DATABASE_OWNER_URL is needed: the service’s own role can change no tables.\n')
  process.exitCode = 1
} else {
  const { url, ownerUrl } = secrets.database
  await migrate({
    ownerUrl,
    serviceUser: decodeURIComponent(new URL(url).username),
    log: createLog({ level: config.logLevel }),
  })
}
