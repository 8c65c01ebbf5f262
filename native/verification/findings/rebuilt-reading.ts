import type { PdfDocument } from '../../pdf/document.ts';

const pieceBytes = 1 << 20;
/** No header is longer, whatever noughts and blanks are in it. */
const overlap = 1 << 12;
const header = /(?<!\d)(\d{1,10})[\s\0]+\d+[\s\0]+obj(?![a-zA-Z])/g;

/**
 * Whether a program that gathers the file's objects anew, the last of each number, finds the objects that the
 * cross-reference leads to. Costs a reading of the whole file: asked only where something makes programs do so.
 * `numbers`: the objects that matter.
 */
export function isRebuiltAlike(document: PdfDocument, numbers: ReadonlySet<number>): boolean {
  for (const [number, last] of lastHeaders(document, numbers)) {
    const entry = document.find(number);
    if (entry?.kind === 'offset') {
      const own = document.startOf(number) ?? entry.offset;
      if (own !== last && !isSameText(document, own, last)) return false;
    } else if (entry?.kind === 'compressed') {
      const container = document.find(entry.container);
      // In the open before its object stream: an older version.
      if (container?.kind !== 'offset' || container.offset < last) return false;
    }
  }
  return true;
}

function lastHeaders({ source }: PdfDocument, numbers: ReadonlySet<number>): Map<number, number> {
  const last = new Map<number, number>();
  for (let offset = 0; offset < source.length; offset += pieceBytes) {
    const start = Math.max(0, offset - overlap);
    const text = Buffer.from(source.read(start, offset - start + pieceBytes)).toString('latin1');
    for (const match of text.matchAll(header)) {
      const number = Number(match[1]);
      if (numbers.has(number)) last.set(number, start + match.index);
    }
  }
  return last;
}

/** Whether the same object is written at both places, as in a file that was joined to itself. */
function isSameText({ source }: PdfDocument, a: number, b: number): boolean {
  const end = (offset: number, step = 1 << 16): string => {
    const text = Buffer.from(source.read(offset, step)).toString('latin1');
    const at = text.indexOf('endobj');
    return at >= 0 || step >= source.length
      ? text.slice(0, at < 0 ? undefined : at).trimStart()
      : end(offset, step * 16);
  };
  return end(a) === end(b);
}
