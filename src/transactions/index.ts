export { transactionStore, type TransactionStore } from './store.ts'
