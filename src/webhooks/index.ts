export { webhookStore, type WebhookStore } from './store.ts'
