export { entryStore, type EntryStore } from './store.ts'
