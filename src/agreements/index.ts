export { agreementStore, type AgreementStore } from './store.ts'
