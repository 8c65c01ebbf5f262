import { anatomyOf } from '../mutation/anatomy.ts';
import { edited } from '../mutation/edit.ts';
import { pdfEdit } from '../mutation/pdf.ts';
import { Random } from '../random.ts';
import type { Base } from './corpus.ts';
import { mutate } from './mutation/mutations.ts';
import { type Section, styles, writeSections } from './paper/layout.ts';
import { Paper, takenApart } from './paper/paper.ts';
import { type Twist, twists } from './paper/twist.ts';

/** A changed file, and how it was made. */
export interface DifferentialInput {
  readonly base: Base;
  readonly bytes: Buffer;
  /** Names of the changes. */
  readonly changes: readonly string[];
  /** It is a draft that an honest person signs before it is looked at. */
  readonly isToBeSigned: boolean;
}

const largeBytes = 24_000;

const papers = new WeakMap<Base, Paper>();

/** A copy of a base's objects, to be changed. */
function paperOf(base: Base): Paper {
  const known = papers.get(base) ?? takenApart(base.bytes);
  papers.set(base, known);
  return new Paper(known.objects, known.root);
}

/** The input of one number: the same bases, seed and number always give the same bytes. */
export function makeInput(bases: readonly Base[], seed: number, index: number): DifferentialInput {
  const random = new Random(seed, index);
  const isDraft = random.below(10) < 6;
  // Small files tell as much as large ones, and sooner.
  const isLarge = random.oneIn(10);
  const base = random.pick(
    bases.filter(
      ({ kind, bytes }) => (kind === 'draft') === isDraft && bytes.length > largeBytes === isLarge,
    ),
  );
  if (random.oneIn(8)) return byTokens(base, random);
  return isDraft ? draft(base, random) : update(base, random);
}

/** The file itself with a few of its tokens changed; of a signed one those behind what was signed first. */
function byTokens(base: Base, random: Random): DifferentialInput {
  const first = base.kind === 'signed' ? firstExtent(base.bytes) : 0;
  const rest = base.bytes.subarray(first);
  if (rest.length < 20) return update(base, random);
  const anatomy = anatomyOf(rest);
  const edits = Array.from({ length: 1 + random.below(3) }, () => pdfEdit(rest, anatomy, random));
  const bytes = Buffer.concat([base.bytes.subarray(0, first), edited(rest, edits)]);
  return { base, bytes, changes: ['tokens'], isToBeSigned: base.kind === 'draft' && random.oneIn(3) };
}

/** Where the bytes of the first signature end. */
function firstExtent(bytes: Buffer): number {
  const ranges = [...bytes.toString('latin1').matchAll(/\/ByteRange\s*\[\s*0 \d+ (\d+) (\d+)/g)];
  return Math.min(...ranges.map(([, start, length]) => Number(start) + Number(length)));
}

function draft(base: Base, random: Random): DifferentialInput {
  const before = paperOf(base);
  const paper = paperOf(base);
  const changes = Array.from({ length: random.below(3) }, () => mutate(paper, random));
  const later = [...paper.changed].filter(() => random.oneIn(2));
  const isLayered = later.length > 0 && random.oneIn(2);
  const isLater = (number: number) => isLayered && later.includes(number);
  const first = [...paper.objects].flatMap(([number, body]): [number, string][] => {
    if (!isLater(number)) return [[number, body]];
    const old = before.objects.get(number);
    return old === undefined ? [] : [[number, old]];
  });
  const sections: Section[] = [section(first, changes, random)];
  if (isLayered) {
    const now = later.map((number): [number, string] => [number, paper.get(number)]);
    // In between, sometimes, what nobody is to see.
    if (random.oneIn(3)) sections.push(section(first.slice(0, 3), changes, random));
    sections.push(section(now, changes, random));
  }
  const bytes = writeSections(sections, { root: paper.root, random, size: sizeOf(paper) });
  return { base, bytes, changes, isToBeSigned: random.oneIn(3) };
}

function sizeOf(paper: Paper): number {
  return Math.max(...paper.objects.keys()) + 1;
}

/** Notes its twist among the changes. */
function section(
  objects: readonly (readonly [number, string])[],
  changes: string[],
  random: Random,
): Section {
  const twist: Twist | null = random.oneIn(2) ? random.pick(twists) : null;
  const style = random.pick(styles);
  changes.push(`${style}${twist ? `: ${twist}` : ''}`);
  return { objects, style, twist };
}

/** Updates behind a signed file: of some of its objects, changed or as they are. */
function update(base: Base, random: Random): DifferentialInput {
  const paper = paperOf(base);
  const changes = Array.from({ length: random.below(3) }, () => mutate(paper, random));
  const sections: Section[] = [];
  const starts = [...base.bytes.toString('latin1').matchAll(/startxref\s+(\d+)/g)].map(([, at]) =>
    Number(at),
  );
  const numbers = [...paper.objects.keys()];
  for (let times = 1 + random.below(2); times > 0; times--) {
    const same = Array.from({ length: random.below(3) }, () => random.pick(numbers));
    const chosen = new Set([...(times === 1 ? paper.changed : []), ...same]);
    if (chosen.size === 0) chosen.add(random.pick(numbers));
    const objects = [...chosen]
      .toSorted((one, other) => one - other)
      .map((number): [number, string] => [number, paper.get(number)]);
    sections.push(section(objects, changes, random));
  }
  const bytes = writeSections(
    sections,
    { root: paper.root, random, size: sizeOf(paper) + 8 },
    { bytes: base.bytes, starts },
  );
  return { base, bytes, changes, isToBeSigned: false };
}
