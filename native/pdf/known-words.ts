/**
 * Short words that occur again and again, made once and handed out anew: a file's names and keywords are a few dozen, and each
 * of its million objects has several. Words that share a place push each other out.
 */
export class KnownWords<Word extends { readonly value: string }> {
  /** Bytes; longer words aren't kept. */
  static readonly longest = 32;
  readonly #make: (text: string) => Word;
  readonly #known: (Word | null)[] = Array.from({ length: places }, () => null);

  constructor(make: (text: string) => Word) {
    this.#make = make;
  }

  /** The word that stands in these bytes, read as Latin-1. */
  at(bytes: Uint8Array, start: number, end: number): Word {
    let place = end - start;
    for (let at = start; at < end; at++) place = (place * 31 + (bytes[at] as number)) & (places - 1);
    const known = this.#known[place];
    if (known && isSame(known.value, bytes, start, end)) return known;
    let text = '';
    for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] as number);
    const word = this.#make(text);
    this.#known[place] = word;
    return word;
  }
}

const places = 1 << 10;

function isSame(word: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let at = start; at < end; at++) if (word.charCodeAt(at - start) !== bytes[at]) return false;
  return true;
}
