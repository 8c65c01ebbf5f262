import { documentTypes } from '../../../contract/document-type.ts';
import { areSame, areSameLetters, plainWords } from './plain-words.ts';

const openings: readonly (readonly string[])[] = ['về việc', 'v/v'].map(plainWords);
const typeNames = Object.values(documentTypes)
  .map(({ name }) => plainWords(name))
  .toSorted((left, right) => right.length - left.length);

/** Trích yếu as it is compared: without the document's type before it, and without "Về việc" or "V/v". */
export function subjectWords(text: string): string[] {
  const withoutOpening = (words: readonly string[]) => without(words, openings);
  return withoutOpening(without(withoutOpening(plainWords(text)), typeNames));
}

function without(words: readonly string[], beginnings: readonly (readonly string[])[]): string[] {
  const found = beginnings.find((beginning) => areSame(words.slice(0, beginning.length), beginning));
  // A subject that is nothing else keeps it.
  return found && found.length < words.length ? words.slice(found.length) : [...words];
}

/** Whether page and data have the same subject; the data's may be cut short where it says so. */
export function isSameSubject(page: string, data: string): boolean {
  const [printed, wanted] = [subjectWords(page).join(''), subjectWords(data).join('')];
  if (areSameLetters(printed, wanted)) return true;
  const isCut = /(…|\.\.\.)\s*$/.test(data.trim()) && wanted.length >= leastCut;
  return isCut && areSameLetters(printed.slice(0, wanted.length), wanted);
}

/** Fewer letters than this say nothing of the rest. */
const leastCut = 16;

/** As long as texts can stand in a sentence. */
const longestExcerpt = 110;
/** What is shown before the first difference. */
const wordsBefore = 5;

/** Both texts so short that a sentence can hold them, with the place in sight at which they begin to differ. */
export function excerpts(page: string, data: string): { page: string; data: string } {
  if (Math.max(page.length, data.length) <= longestExcerpt) return { page, data };
  const [ours, theirs] = [page.split(/\s+/), data.split(/\s+/)];
  const same = ours.findIndex(
    (word, index) => plainWords(word).join() !== plainWords(theirs[index] ?? '').join(),
  );
  const from = Math.max(0, (same < 0 ? Math.min(ours.length, theirs.length) : same) - wordsBefore);
  const part = (words: readonly string[]) => (from === 0 ? '' : '… ') + words.slice(from).join(' ');
  return { page: part(ours), data: part(theirs) };
}
