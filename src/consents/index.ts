export { consentStore, type ConsentStore, type Cover } from './store/consents.ts'
export { sessionLookup, sessionStore, type SessionLookup, type SessionStore } from './store/sessions.ts'
