import type { ByteSource } from '../../pdf/byte-source.ts';
import { Keyword, Lexer, type Token } from '../../pdf/lexer.ts';
import { PdfName } from '../../pdf/object.ts';
import { nextWritten } from '../../pdf/plain-token.ts';

const tokenLimit = 1_000_000;
const words = new Set(['true', 'false', 'null']);
/** Entries that say where something is or how much of it: to poppler `1.0` is no such number. */
const counting = new Set(['Size', 'Prev', 'Index', 'W', 'Length', 'N', 'First', 'Predictor', 'Columns']);

/** An open array, or an open dictionary and what may come next in it. */
interface Open {
  /** Null for an array. */
  readonly keys: Set<string> | null;
  /** The entry that is being read, an array's own entry included. */
  key: string;
  /**
   * What the key's value leads to, by keys: poppler gives a font that it needs twice twice, and that is the same to
   * everyone.
   */
  readonly references: Map<string, string>;
  /** What a key given once more has to lead to. */
  awaited: string | null;
  /** The last integers, of which a reference is made. */
  numbers: number[];
  /**
   * `whole`: behind an integer, which may begin a reference; `generation`: behind its second number. In an array
   * `key`: neither.
   */
  state: 'key' | 'value' | 'whole' | 'generation';
}

/**
 * Whether the object at `position` is written as the standard has it, so that every program reads the same: no key
 * given twice, nothing stray between a dictionary's entries, numbers, names and strings as such, words that mean
 * something. What was written anew after a signature has no excuse.
 */
export function isPlainObject(source: ByteSource, position: number): boolean {
  return readPlainObject(source, position, false)?.length === 0;
}

/**
 * Null where the object isn't plain; else what in it is beyond the limits of Annex C, table C.1: names, and numbers
 * with the key under which they stand. Programs read those in their own ways; what was signed so may be said again.
 * `mayRepeat`: a key may be given twice for the same reference.
 */
export function readPlainObject(
  source: ByteSource,
  position: number,
  mayRepeat: boolean,
): readonly string[] | null {
  const lexer = new Lexer(source, position);
  const open: Open[] = [];
  const huge: string[] = [];
  for (let count = 0; count < tokenLimit; count++) {
    const { token, isPlain, isWhole, isHuge } = nextWritten(source, lexer);
    if (!isPlain && !isHuge) return null;
    const top = open.at(-1);
    if (isHuge) huge.push(token instanceof PdfName ? `/${token.value}` : `${top?.key ?? ''} ${token}`);
    if (typeof token === 'number' && !isWhole && counting.has(top?.key ?? '')) return null;
    if (isDelimiter(token, '<<') || isDelimiter(token, '[')) {
      if (top && !takesValue(top)) return null;
      const isDictionary = isDelimiter(token, '<<');
      open.push({
        keys: isDictionary ? new Set() : null,
        key: isDictionary ? '' : (top?.key ?? ''),
        references: new Map(),
        awaited: null,
        numbers: [],
        state: 'key',
      });
    } else if (isDelimiter(token, '>>') || isDelimiter(token, ']')) {
      const closed = open.pop();
      if (!closed || (closed.keys !== null) !== isDelimiter(token, '>>')) return null;
      if (closed.keys && closed.state !== 'key' && closed.state !== 'whole') return null;
      if (closed.awaited !== null) return null;
    } else if (
      top &&
      !(top.keys ? followsInDictionary(top, top.keys, token, isWhole) : followsInArray(top, token, isWhole))
    )
      return null;
    if (top?.awaited != null && !mayRepeat) return null;
    if (open.length === 0) return huge;
  }
  return null;
}

function isDelimiter(token: Token, delimiter: string): boolean {
  return typeof token === 'object' && 'delimiter' in token && token.delimiter === delimiter;
}

/** Whether an array or dictionary may stand here; a dictionary then waits for its next key. */
function takesValue(top: Open): boolean {
  const isAwaited = top.keys === null || (top.state === 'value' && top.awaited === null);
  top.state = 'key';
  return isAwaited;
}

function isItem(token: Token): boolean {
  if (typeof token === 'object' && 'end' in token) return false;
  return !(token instanceof Keyword) || token.value === 'R' || words.has(token.value);
}

function followsInArray(top: Open, token: Token, isWhole: boolean): boolean {
  const isReference = token instanceof Keyword && token.value === 'R';
  if (isReference && top.state !== 'generation') return false;
  if (isWhole) top.state = top.state === 'key' ? 'whole' : 'generation';
  else top.state = 'key';
  return isItem(token);
}

function followsInDictionary(top: Open, keys: Set<string>, token: Token, isWhole: boolean): boolean {
  switch (top.state) {
    case 'whole':
      if (isWhole) {
        top.numbers.push(Number(token));
        top.state = 'generation';
        return true;
      }
      return isNewKey(top, keys, token);
    case 'generation':
      top.state = 'key';
      return token instanceof Keyword && token.value === 'R' && leadsOn(top);
    case 'key':
      return isNewKey(top, keys, token);
    case 'value':
      top.state = isWhole ? 'whole' : 'key';
      top.numbers = [Number(token)];
      return isItem(token) && !(token instanceof Keyword && token.value === 'R');
  }
}

function isNewKey(top: Open, keys: Set<string>, token: Token): boolean {
  if (!(token instanceof PdfName) || top.awaited !== null) return false;
  top.awaited = keys.has(token.value) ? (top.references.get(token.value) ?? '') : null;
  keys.add(token.value);
  top.key = token.value;
  top.state = 'value';
  return true;
}

/** Whether a reference is the first for its key, or the one that stood there. */
function leadsOn(top: Open): boolean {
  const reference = top.numbers.join(' ');
  const isAsBefore = top.awaited === null || top.awaited === reference;
  top.references.set(top.key, reference);
  top.awaited = null;
  return isAsBefore;
}
