// Money that moved, as the banks know it before they write it on a statement.

export type Channel =
  | 'credit' // an ordinary transfer
  | 'giro' // one that carries a checked reference
  | 'instant'
  | 'mobile' // by telephone number
  | 'foreign'
  | 'card'
  | 'debit' // somebody collected from us
  | 'collection' // we collected from somebody
  | 'fee'
  | 'interest'
  | 'cash'
  | 'payout' // a processor pays what it took for us
  | 'batch'
  | 'own'
  | 'return'

export type Movement = {
  readonly channel: Channel
  readonly out: boolean
  /** The other party, as its bank holds it or as we typed it. */
  readonly name: string | null
  readonly iban: string | null
  /** What the payer wrote. */
  readonly message: string
  /** What was sent in the field for references. */
  readonly reference: string | null
  readonly endToEndId: string | null
  readonly mandate?: string
  readonly card?: { readonly day: number; readonly digits: string; readonly place: string; readonly land: string }
  /** What was instructed in another currency, and the rate that the bank took. */
  readonly foreign?: { readonly cents: number; readonly currency: string; readonly rate: string }
  /** The payment came without any word of who sent it. */
  readonly anonymous?: boolean
}

/** What the statement shows. */
export type Shown = {
  readonly counterpartyName: string | null
  readonly counterpartyIban: string | null
  readonly remittanceInformation: string | null
  readonly structuredReference: string | null
  readonly endToEndId: string | null
  readonly bankTransactionCode: string | null
}

/** ISO 20022, as far as the bank can tell. */
export function codeOf({ channel, out }: Movement): string {
  switch (channel) {
    case 'credit':
      return out ? 'PMNT-ICDT-ESCT' : 'PMNT-RCDT-ESCT'
    case 'giro':
      return out ? 'PMNT-ICDT-DMCT' : 'PMNT-RCDT-VCOM'
    case 'instant':
      return out ? 'PMNT-IRCT-ESCT' : 'PMNT-RRCT-ESCT'
    case 'mobile':
      return out ? 'PMNT-IRCT-DMCT' : 'PMNT-RRCT-DMCT'
    case 'foreign':
      return out ? 'PMNT-ICDT-XBCT' : 'PMNT-RCDT-XBCT'
    case 'card':
      return out ? 'PMNT-CCRD-POSD' : 'PMNT-CCRD-OTHR'
    case 'debit':
      return 'PMNT-RDDT-ESDD'
    case 'collection':
      return out ? 'PMNT-IDDT-UPDD' : 'PMNT-IDDT-ESDD'
    case 'fee':
      return 'ACMT-MDOP-FEES'
    case 'interest':
      return out ? 'ACMT-MDOP-INTR' : 'ACMT-MCOP-INTR'
    case 'cash':
      return out ? 'PMNT-CNTR-CWDL' : 'PMNT-CNTR-CDPT'
    case 'payout':
      return 'PMNT-RCDT-ESCT'
    case 'batch':
      return 'PMNT-ICDT-ESCT'
    case 'own':
      return out ? 'PMNT-ICDT-BOOK' : 'PMNT-RCDT-BOOK'
    case 'return':
      return out ? 'PMNT-RDDT-RRTN' : 'PMNT-RCDT-RRTN'
  }
}
