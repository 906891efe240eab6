export { matchStore, type MatchStore } from './store.ts'
