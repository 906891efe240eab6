export { syncStore, type SyncState, type SyncStore } from './store.ts'
