import * as z from 'zod';

/**
 * What people must never be shown as it comes, out of a document, a certificate, a file's name or another office's server: control
 * characters (a terminal obeys them), those that turn the reading direction, what can't be seen, lone surrogates, what Unicode
 * hasn't given a meaning, and line separators, which would let a name write a line of its own.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Left behind by word processors and web pages, and without any look: no reader misses them. */
const leftBehind = /\p{Variation_Selector}|[\u00ad\u200b-\u200d\u2060\ufeff]/gu;

/** Vietnamese needs two marks above and below a letter; dozens of them reach into the lines beside it. */
const heapedMarks = /(\p{M}{4})\p{M}+/gu;

/** What nearly every text is without: a desk reads thousands of documents at once, and looks closer only at what has any of it. */
const unusual = /[^ -~\u00c0-\u024f\u1ea0-\u1ef9\u2013\u2014\u2018-\u201d\u2026]| {2}|^ | $/;

const stranger = '\ufffd';

function withoutTricks(text: string): string {
  return text.replace(unseen, stranger).replace(heapedMarks, `$1${stranger}`);
}

/**
 * A stranger's text as one line that says what it looks like: what can't be seen shows as U+FFFD, runs of blanks as one, and what is
 * longer than `longest` characters ends in an ellipsis.
 */
export function plainLine(text: string, longest = Number.POSITIVE_INFINITY): string {
  if (text.length <= longest && !unusual.test(text)) return text;
  // A name may be as long as the file that it stands in.
  const bounded = Number.isFinite(longest) ? text.slice(0, 4 * longest) : text;
  const line = withoutTricks(bounded)
    .replace(/\p{Zs}{2,}/gu, ' ')
    .trim();
  if (line.length <= longest) return line;
  // By characters, so that none is cut in half.
  let shown = '';
  for (const character of line) {
    if (shown.length + character.length >= longest) break;
    shown += character;
  }
  return `${shown}…`;
}

/** The same for words that a person wrote: they keep their paragraphs. */
function plainParagraphs(text: string): string {
  const lines = text.replace(leftBehind, '').split(/\r\n?|\n/);
  return lines
    .map((line) => plainLine(line.replaceAll('\t', ' ')))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A stranger's name inside a sentence of ours: in quotation marks that it can't close, and too short to push the sentence away. */
export function quoted(name: string): string {
  return `“${plainLine(name, 120).replace(/[“”„‟«»"]/g, "'")}”`;
}

/** A text for a terminal or a log, in which what can't be seen is written out as `\uXXXX`; inside JSON it means the same. */
export function writtenOut(text: string): string {
  return text.replace(unseen, (character) =>
    character === '\n' || character === '\t'
      ? character
      : Array.from(
          { length: character.length },
          (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
        ).join(''),
  );
}

/** One line of a document's data, as it crosses a seam: whoever reads it beyond needn't think of tricks. */
export function line(longest: number): z.ZodString {
  return z
    .string()
    .overwrite((text) => (unusual.test(text) ? plainLine(text.replace(leftBehind, '')) : text))
    .max(longest);
}

/** Words that a person wrote, such as a reason, as they cross a seam. */
export function paragraphs(longest: number): z.ZodString {
  return z.string().overwrite(plainParagraphs).max(longest);
}
