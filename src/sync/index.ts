export { syncStore, type Standing, type SyncState, type SyncStore } from './store.ts'
