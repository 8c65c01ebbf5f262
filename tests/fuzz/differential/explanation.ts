import { createHash } from 'node:crypto';
import { AppError } from '../../../contract/failure.ts';
import { MemorySource } from '../../../native/pdf/byte-source.ts';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { PdfDict, PdfRef, PdfStream } from '../../../native/pdf/object.ts';
import type { Difference } from './compare.ts';
import type { DifferentialInput } from './input.ts';

/** All that is known of an input that programs show differently. */
export interface Case {
  readonly differences: readonly Difference[];
  readonly input: DifferentialInput;
}

/** Why programs may show this differently without one person being told another thing than the next. */
interface Explanation {
  readonly name: string;
  holds(open: Case): boolean;
}

const explanations: readonly Explanation[] = [
  {
    // Who is shown nothing isn't shown anything else.
    name: 'a program shows nothing',
    holds: ({ differences }) =>
      differences.every(({ kind, readers }) => kind === 'refused' && readers[0] !== 'own'),
  },
  {
    // The pictures are alike: what is seen is the same, and what is copied out of it says something else.
    name: 'text for copying alone',
    holds: ({ differences }) =>
      differences.every(({ kind, readers }) => kind === 'text' || isOfPrograms(kind, readers)),
  },
  {
    // Our reading of text serves for finding places; a map that it can't decode leaves it without the page's text.
    name: 'our reading of text gives up',
    holds: ({ differences }) => differences.every(({ kind }) => kind === 'text' || kind === 'refused'),
  },
  {
    // ISO 32000-2, table 31. The same page in another size.
    name: 'a unit that poppler takes for nothing',
    holds: ({ differences, input }) =>
      input.changes.includes('unit') && differences.every(({ kind }) => kind !== 'count'),
  },
  {
    // Each program makes one up, or waits until it is asked to: 12.7.4.3. A verdict names the field that was filled.
    name: 'a value without an appearance',
    holds: ({ input }) =>
      ['form: value without appearance', 'form: kids', 'form: appearances asked for'].some((change) =>
        input.changes.includes(change),
      ),
  },
  {
    // They take another font, and no two the same one.
    name: 'letters without their font’s program',
    holds: ({ differences, input }) =>
      differences.every(({ kind }) => kind === 'text' || kind === 'picture') && lostProgram(input),
  },
  {
    // Its letters are made as narrow as their widths; the others let them stand on each other.
    name: 'widths that mupdf alone fits letters to',
    holds: ({ differences, input }) =>
      input.changes.some((change) => change.startsWith('font: width')) &&
      differences.every(({ readers }) => readers.includes('mupdf')),
  },
  {
    // Eight points by eight, of which one drew an edge; a letter takes more.
    name: 'the edge of one cell',
    holds: ({ differences }) =>
      differences.every(({ kind, cells }) => kind === 'picture' && cells?.length === 1),
  },
];

/** A program that shows nothing beside others, that show the same. */
function isOfPrograms(kind: Difference['kind'], readers: Difference['readers']): boolean {
  return kind === 'refused' && readers[0] !== 'own';
}

/** The name of what explains every difference; null where nothing does. */
export function explanationOf(open: Case): string | null {
  return explanations.find(({ holds }) => holds(open))?.name ?? null;
}

/** Whether a font's program of the honest file isn't there any more as it was. */
function lostProgram({ base, bytes }: DifferentialInput): boolean {
  const now = programsOf(bytes);
  return [...programsOf(base.bytes)].some((program) => !now.has(program));
}

const keys = ['FontFile', 'FontFile2', 'FontFile3'];

/** Digests of the programs that font descriptors name. */
function programsOf(bytes: Buffer): Set<string> {
  const found = new Set<string>();
  const document = PdfDocument.read(new MemorySource(bytes), { lenient: true });
  for (const number of new Set(document.revisions.flatMap((revision) => [...revision.numbers()]))) {
    const value = readable(() => document.object(new PdfRef(number, 0)));
    for (const key of value instanceof PdfDict ? keys : []) {
      const program = readable(() => (value instanceof PdfDict ? document.resolve(value.get(key)) : null));
      if (!(program instanceof PdfStream)) continue;
      const data = readable(() => document.decodedBytes(program));
      if (data) found.add(createHash('sha256').update(data).digest('hex'));
    }
  }
  return found;
}

function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
