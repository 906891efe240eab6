export { keyStore, type KeyStore } from './store/keys.ts'
export { lessonStore, type LessonStore } from './store/lessons.ts'
export { ruleStore, type RuleStore } from './store/rules.ts'
export { matchStore, type MatchStore } from './store.ts'
