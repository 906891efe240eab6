// The types that the package publishes cannot be found by its own exports.

declare module 'nordigen-node' {
  type Answer = Record<string, unknown>

  export default class NordigenClient {
    constructor(options: { secretId: string; secretKey: string; baseUrl: string })
    token: string
    readonly institution: {
      getInstitutions(ask?: { country?: string }): Promise<{ id: string }[]>
      getInstitutionById(id: string): Promise<Answer>
    }
    readonly agreement: {
      createAgreement(ask: {
        institutionId: string
        maxHistoricalDays?: number
        accessValidForDays?: number
        accessScope?: string[]
      }): Promise<Answer & { id: string }>
      getAgreements(ask?: { limit?: number; offset?: number }): Promise<Answer>
      getAgreementById(id: string): Promise<Answer>
      deleteAgreement(id: string): Promise<Answer>
      acceptAgreement(ask: { agreementId: string; ip: string; userAgent: string }): Promise<Answer>
    }
    readonly requisition: {
      getRequisitions(ask?: { limit?: number; offset?: number }): Promise<Answer>
      getRequisitionById(id: string): Promise<Answer & { accounts: string[] }>
      deleteRequisition(id: string): Promise<Answer>
    }
    generateToken(): Promise<{ access: string; refresh: string }>
    exchangeToken(ask: { refreshToken: string }): Promise<{ access: string }>
    initSession(ask: {
      redirectUrl: string
      institutionId: string
      referenceId: string
      maxHistoricalDays?: number
      accessValidForDays?: number
    }): Promise<Answer & { id: string; link: string }>
    account(id: string): {
      getMetadata(): Promise<Answer>
      getDetails(): Promise<Answer>
      getBalances(): Promise<{ balances: unknown[] }>
      getTransactions(range?: { dateFrom: string; dateTo: string }): Promise<{ transactions: { booked: unknown[] } }>
    }
  }
}
