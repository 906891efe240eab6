export { reconciliationStore, type ReconciliationStore } from './store.ts'
