export {
  companyStore,
  ledgerAccountStore,
  personStore,
  type CompanyStore,
  type LedgerAccountStore,
  type PersonStore,
} from './store.ts'
