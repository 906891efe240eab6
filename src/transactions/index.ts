export { transactionStore, type Changed, type TransactionStore } from './store.ts'
