export { dueClaims, dueStore, type DueClaims, type DueKind, type DueStore, type Lease } from './store.ts'
