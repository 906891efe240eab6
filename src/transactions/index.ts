export {
  columnsOf,
  transactionStore,
  type Changed,
  type NewColumns,
  type NewRow,
  type TransactionStore,
} from './store.ts'
