export { exportStore, type ExportStore } from './store.ts'
