export { tenantStore, type TenantStore } from './store.ts'
