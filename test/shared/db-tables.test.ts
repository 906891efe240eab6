import { t as file, test } from 'tap'
import ts from 'typescript'
import { freshDatabase } from '../support/database.ts'
import { readColumns } from '../support/rows.ts'

const { ownerUrl } = await freshDatabase(file)

test('the tables as the code sees them are the tables', async (t) => {
  const columns = await readColumns(ownerUrl)
  const seen = tablesOfTheCode()
  const there = columns.map(({ table, column, type, isNullable, hasDefault }) => ({
    name: `${table}.${column}`,
    type: typesInCode[type.replace('[]', '')] + (type.endsWith('[]') ? '[]' : ''),
    isNullable,
    // What the database fills in may be left out. Kysely lets what can be null be left out as well.
    mayBeLeftOut: hasDefault || isNullable,
  }))
  const byName = new Map(seen.map((column) => [column.name, column]))
  t.same(new Set(byName.keys()), new Set(there.map(({ name }) => name)))
  for (const column of there) {
    const inCode = byName.get(column.name)
    t.equal(inCode?.isNullable, column.isNullable, `${column.name} is nullable: ${column.isNullable}`)
    t.equal(inCode?.type, column.type, column.name)
    t.ok(column.mayBeLeftOut || inCode?.mayBeLeftOut === false, `${column.name} must be given`)
  }
})

/** What pg makes of each type, with the parsers of shared/db.ts. */
const typesInCode: Readonly<Record<string, string>> = {
  text: 'string',
  uuid: 'string',
  date: 'string',
  datemultirange: 'string',
  'timestamp with time zone': 'Date',
  integer: 'number',
  'double precision': 'number',
  bigint: 'bigint',
  boolean: 'boolean',
  bytea: 'Buffer',
  jsonb: 'unknown',
}

/** As TypeScript itself understands the file. */
function tablesOfTheCode() {
  const path = new URL('../../src/shared/db-tables.ts', import.meta.url).pathname
  const options: ts.CompilerOptions = {
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    types: ['node'],
  }
  const program = ts.createProgram([path], options)
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(path)
  const alias = source?.statements.filter(ts.isTypeAliasDeclaration).find(({ name }) => name.text === 'Tables')
  if (source === undefined || alias === undefined) throw new Error('db-tables.ts has no type Tables')
  const typeOf = (symbol: ts.Symbol): ts.Type => checker.getTypeOfSymbolAtLocation(symbol, alias)
  return checker
    .getTypeFromTypeNode(alias.type)
    .getProperties()
    .flatMap((table) =>
      typeOf(table)
        .getProperties()
        .map((column) => {
          const type = typeOf(column)
          // A ColumnType tells reading, inserting and updating apart; any other type is all three.
          const part = (name: string): ts.Type => {
            const symbol = checker.getPropertiesOfType(type).find((property) => property.name === name)
            return symbol === undefined ? type : typeOf(symbol)
          }
          const read = part('__select__')
          const inserted = part('__insert__')
          return {
            name: `${table.name}.${column.name}`,
            type: checker
              .typeToString(checker.getNonNullableType(read))
              .replace(/^\{\}$/, 'unknown')
              .replace(/<.*>/, ''),
            isNullable: allows(inserted, ts.TypeFlags.Null),
            mayBeLeftOut: allows(inserted, ts.TypeFlags.Undefined) || allows(inserted, ts.TypeFlags.Never),
          }
        }),
    )
}

function allows(type: ts.Type, flag: ts.TypeFlags): boolean {
  return (type.flags & flag) !== 0 || (type.isUnion() && type.types.some((part) => (part.flags & flag) !== 0))
}
