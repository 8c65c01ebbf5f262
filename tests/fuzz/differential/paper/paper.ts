import { MemorySource } from '../../../../native/pdf/byte-source.ts';
import { PdfDocument } from '../../../../native/pdf/document.ts';
import { PdfRef, PdfStream } from '../../../../native/pdf/object.ts';
import { serialize } from '../../../../native/pdf/serializer.ts';
import { get } from './dictionary.ts';

/** A document as its objects' source texts, to be changed and written in any way that files are written. */
export class Paper {
  readonly objects: Map<number, string>;
  readonly root: number;
  /** Numbers of what was changed since it was taken. */
  readonly changed = new Set<number>();

  constructor(objects: Iterable<readonly [number, string]>, root: number) {
    this.objects = new Map(objects);
    this.root = root;
  }

  get(number: number): string {
    return this.objects.get(number) ?? 'null';
  }

  set(number: number, body: string): void {
    if (this.objects.get(number) === body) return;
    this.objects.set(number, body);
    this.changed.add(number);
  }

  /** A new object's number. */
  add(body: string): number {
    const number = Math.max(0, ...this.objects.keys()) + 1;
    this.set(number, body);
    return number;
  }

  /** Numbers of the objects whose dictionary has this entry, and this value where one is given. */
  having(key: string, value?: string): number[] {
    return [...this.objects].flatMap(([number, body]) => {
      const found = get(body, key);
      return found !== undefined && (value === undefined || found === value) ? [number] : [];
    });
  }

  get pages(): number[] {
    return this.having('Type', '/Page');
  }
}

/** Takes a file apart as we read it: streams that are merely deflated as what they hold. */
export function takenApart(bytes: Uint8Array): Paper {
  const document = PdfDocument.read(new MemorySource(bytes), {});
  const objects = new Map<number, string>();
  const numbers = new Set(document.revisions.flatMap((revision) => [...revision.numbers()]));
  for (const number of numbers) {
    if (number === 0) continue;
    const value = document.object(new PdfRef(number, 0));
    if (value === null) continue;
    const written =
      value instanceof PdfStream ? plain(document, value) : Buffer.from(serialize(value)).toString('latin1');
    if (written !== null) objects.set(number, written);
  }
  return new Paper(objects, document.catalogRef?.number ?? 1);
}

function plain(document: PdfDocument, stream: PdfStream): string | null {
  const type = Buffer.from(serialize(stream.dict.get('Type') ?? null)).toString('latin1');
  if (type === '/XRef' || type === '/ObjStm') return null;
  const filter = Buffer.from(serialize(document.resolve(stream.dict.get('Filter') ?? null))).toString(
    'latin1',
  );
  const isPlain = ['null', '/FlateDecode', '[/FlateDecode]'].includes(filter);
  const bytes = Buffer.from(isPlain ? document.decodedBytes(stream) : document.encodedBytes(stream));
  const dict = isPlain ? stream.dict.with({ Filter: undefined, DecodeParms: undefined }) : stream.dict;
  return Buffer.from(serialize(new PdfStream(dict, { bytes }))).toString('latin1');
}
