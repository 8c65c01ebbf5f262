import type { PdfDocument } from '../../pdf/document.ts';
import { isName, PdfStream } from '../../pdf/object.ts';
import { readable } from '../integrity/readable.ts';
import type { Difference } from './difference.ts';
import { references } from './references.ts';
import { sentences } from './sentences.ts';

/** By number: where the first object stream starts that can't be read without the object. */
export type ContainerKeys = ReadonlyMap<number, number>;

/**
 * The objects that object streams need to be read: an indirect /Length, /First, /Filter, … (ISO 32000-2, 7.5.7). No reader gets to them
 * by way of the document, yet another value makes other objects of all that such a stream holds.
 */
export function keysToContainers(document: PdfDocument, containers: Iterable<number>): ContainerKeys {
  const keys = new Map<number, number>();
  const waiting = [...containers]
    .map((number) => ({ number, start: document.startOf(number) ?? 0 }))
    .sort((a, b) => b.start - a.start);
  const seen = new Set<number>();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { number, start } = next;
    if (seen.has(number)) continue;
    seen.add(number);
    const value = readable(document, number);
    for (const { number: key } of references(value instanceof PdfStream ? value.dict : value)) {
      if (!keys.has(key)) keys.set(key, start);
      // A key may itself stand in an object stream, and lead on to other keys.
      const entry = document.find(key);
      waiting.push({ number: key, start });
      if (entry?.kind === 'compressed') waiting.push({ number: entry.container, start });
    }
  }
  return keys;
}

/**
 * An object stream that gets another's place, or is read with another key, changes every object in it without a word in the
 * cross-reference.
 */
export function judgeContainers(
  difference: Difference,
  numbers: ReadonlySet<number>,
  keys: ContainerKeys,
): void {
  const { before, after } = difference;
  for (const number of numbers) {
    const old = difference.old(number);
    const isContainer = old instanceof PdfStream && isName(before.resolve(old.dict.get('Type')), 'ObjStm');
    const entry = after.find(number);
    const isReplaced = isContainer && entry && entry.kind !== 'free';
    // A stream that is new may well bring its own length.
    const isKey = (keys.get(number) ?? before.source.length) < before.source.length;
    if (isReplaced || isKey) difference.add('other', sentences.objectChanged(number));
  }
}
