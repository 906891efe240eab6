export { exchangeRateStore, type ExchangeRateStore } from './store.ts'
