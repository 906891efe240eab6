export { keyStore, type KeyStore } from './store/keys.ts'
export { matchStore, type MatchStore } from './store.ts'
