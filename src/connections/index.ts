export { connectionStore, type ConnectionStore } from './store.ts'
