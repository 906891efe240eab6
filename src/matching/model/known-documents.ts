import type { Books } from './books.ts'
import type { Mention } from './document-numbers.ts'
import { documentKey } from './keys.ts'

/** Whether the mention names some document of the books, open or settled, and hardly by chance. */
export function isKnownDocument(mention: Mention, books: Books): boolean {
  return mention.forms.some(
    (form) => (form.length >= 5 || (mention.worded && form.length >= 3)) && books.count(documentKey(form)) > 0,
  )
}
