// Answers in the words of the standard: the examples of the NextGenPSD2 XS2A 1.3.11 OpenAPI file (Berlin Group, CC BY 4.0; the copy
// in adorsys/xs2a at 7ce8fe2, `components.examples`), taken over in November 2026 with other names, ids and account numbers.

/** consentResponseExample1a_Redirect */
export const consentCreated = {
  consentStatus: 'received',
  consentId: 'c-4711',
  _links: {
    scaRedirect: { href: 'https://login.testbank.example/authentication/c-4711' },
    self: { href: '/psd2/v1/consents/c-4711' },
    status: { href: '/psd2/v1/consents/c-4711/status' },
    scaStatus: { href: '/psd2/v1/consents/c-4711/authorisations/a-1' },
  },
}

/** consentResponseExample2_OAuth2 */
export const consentCreatedForOAuth = {
  consentStatus: 'received',
  consentId: 'c-4711',
  _links: {
    self: { href: '/psd2/v1/consents/c-4711' },
    scaStatus: { href: '/psd2/v1/consents/c-4711/authorisations/a-1' },
    scaOAuth: { href: 'https://login.testbank.example/oauth/.well-known/oauth-authorization-server' },
  },
}

/** consentsInformationResponseExample, with what the schema demands and the example leaves out */
export const consent = {
  access: {
    balances: [{ iban: 'NO9386011117947' }],
    transactions: [{ iban: 'NO9386011117947' }, { maskedPan: '525412******3241' }],
  },
  recurringIndicator: true,
  validUntil: '2027-02-19',
  frequencyPerDay: 4,
  lastActionDate: '2026-11-21',
  consentStatus: 'valid',
  _links: { account: { href: '/psd2/v1/accounts' } },
}

/** accountListExample1, with an owner and a usage */
export const accountList = {
  accounts: [
    {
      resourceId: '3dc3d5b3-7023-4848-9853-f5400a64e80f',
      iban: 'NO9386011117947',
      currency: 'NOK',
      product: 'Driftskonto',
      cashAccountType: 'CACC',
      name: 'Main Account',
      ownerName: 'Fjellheim Bygg AS',
      usage: 'ORGA',
      _links: {
        balances: { href: '/psd2/v1/accounts/3dc3d5b3-7023-4848-9853-f5400a64e80f/balances' },
        transactions: { href: '/psd2/v1/accounts/3dc3d5b3-7023-4848-9853-f5400a64e80f/transactions' },
      },
    },
    {
      resourceId: '3dc3d5b3-7023-4848-9853-f5400a64e81e',
      iban: 'NO5586011859226',
      currency: 'USD',
      product: 'Valutakonto',
      cashAccountType: 'CACC',
      name: 'US Dollar Account',
      ownerName: 'Fjellheim Bygg AS',
      _links: { balances: { href: '/psd2/v1/accounts/3dc3d5b3-7023-4848-9853-f5400a64e81e/balances' } },
    },
  ],
}

/** cardAccountListExample1 */
export const cardAccountList = {
  cardAccounts: [
    {
      resourceId: '3d9a81b3-a47d-4130-8765-a9c0ff861b99',
      maskedPan: '525412******3241',
      currency: 'EUR',
      name: 'Main',
      product: 'Basic Credit',
      status: 'enabled',
      creditLimit: { currency: 'EUR', amount: '15000' },
      _links: { transactions: { href: '/psd2/v1/card-accounts/3d9a81b3-a47d-4130-8765-a9c0ff861b99/transactions' } },
    },
  ],
}

/** cardAccountDetailsExample */
export const cardAccountDetails = {
  cardAccount: { ...cardAccountList.cardAccounts[0], debitAccounting: true, ownerName: 'Kari Testperson' },
}

/** balancesExample2_MulticurrencyAcount and balancesExample3_RegularAccount */
export const balances = {
  account: { iban: 'NO9386011117947' },
  balances: [
    { balanceAmount: { currency: 'NOK', amount: '500.00' }, balanceType: 'closingBooked', referenceDate: '2026-10-25' },
    {
      balanceAmount: { currency: 'NOK', amount: '900.5' },
      balanceType: 'expected',
      lastChangeDateTime: '2026-10-25T15:30:35.035Z',
    },
    { balanceAmount: { currency: 'USD', amount: '350.00' }, balanceType: 'closingBooked', referenceDate: '2026-10-25' },
    { balanceAmount: { currency: 'NOK', amount: '-1000' }, balanceType: 'interimBooked' },
    { balanceAmount: { currency: 'NOK', amount: '300.00' }, balanceType: 'interimAvailable' },
    {
      balanceAmount: { currency: 'NOK', amount: '5300.00' },
      balanceType: 'interimAvailable',
      creditLimitIncluded: true,
    },
    { balanceAmount: { currency: 'NOK', amount: '1' }, balanceType: 'forwardAvailable' },
  ],
}

/** transactionsExample3_MulticurrencyAccount_json without its pending part */
export const transactions = {
  account: { iban: 'NO9386011117947' },
  transactions: {
    booked: [
      {
        transactionId: '1234567',
        creditorName: 'John Miles',
        creditorAccount: { iban: 'DE67100100101306118605' },
        mandateId: 'Mandate-2018-04-20-1234',
        transactionAmount: { currency: 'NOK', amount: '-256.67' },
        bookingDate: '2026-10-25',
        valueDate: '2026-10-26',
        remittanceInformationUnstructured: 'Example 1',
        bankTransactionCode: 'PMNT-RDDT-ESDD',
      },
      {
        transactionId: '1234568',
        debtorName: 'Paul Simpson',
        debtorAccount: { iban: 'NL91ABNA0417164300' },
        transactionAmount: { currency: 'NOK', amount: '343.01' },
        bookingDate: '2026-10-25',
        valueDate: '2026-10-26',
        remittanceInformationUnstructured: 'Example 2',
      },
    ],
    _links: { account: { href: '/psd2/v1/accounts/3dc3d5b3-7023-4848-9853-f5400a64e80f' } },
  },
}
