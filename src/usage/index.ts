export { usageStore, type UsageStore } from './store.ts'
