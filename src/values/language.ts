// Which language to speak: the reader's first that we speak, else our first.

/** The first wish among `spoken`, whose first is the answer to everybody else. Wishes are language tags, best first. */
export function spokenOf<Spoken extends string>(
  wishes: readonly string[],
  spoken: readonly [Spoken, ...Spoken[]],
): Spoken {
  for (const wish of wishes.map(primaryLanguage)) {
    const found = spoken.find((language) => language === wish)
    if (found !== undefined) return found
  }
  return spoken[0]
}

/** The tags of an `Accept-Language` (RFC 9110 §12.5.4), best first; those with weight 0 are refused, not last. */
export function tagsByPreference(header: string): readonly string[] {
  return header
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim())
      const weight = parameters.find((parameter) => /^q=/i.test(parameter))
      return { tag, weight: weight === undefined ? 1 : Number(weight.slice(2)) }
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag)
}

/** `nb-NO` → `nb`. Browsers also say `no` for Norwegian, and `nn` readers are served better by `nb` than by English. */
function primaryLanguage(tag: string): string {
  const primary = tag.toLowerCase().split('-', 1)[0] ?? ''
  return primary === 'no' || primary === 'nn' ? 'nb' : primary
}
