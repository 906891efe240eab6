// Texts in the codes of SWIFT's messages, which some banks hand on as they have them: `EREF+… SVWZ+…` in Germany, `/TRTP/…/REMI/…` in the
// Netherlands, and the whole field 86 of an MT940. They are told from plain words by how they begin: a stroke or a plus within words is
// the payer's own.

/** What of a coded text is for people, and what tells the other side; absent what it does not say. */
export type Coded = {
  readonly text?: string | undefined
  readonly name?: string | undefined
  readonly account?: string | undefined
  readonly endToEndId?: string | undefined
}

/** Undefined for a text without codes. */
export function codedIn(json: unknown): Coded | undefined {
  if (typeof json !== 'string' || !mayBeCoded(json)) return undefined
  const text = json.slice(0, codedLengthMax).trimStart()
  if (text.startsWith('/')) return inStrokes(text)
  return text[3] === '?' ? inSubfields(text) : inPluses(text)
}

/** Whether a text begins as a coded one does. */
export function mayBeCoded(text: string): boolean {
  const at = text[0] === ' ' ? text.length - text.trimStart().length : 0
  return text[at] === '/' || text[at + 3] === '?' || text[at + 4] === '+' || text.includes('SVWZ+')
}

/** More than a field 86 can hold, and than is kept of a text. */
const codedLengthMax = 2_000

/** A text cut at its codes: the code, and what stands behind it up to the next. */
type Parts = ReadonlyMap<string, string>

/** `codes` has one group, which is the code. The first of a code counts. What stands before the first has the empty code. */
function partsOf(text: string, codes: RegExp): Parts {
  const [before = '', ...pieces] = text.split(codes)
  const parts = new Map([['', before.trim()]])
  for (let at = 0; at + 1 < pieces.length; at += 2) {
    const [code = '', value = ''] = pieces.slice(at, at + 2)
    if (!parts.has(code)) parts.set(code, value.trim())
  }
  return parts
}

/** Of the Deutsche Kreditwirtschaft: the references, the mandate, the creditor, the purpose, and whom it is really for or from. */
const pluses = /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|PURP|SVWZ|ABWA|ABWE|IBAN|BIC)\+/

function inPluses(text: string): Coded | undefined {
  const parts = partsOf(text, pluses)
  if (parts.size === 1 || (parts.get('') !== '' && !parts.has('SVWZ'))) return undefined
  return {
    text: joined(parts.get(''), parts.get('SVWZ')),
    account: parts.get('IBAN'),
    endToEndId: parts.get('EREF'),
  }
}

/** A field 86: three digits for the kind, then `?` and two digits before each piece. */
const subfields = /\?(\d\d)/

const textPieces = ['20', '21', '22', '23', '24', '25', '26', '27', '28', '29', '60', '61', '62', '63']

/** A piece has 27 characters: one that has them goes on in the next, wherever that is in a word. */
const pieceLength = 27

function inSubfields(text: string): Coded | undefined {
  if (!/^\d{3}\?\d\d/.test(text)) return undefined
  const pieces = new Map<string, string>()
  const [, ...told] = text.split(subfields)
  for (let at = 0; at + 1 < told.length; at += 2) {
    const [number = '', value = ''] = told.slice(at, at + 2)
    if (!pieces.has(number)) pieces.set(number, value)
  }
  const purpose = puttogether(textPieces.map((number) => pieces.get(number)))
  const coded = codedIn(purpose)
  return {
    text:
      coded === undefined
        ? (nonEmpty(purpose) ?? nonEmpty(pieces.get('00')))
        : (coded.text ?? nonEmpty(pieces.get('00'))),
    name: nonEmpty(puttogether([pieces.get('32'), pieces.get('33')])),
    account: nonEmpty(pieces.get('31')),
    endToEndId: coded?.endToEndId,
  }
}

function puttogether(pieces: readonly (string | undefined)[]): string {
  let text = ''
  for (const piece of pieces.filter((each) => each !== undefined))
    text += piece.length < pieceLength ? `${piece} ` : piece
  return text.trim()
}

/** Of the Dutch banks, and of SWIFT's field 70 the last four. */
const strokes =
  /\/(TRTP|IBAN|BIC|NAME|REMI|EREF|CSID|MARF|ORDP|BENM|CNTP|PURP|SVCL|RTRN|ULTC|ULTD|PREF|NRTX|ISDT|TRCD|CHGS|OCMT|EXCH|ROC|RFB|URI|INV)\//

function inStrokes(text: string): Coded | undefined {
  const parts = partsOf(text, strokes)
  // Two codes at least: one alone may be somebody's own way to write.
  if (parts.get('') !== '' || parts.size < 3) return undefined
  const [number, , name] = parts.get('CNTP')?.split('/') ?? []
  return {
    text:
      nonEmpty(remittanceIn(parts.get('REMI'))) ??
      joined(bare(parts.get('INV')), bare(parts.get('RFB')), bare(parts.get('URI'))) ??
      nonEmpty(bare(parts.get('TRTP'))),
    name: nonEmpty(bare(parts.get('NAME') ?? name)),
    account: nonEmpty(bare(parts.get('IBAN') ?? number)),
    endToEndId: nonEmpty(bare(parts.get('EREF') ?? parts.get('ROC'))),
  }
}

/** `USTD//` before words, and `STRD/CUR/` before a Dutch payment reference (`STRD/ISO/` before one of ISO 11649). */
function remittanceIn(told: string | undefined): string {
  return bare(told?.replace(/^(?:USTD\/\/|STRD\/(?:CUR|ISO)\/)/, ''))
}

/** Without the strokes at its ends. */
function bare(told: string | undefined): string {
  let text = told ?? ''
  while (text.startsWith('/')) text = text.slice(1)
  while (text.endsWith('/')) text = text.slice(0, -1)
  return text.trim()
}

function joined(...texts: readonly (string | undefined)[]): string | undefined {
  return nonEmpty(texts.filter((text) => text !== undefined && text !== '').join(' '))
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}
