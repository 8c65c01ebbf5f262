import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../../native/pdf/byte-source.ts';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { PdfDict, PdfName, PdfRef, PdfString } from '../../../native/pdf/object.ts';
import { pages } from '../../../native/pdf/page.ts';
import { RevisionWriter } from '../../../native/pdf/revision-writer.ts';
import { HandmadePdf, onePage, onePagePdf } from './handmade-pdf.ts';
import { readPdf } from './scratch.ts';

function updated(source: Buffer, change: (writer: RevisionWriter) => void): { bytes: Buffer; added: string } {
  const writer = new RevisionWriter(readPdf(source));
  change(writer);
  const { bytes } = writer.build();
  return { bytes: Buffer.concat([source, bytes]), added: Buffer.from(bytes).toString('latin1') };
}

/** A file of any length that exists only in its first and last bytes. */
class SparseSource implements ByteSource {
  readonly length: number;
  readonly #head: Buffer;
  readonly #tail: Buffer;

  constructor(head: Buffer, length: number, tail: Buffer) {
    this.length = length;
    this.#head = head;
    this.#tail = tail;
  }

  read(offset: number, length: number): Uint8Array {
    const count = Math.max(0, Math.min(length, this.length - offset));
    const bytes = Buffer.alloc(count, 0x20);
    const tailAt = this.length - this.#tail.length;
    for (let index = 0; index < count; index++) {
      const at = offset + index;
      bytes[index] = at >= tailAt ? (this.#tail[at - tailAt] ?? 0) : (this.#head[at] ?? 0x20);
    }
    return bytes;
  }

  around(offset: number): { start: number; bytes: Uint8Array } {
    return { start: offset, bytes: this.read(offset, 4096) };
  }

  readInto(target: Uint8Array, offset: number): number {
    const bytes = this.read(offset, target.length);
    target.set(bytes);
    return bytes.length;
  }

  close(): void {
    this.#head.fill(0);
  }
}

/** Such a file with an update behind it. */
class AppendedSource implements ByteSource {
  readonly length: number;
  readonly #source: ByteSource;
  readonly #added: Uint8Array;

  constructor(source: ByteSource, added: Uint8Array) {
    this.length = source.length + added.length;
    this.#source = source;
    this.#added = added;
  }

  read(offset: number, length: number): Uint8Array {
    const base = this.#source.length;
    const end = Math.min(offset + length, this.length);
    const before = this.#source.read(offset, Math.max(0, Math.min(end, base) - offset));
    const behind = this.#added.subarray(Math.max(0, offset - base), Math.max(0, end - base));
    return Buffer.concat([before, behind]);
  }

  around(offset: number): { start: number; bytes: Uint8Array } {
    return { start: offset, bytes: this.read(offset, 4096) };
  }

  readInto(target: Uint8Array, offset: number): number {
    const bytes = this.read(offset, target.length);
    target.set(bytes);
    return bytes.length;
  }

  close(): void {
    this.#source.close();
  }
}

describe('an update', () => {
  it('replaces only what was named, in the kind of the file', () => {
    const { bytes, added } = updated(onePagePdf(), (writer) =>
      writer.set(new PdfRef(5, 0), PdfDict.of({ A: 1 })),
    );
    expect([...added.matchAll(/(\d+) 0 obj/g)].map(([, number]) => number)).toEqual(['5']);
    expect(added).toContain('xref\n5 1\n');
    expect(readPdf(bytes).object(new PdfRef(5, 0))).toEqual(PdfDict.of({ A: 1 }));
    const stream = updated(onePage().xrefStream(7, '/Root 1 0 R', 8).bytes, (writer) => writer.add(true));
    expect(stream.added).toContain('/Type /XRef');
    expect(readPdf(stream.bytes).revisions).toHaveLength(2);
  });

  it('begins on a line of its own, and adds none where there is one', () => {
    for (const [end, first] of [
      ['', '\n'],
      ['\n', '6'],
      ['\r', '6'],
      ['\r\n', '6'],
      [' ', '\n'],
    ] as const) {
      const source = Buffer.concat([onePagePdf().subarray(0, -1), Buffer.from(end)]);
      expect([end, updated(source, (writer) => writer.add(1)).added[0]]).toEqual([end, first]);
    }
  });

  it('keeps the generation of what it replaces', () => {
    const pdf = onePage();
    const at = pdf.length;
    const section = (start: number) =>
      `xref\n9 1\n${String(at).padStart(10, '0')} 00003 n \ntrailer\n<</Size 10/Root 1 0 R/Prev ${pdf.lastSection}>>\nstartxref\n${start}\n%%EOF\n`;
    pdf.raw('9 3 obj (old) endobj\n');
    pdf.table('/Root 1 0 R', 10);
    const start = pdf.length;
    pdf.raw(section(start));
    const { added } = updated(pdf.bytes, (writer) => writer.set(new PdfRef(9, 3), PdfString.fromText('new')));
    expect(added).toContain('9 3 obj\n(new)');
    expect(added).toMatch(/9 1\n\d{10} 00003 n/);
  });

  it('keeps the first /ID and makes one where there is none', () => {
    const ids = (source: Buffer) => {
      const { bytes } = updated(source, (writer) => writer.add(1));
      return readPdf(bytes)
        .array(readPdf(bytes).trailer.get('ID'))
        ?.map((item) => (item instanceof PdfString ? Buffer.from(item.bytes).toString('latin1') : ''));
    };
    const [kept, changed] = ids(onePage().table('/Root 1 0 R/ID[(one)(two)]', 6).bytes) ?? [];
    expect(kept).toBe('one');
    expect(changed).toHaveLength(16);
    const made = ids(onePagePdf());
    expect(made?.[0]).toHaveLength(16);
  });

  it('numbers new objects behind all that exist, also where /Size is too small', () => {
    const source = onePage().object(40, '(out of sight)').table('/Root 1 0 R', 6).bytes;
    expect(new RevisionWriter(readPdf(source)).reserve().number).toBe(41);
    const roomy = onePage().table('/Root 1 0 R', 60).bytes;
    expect(new RevisionWriter(readPdf(roomy)).reserve().number).toBe(60);
  });

  it('leaves what it copies as exact as it was read', () => {
    const source = onePage()
      .object(8, '<</Scale[0.000012345 1.10 -0.5]/Big 123456789012/Name/L#e0m#20#2F>>')
      .table('/Root 1 0 R', 9).bytes;
    const { added } = updated(source, (writer) => {
      const dict = writer.document.dict(new PdfRef(8, 0));
      writer.set(new PdfRef(8, 0), (dict ?? new PdfDict()).with({ New: new PdfName('x') }));
    });
    expect(added).toContain('<</Scale [0.000012345 1.1 -0.5]/Big 123456789012/Name /L#e0m#20#2f/New /x>>');
  });

  it('an object that moves out of an object stream is found in its new place', () => {
    const source = new HandmadePdf()
      .objectStream(6, { 1: '<</Type/Catalog/Pages 2 0 R>>', 2: '<</Type/Pages/Kids[]>>' })
      .xrefStream(7, '/Root 1 0 R', 8, { 1: [6, 0], 2: [6, 1] }).bytes;
    const { bytes } = updated(source, (writer) =>
      writer.set(new PdfRef(1, 0), writer.document.catalog.with({ Lang: PdfString.fromText('vi') })),
    );
    const document = readPdf(bytes);
    expect(document.catalog.has('Lang')).toBe(true);
    expect(document.find(2)?.kind).toBe('compressed');
  });
});

describe('the edges of large files', () => {
  function largeFile(length: number): PdfDocument {
    const head = onePage();
    const rows = [...head.bytes.toString('latin1').matchAll(/^(\d) 0 obj/gm)].map(
      ({ index }) => `${String(index).padStart(10, '0')} 00000 n \n`,
    );
    const table = `xref\n0 6\n0000000000 65535 f \n${rows.join('')}trailer\n<</Size 6/Root 1 0 R>>\n`;
    // The closing's own length depends on its digits.
    const closing = (at: number) => `startxref\n${at}\n%%EOF\n`;
    let start = length - table.length - closing(length).length;
    start = length - table.length - closing(start).length;
    return PdfDocument.read(
      new SparseSource(head.bytes, length, Buffer.from(table + closing(start), 'latin1')),
    );
  }

  it.each([99_999_990, 100_000_000, 2 ** 31 - 5, 2 ** 31 + 5, 2 ** 32 - 5, 2 ** 32 + 5, 9_000_000_000])(
    '%i bytes',
    (length) => {
      const writer = new RevisionWriter(largeFile(length));
      const ref = writer.add(PdfString.fromText('at the end'));
      const { bytes, base, places } = writer.build();
      expect([base, places.get(ref.number)?.start]).toEqual([length, length]);
      const text = Buffer.from(bytes).toString('latin1');
      expect(text).toContain(`${ref.number} 1\n${String(length).padStart(10, '0')} 00000 n\r\n`);
      expect(text).toContain(`startxref\n${length + text.indexOf('xref\n')}\n`);
    },
  );

  it.each([10 ** 10 - 500, 10 ** 10 + 5, 20_000_000_000])(
    '%i bytes: beyond ten digits a stream',
    (length) => {
      const document = largeFile(length);
      const writer = new RevisionWriter(document);
      const ref = writer.add(PdfString.fromText('at the end'));
      const { bytes, base, places } = writer.build();
      const whole = new AppendedSource(document.source, bytes);
      const again = PdfDocument.read(whole);
      expect(again.revision.sections[0]?.kind).toBe(length < 10 ** 10 - 100 ? 'table' : 'stream');
      expect(again.find(ref.number)).toMatchObject({ offset: places.get(ref.number)?.start });
      expect(again.object(ref)).toBeInstanceOf(PdfString);
      expect([base, again.revision.end]).toEqual([length, whole.length]);
      expect([...pages(again)]).toHaveLength(1);
    },
  );
});
