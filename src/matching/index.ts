export { keyStore, type KeyStore } from './store/keys.ts'
export { lessonStore, type LessonStore } from './store/lessons.ts'
export { matchStore, type MatchStore } from './store.ts'
