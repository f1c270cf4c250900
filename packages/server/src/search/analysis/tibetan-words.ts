/** Particles that stand between words. */
const particles = setOf('གི གྱི ཀྱི ཡི གིས གྱིས ཀྱིས ཡིས དང ལ ན ནས ལས སུ ཏུ དུ རུ ནི ཀྱང ཡང འང ཅིང ཞིང ཤིང')
/** Words that ask, and say that something is. */
const asking = setOf('ཅི ཞིག ཇི ལྟར གང ག རེ རེད ཡིན ནམ གམ དམ ཡོད ཟེར')
/** Endings that begin no word: a particle before one of them is a syllable of the word (དང་པོ). */
const suffixes = setOf('པ པོ བ བོ མ མོ ཀ ཁ ག')

/**
 * Cuts syllables with nothing but tshegs between them into words, as far as that is possible without a dictionary: at particles, and
 * what is longer than three syllables into pairs, since most words have two. Up to three syllables stay together.
 *
 * @returns For each word its syllables, and whether it is a particle or asks.
 */
export function tibetanWords<Syllable extends { text: string }>(
  syllables: readonly Syllable[],
): { syllables: Syllable[]; isLittle: boolean }[] {
  if (syllables.length <= longestWhole) return [{ syllables: [...syllables], isLittle: false }]
  const words: { syllables: Syllable[]; isLittle: boolean }[] = []
  let word: Syllable[] = []
  const flush = () => {
    for (let at = 0; at < word.length; ) {
      const rest = word.length - at
      const length = rest <= longestWhole ? rest : 2
      words.push({ syllables: word.slice(at, at + length), isLittle: false })
      at += length
    }
    word = []
  }
  for (const [at, syllable] of syllables.entries()) {
    const isWord = suffixes.has(withoutCase(syllables[at + 1]?.text ?? '')) || !(particles.has(syllable.text) || asking.has(syllable.text))
    if (isWord) word.push(syllable)
    else {
      flush()
      words.push({ syllables: [syllable], isLittle: true })
    }
  }
  flush()
  return words
}

const longestWhole = 3
const caseEnding = /འ(?:ི|ོ|ང|མ)$/u

/** A syllable without the particle that is written into it: པོའི → པོ. */
export function withoutCase(syllable: string): string {
  const bare = syllable.replace(caseEnding, '')
  return bare === '' ? syllable : bare
}

function setOf(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}
