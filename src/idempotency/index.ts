export { idempotencyStore, type IdempotencyStore } from './store.ts'
