// Every number that evidence and decisions rest on, in one place.
//
// Evidence is counted in bits: log2(m/u), where m is how often a thing is seen of a line and its own entry, and u how often of a
// line and an entry that have nothing to do with each other (Fellegi and Sunter). What depends on how common something is in
// this company is counted there (see the signals); the numbers here are the m of it and the bounds. They are judged from what is
// known of how people pay, not fitted; where a table of invoice payments says otherwise, change them there.

export const weights = {
  /** The share of lines whose counterpart is in the books. The rest are card purchases, fees, owners' money … */
  hasCounterpart: 0.6,

  /** How many others are assumed beside the open entries when counting how rare a name, an account or a word is. */
  othersAssumed: 50,

  amount: {
    /** log2 of one in how many amounts is this very one, by the zeros at its end (cents, whole units, tens, hundreds, thousands …). */
    rarityByZeros: [11.5, 11, 9.5, 8.5, 7, 6, 5],
    /** What an exact amount is worth at most with a party that has the same amount again and again (rent, subscriptions). */
    recurringMax: 6,
    /** Of payments of an entry, the share that is exact. */
    exact: 0.8,
    /** Of payments in time for a cash discount, the share that takes it. */
    discount: 0.6,
    rounding: 3,
    fx: 3,
    fee: 0.5,
    /** One payment in twenty is a part; any smaller amount would look like one. */
    partial: -3,
    overpayment: -3,
  },

  /** Bits by days after the day expected, up to and including `upTo`. */
  date: {
    /** Invoices and bills are paid around their due day, some early, many late. */
    onCredit: [
      { upTo: -90, bits: -3 },
      { upTo: -45, bits: -1 },
      { upTo: -11, bits: 0.5 },
      { upTo: 4, bits: 2 },
      { upTo: 14, bits: 1 },
      { upTo: 45, bits: 0 },
      { upTo: 120, bits: -1.5 },
      { upTo: Infinity, bits: -3 },
    ],
    /** Expenses, wages, taxes, transfers are booked on the day that they are paid, give or take the bank's days. */
    atOnce: [
      { upTo: -32, bits: -8 },
      { upTo: -15, bits: -4 },
      { upTo: -8, bits: -2 },
      { upTo: -4, bits: 1 },
      { upTo: 4, bits: 3 },
      { upTo: 7, bits: 1.5 },
      { upTo: 14, bits: -2 },
      { upTo: 31, bits: -4 },
      { upTo: Infinity, bits: -8 },
    ],
    /** Who collects by direct debit does it on the day that is due, or when banks work again (four days at Easter). */
    collected: [
      { upTo: -11, bits: -5 },
      { upTo: -4, bits: -2 },
      { upTo: -1, bits: 0.5 },
      { upTo: 4, bits: 3 },
      { upTo: 7, bits: 0 },
      { upTo: 20, bits: -2 },
      { upTo: Infinity, bits: -4 },
    ],
    /** Who always pays so many days late, by days from that. */
    habitual: [
      { upTo: 2, bits: 3 },
      { upTo: 5, bits: 2 },
      { upTo: 10, bits: 0 },
      { upTo: 20, bits: -2 },
      { upTo: Infinity, bits: -4 },
    ],
    /** Few pay an invoice before it is written; a day or two is the books' habit. */
    beforeIssue: -5,
    beforeIssueDays: 2,
    /** Money moved between own accounts is booked where it is moved. */
    transfer: [
      { upTo: -8, bits: -8 },
      { upTo: -4, bits: -3 },
      { upTo: 3, bits: 4 },
      { upTo: 5, bits: 0 },
      { upTo: 8, bits: -4 },
      { upTo: Infinity, bits: -10 },
    ],
  },

  /** What is paid every month tells its month, the books' or its own: few name another than the one that they pay. */
  period: { described: 4, issued: 4, due: 3, other: -3 },

  endToEndId: { beyond: 10, differs: -4 },

  /** A structured reference: bits per character that agrees. A digit alone would be 3.3; payees number in series. */
  reference: { perCharacter: 2.6, beyond: 8, inText: 0.9, differs: -12 },

  documentNumber: {
    /** Bits per character that agrees, behind a word such as "invoice", and bare: a bare number may be anything. */
    worded: 3.3,
    bare: 2.4,
    /** At most so much more than what one entry among all is worth. */
    beyond: 6,
    /** A number without the year or series that goes before it. */
    serialMax: 7,
    inReference: 2.4,
    inReferenceMax: 12,
    /** The text names another document of the books, or one numbered like this one. */
    other: -10,
    /** It names one that is numbered otherwise, or holds a bare number that could be of the same series. */
    maybeOther: -3,
  },

  counterpartyIban: { equal: 0.8, differs: -4, others: -7 },

  counterpartyName: {
    equal: 0.8,
    /** A share of what the equal name would be worth. */
    similar: 0.5,
    inText: 0.7,
    partlyInText: 0.5,
    differs: -4,
    /** Words of a name go together: two are worth less than their sum. */
    dependence: 0.8,
  },

  /** What people said of who pays so: as if this often each had been said, before anybody said anything; and that it is somebody else. */
  knownParty: { assumed: 0.5, another: -5 },

  /** The bank's code is one that only this kind of entry has, one that fits it among others, or one of other kinds. */
  bankCode: { only: 4, fits: 1, differs: -3 },

  remittanceText: { share: 0.5, max: 5 },

  ledgerAccount: { equal: 1, transferLeg: 3, differs: -10 },
  ownAccount: { equal: 10, differs: -10 },

  /** Signals of one family tell the same thing twice: the second counts for a quarter. */
  repeated: 0.25,

  group: {
    /** Of payments of a party, the share that pays several entries at once. */
    share: 0.15,
    /** An exact sum is worth at most this beyond its party. */
    sumMax: 11,
    /** Each entry that the text does not name although it names others. */
    unnamed: -4,
    /** The text has what ties them: their days, a number that describes all of them, or their numbers in short. */
    tied: 6,
    documentsMax: 30,
    /** All wages, taxes or bills of a day add up to the line. */
    batch: 16,
  },

  /** Two lines without an entry between own accounts; `mirrored` also where an entry is there. */
  transfer: {
    base: -6,
    mirrored: 8,
    namesOwnAccount: 8,
    halfMissing: -6,
    /** The bank or the text calls a line a transfer between own accounts; both halves show one name. */
    calledTransfer: 3,
    sameName: 4,
    /** A half shows the company itself as the other side. */
    ownName: 6,
    /** Of another currency, at about the rate of the day: less telling than the same amount. */
    exchanged: 5,
  },

  cancel: {
    base: -6,
    sameReference: 11,
    sameParty: 6,
    isReturn: 7,
    within: [
      { upTo: 5, bits: 2 },
      { upTo: 15, bits: 1 },
      { upTo: 45, bits: 0 },
    ],
  },
} as const

export const bars = {
  /** Evidence against that no other evidence may outvote unasked: another document, another reference, somebody else's account. */
  contradiction: -8,
  /** What a match must reach to be booked without a person: of 1,139 labelled ones between this and 0.985, 1,135 are right; of 1,321 in the hundredth below, 1,302. */
  automatic: 0.98,
  /**
   * The same where something speaks strongly against it, the other side is no more than likely, and the like: see `decide.ts`. Of 709
   * labelled ones between this and 0.995, 707 are right; of 220 between 0.98 and 0.985, 213.
   */
  automaticInDoubt: 0.99,
  /**
   * The same where only time tells the entry from others. Of 1,667 labelled ones beyond this all are right, of 854 between 0.99 and this 850; but
   * where one is wrong, its whole series is.
   */
  automaticByTurn: 0.995,
  /** No evidence of this kind makes a thing more certain: what the weights leave out is about as frequent as this. */
  confidenceMax: 0.9999,
  /** Less likely than this is not worth a person's look: a look takes seconds, and to look for an entry a minute or two. Of 633 first suggestions between this and 0.03, 15 are right. */
  suggestion: 0.02,
  /** The same for what stands below a better proposal. */
  alternative: 0.01,
  suggestionsPerLine: 3,
} as const
