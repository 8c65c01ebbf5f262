import type { Random } from '../random.ts';
import { byteEdit } from './bytes.ts';
import { edited } from './edit.ts';

/** One element of DER, its contents taken apart where they are elements. */
interface Element {
  readonly tag: number;
  readonly kids: Element[] | null;
  readonly content: Uint8Array;
}

const maxDepth = 30;

/** What DER holds, or null where it isn't a sequence of whole elements. */
function parse(bytes: Uint8Array, depth = 0): Element[] | null {
  const elements: Element[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    let length = bytes[at + 1] ?? -1;
    let start = at + 2;
    if (length > 0x84 || length === 0x80 || length < 0 || (tag & 0x1f) === 0x1f) return null;
    if (length > 0x80) {
      const count = length - 0x80;
      length = Buffer.from(bytes)
        .subarray(start, start + count)
        .reduce((sum, byte) => sum * 256 + byte, 0);
      start += count;
    }
    if (start + length > bytes.length) return null;
    const content = bytes.subarray(start, start + length);
    // Keys, values and imprints hold elements, too, inside of octet and bit strings.
    const mayNest = (tag & 0x20) !== 0 || tag === 0x04;
    const kids = mayNest && depth < maxDepth && length > 1 ? parse(content, depth + 1) : null;
    elements.push({ tag, kids, content });
    at = start + length;
  }
  return elements;
}

function written({ tag, kids, content }: Element): Buffer {
  const body = kids ? Buffer.concat(kids.map(written)) : content;
  return Buffer.concat([Buffer.of(tag), lengthOf(body.length), body]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const digits =
    length < 0x100
      ? [length]
      : length < 0x10000
        ? [length >> 8, length & 255]
        : [length >> 16, (length >> 8) & 255, length & 255];
  return Buffer.of(0x80 + digits.length, ...digits);
}

const tags = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x13, 0x17, 0x18, 0x30, 0x31, 0x80, 0xa0, 0xa1, 0x24, 0x1f,
];

/** Damages DER: elsewhere its lengths stay right, so that what is wrong is found only where it is understood. */
export function mutatedDer(bytes: Uint8Array, random: Random): Buffer {
  const roots = random.oneIn(5) ? null : parse(bytes);
  if (!roots)
    return edited(
      bytes,
      Array.from({ length: 1 + random.below(3) }, () => byteEdit(bytes, random)),
    );
  if (random.oneIn(4)) changeAlike(roots, random);
  else for (let times = 1 + random.below(3); times > 0; times--) change(roots, random);
  return Buffer.concat(roots.map(written));
}

/**
 * Changes what stands there several times in all its places alike: an algorithm, a name or a serial number that must be the same in
 * two of them stays so, and what is wrong with it gets further.
 */
function changeAlike(roots: Element[], random: Random): void {
  const all = flat(roots).map((element) => written(element).toString('latin1'));
  const several = [...new Set(all)].filter((one) => all.indexOf(one) !== all.lastIndexOf(one));
  if (several.length === 0) return;
  const old = random.pick(several);
  const copy = parse(Buffer.from(old, 'latin1')) ?? [];
  change(copy, random);
  exchange(roots, old, copy);
}

function flat(elements: readonly Element[]): Element[] {
  return elements.flatMap((element) => [element, ...flat(element.kids ?? [])]);
}

function exchange(elements: Element[], old: string, by: readonly Element[]): void {
  for (let index = elements.length - 1; index >= 0; index--) {
    const element = elements[index];
    if (!element) continue;
    if (written(element).toString('latin1') === old) elements.splice(index, 1, ...by);
    else if (element.kids) exchange(element.kids, old, by);
  }
}

/** Changes one element somewhere below. */
function change(elements: Element[], random: Random): void {
  const index = random.below(elements.length);
  const element = elements[index];
  if (!element) return;
  if (element.kids && element.kids.length > 0 && !random.oneIn(4)) {
    change(element.kids, random);
    return;
  }
  const put = (...by: Element[]) => elements.splice(index, 1, ...by);
  const { tag } = element;
  switch (random.below(8)) {
    case 0:
      put();
      break;
    case 1:
      put(element, element);
      break;
    case 2:
      put({ ...element, tag: random.pick(tags) });
      break;
    case 3:
      put(random.pick(elements));
      break;
    case 4:
      put({ tag, kids: null, content: new Uint8Array() });
      break;
    case 5:
      put({ tag: random.pick([0x30, 0x31, 0xa0, 0x04]), kids: [element], content: new Uint8Array() });
      break;
    case 6:
      put({ tag, kids: null, content: random.bytes(random.oneIn(10) ? 3000 : random.below(40)) });
      break;
    default: {
      const content = Buffer.from(written(element)).subarray(element.content.length < 0x80 ? 2 : 3);
      put({
        tag,
        kids: null,
        content: content.length > 0 ? edited(content, [byteEdit(content, random)]) : random.bytes(3),
      });
    }
  }
}
