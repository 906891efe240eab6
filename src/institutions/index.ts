export { institutionStore, type InstitutionStore } from './store.ts'
