export { eventStore, type EventStore } from './store.ts'
