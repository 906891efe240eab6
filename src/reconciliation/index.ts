export { reconciliationStore, type ReconciliationStore, type Waiting } from './store.ts'
