export { syncStore, type SyncStore } from './store.ts'
