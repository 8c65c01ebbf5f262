import type { PdfDocument } from '../../pdf/document.ts';
import type { WorkBudget } from '../../pdf/work-budget.ts';
import type { XrefEntry } from '../../pdf/xref.ts';

/**
 * The numbers that two states of a file look up differently. Only cross-references are compared, no object is read. Null where
 * they are more than `most`. Throws `pdf-too-complex` where more are to be looked at than `lookups` allows.
 */
export function changedNumbers(
  before: PdfDocument,
  after: PdfDocument,
  { most, lookups }: { readonly most: number; readonly lookups: WorkBudget },
): Set<number> | null {
  const shared = sharedRevisions(before, after);
  const ranges = [before, after].flatMap(({ revisions }) =>
    revisions.slice(shared).flatMap((revision) => [...revision.ranges()]),
  );
  const changed = new Set<number>();
  let seen = 0;
  for (const { first, count } of ranges.sort((a, b) => a.first - b.first)) {
    for (let number = Math.max(first, seen); number < first + count; number++) {
      lookups.spend(1);
      if (!isSameEntry(before.find(number), after.find(number))) changed.add(number);
      if (changed.size > most) return null;
    }
    seen = Math.max(seen, first + count);
  }
  return changed;
}

/** Revisions that both have, counted from the oldest. What an unshared one says must be compared, on either side. */
function sharedRevisions(before: PdfDocument, after: PdfDocument): number {
  let count = 0;
  for (const revision of before.revisions) {
    const other = after.revisions[count];
    const isSame =
      other !== undefined &&
      revision.sections.length === other.sections.length &&
      revision.sections.every((section, index) => section.offset === other.sections[index]?.offset);
    if (!isSame) break;
    count++;
  }
  return count;
}

function isSameEntry(a: XrefEntry | undefined, b: XrefEntry | undefined): boolean {
  const [before, after] = [a ?? free, b ?? free];
  // Readers that mind generations find nothing where another one than the object's own is listed.
  if (before.kind === 'offset' && after.kind === 'offset')
    return before.offset === after.offset && before.generation === after.generation;
  if (before.kind === 'compressed' && after.kind === 'compressed') {
    return before.container === after.container && before.index === after.index;
  }
  return before.kind === after.kind;
}

const free: XrefEntry = { kind: 'free' };
