import { areSame, likeness, plainWords, withoutAccents } from './plain-words.ts';

/**
 * A place in a name: "tỉnh Thanh Hóa". `level` is empty where the name alone is given, as in certificates' L and ST.
 */
interface Place {
  readonly level: string;
  readonly name: readonly string[];
}

/** The name of an agency or another body, taken apart: "Sở Y tế" and "tỉnh Thanh Hóa". */
export interface BodyName {
  readonly core: readonly string[];
  readonly places: readonly Place[];
}

/**
 * What one body's name is to another's. `unplaced`: the same words, but only one of them says where. `related`: one
 * may be a part of the other, or misspelt. `other`: plainly another body, or one of the same kind elsewhere.
 */
export type BodyRelation = 'same' | 'unplaced' | 'related' | 'other';

const order: readonly BodyRelation[] = ['same', 'unplaced', 'related', 'other'];

/** The nearest of several relations; `other` where there are none. */
export function nearest(relations: readonly BodyRelation[]): BodyRelation {
  return order.find((relation) => relations.includes(relation)) ?? 'other';
}

/** Levels that the word for it and the word before it tell; huyện and thị xã live on in names from before July 2025. */
const levels: readonly (readonly string[])[] = [
  'thành phố',
  'thị xã',
  'thị trấn',
  'đặc khu',
  'tỉnh',
  'huyện',
  'quận',
  'xã',
  'phường',
].map(plainWords);

/**
 * Words around that make a level's word a part of another one: xã hội, tỉnh ủy, quản lý; hợp tác xã, cấp xã, cơ quan,
 * thị xã.
 */
const notBefore = ['hội', 'ủy', 'lý', 'trị'].flatMap(plainWords);
const notBehind = ['tác', 'cấp', 'khối', 'cơ', 'thị'].flatMap(plainWords);

export function bodyName(text: string): BodyName {
  const words = plainWords(text);
  // The head of an agency issues in its name: "Chủ tịch Ủy ban nhân dân tỉnh".
  const [first, second] = words;
  const own = first === 'chủ' && second === 'tịch' && words.length > 4 ? words.slice(2) : words;
  const starts = own.flatMap((_, index) => {
    const level = levelAt(own, index);
    return level ? [{ index, level }] : [];
  });
  const [place] = starts;
  return {
    core: own.slice(0, place?.index ?? own.length),
    places: starts.map(({ index, level }, at) => ({
      level: level.join(' '),
      name: own.slice(index + level.length, starts[at + 1]?.index ?? own.length),
    })),
  };
}

function levelAt(words: readonly string[], index: number): readonly string[] | null {
  const all = words.join('');
  // "Quan" is only "quận" where no word has its accents.
  const isBare = all === withoutAccents(all);
  const is = (word: string | undefined, one: string) =>
    word === one || (isBare && word === withoutAccents(one));
  const level = levels.find((one) => one.every((word, at) => is(words[index + at], word)));
  const [before, next] = [words[index - 1], words[index + (level?.length ?? 0)]];
  if (!level || next === undefined || notBehind.some((word) => is(before, word))) return null;
  return notBefore.some((word) => is(next, word)) ? null : level;
}

/** A place as a certificate's L or ST gives it, with or without its level. */
export function placeOf(text: string): Place[] {
  const { core, places } = bodyName(text);
  if (places.length > 0) return [...places];
  return core.length > 0 ? [{ level: '', name: core }] : [];
}

/**
 * What the places of two names are to each other: `near` where a letter differs, as it does by mistake or in another
 * place's name.
 */
function placesOf(ours: readonly Place[], theirs: readonly Place[]): 'same' | 'none' | 'near' | 'other' {
  let result: 'same' | 'none' | 'near' | 'other' = 'none';
  for (const { level, name } of ours) {
    for (const other of theirs) {
      const isSame = areSame(name, other.name);
      if (isSame) result = result === 'none' ? 'same' : result;
      else if (level !== '' && level === other.level) {
        const isNear = likeness(name.join(''), other.name.join('')) >= nearlySame;
        if (!isNear) return 'other';
        result = 'near';
      }
    }
  }
  return result;
}

/** One letter of seven, such as a tone's mark: misspelt more often than meant. */
const nearlySame = 0.85;

/**
 * What the body that one name means is to that of the other. The places around each (of the agency above it, of its
 * certificate) help where a name itself says none.
 */
export function relationOf(
  ours: BodyName,
  theirs: BodyName,
  around: { readonly ours: readonly Place[]; readonly theirs: readonly Place[] },
): BodyRelation {
  const all = { ours: [...ours.places, ...around.ours], theirs: [...theirs.places, ...around.theirs] };
  const places = placesOf(all.ours, all.theirs);
  const core = coreRelation(ours, theirs);
  if (core === 'other' || places === 'other') return 'other';
  if (core === 'related' || places === 'near') return 'related';
  const isPlaced = places === 'same' || ours.places.length === 0;
  return isPlaced ? 'same' : 'unplaced';
}

function coreRelation(ours: BodyName, theirs: BodyName): 'same' | 'related' | 'other' {
  if (areSame(ours.core, theirs.core)) return 'same';
  const [left, right] = [ours.core.join(''), theirs.core.join('')];
  if (left === '' || right === '') return 'other';
  const [short, long] = left.length < right.length ? [ours.core, theirs.core] : [theirs.core, ours.core];
  if (short.length >= 2 && contains(long, short)) return 'related';
  return likeness(left, right) >= nearlySame ? 'related' : 'other';
}

/** Whether words stand in others one after the other. */
export function contains(words: readonly string[], part: readonly string[]): boolean {
  return words.some((_, index) => areSame(words.slice(index, index + part.length), part));
}

const businessWords = [
  'công ty',
  'doanh nghiệp',
  'tập đoàn',
  'hộ kinh doanh',
  'cổ phần',
  'tnhh',
  'hợp tác xã',
].map(plainWords);

/** Whether a name is a business's: its certificates say so in one part, whatever they say in another. */
export function isBusiness(text: string): boolean {
  const words = plainWords(text);
  return businessWords.some((business) => contains(words, business)) || /^(cty|ltd)$/.test(words[0] ?? '');
}
