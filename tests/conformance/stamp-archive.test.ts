import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { RevisionWriter } from '../../native/pdf/revision-writer.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { Stamp } from '../../native/signing/stamp.ts';
import { draw } from '../lab/typst.ts';
import { readPdf, scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { layout } from '../unit/signing/layouts.ts';
import { createAuthority, type TestKey } from '../unit/signing/software-key.ts';
import { asArray, asDict, type Json, JudgedFile, type JudgedObject } from './archive-judge.ts';
import { objectsBehind } from './signing-judges.ts';

/**
 * What every kind of stamp adds to a file in PDF/A keeps to ISO 19005-2, each rule by its clause. No checker of PDF/A is
 * packaged for Debian or npm, so that the rules which concern what we write are checked here, on what qpdf reads.
 */
const folder = scratchFolder();
let leader: TestKey;
let agency: TestKey;
let signature: Buffer;
let seal: Buffer;

beforeAll(async () => {
  const authority = createAuthority(path.join(folder, 'pki'));
  leader = authority.signer('P-256', 'Nguyễn Văn Thử');
  agency = authority.signer('P-256', 'Sở Khoa học và Công nghệ');
  [signature, seal] = (
    await Promise.all([
      draw('images/approval.typ', path.join(folder, 'approval')),
      draw('images/department-seal.typ', path.join(folder, 'seal')),
    ])
  ).map((file) => readFileSync(file)) as [Buffer, Buffer];
});

/** All kinds in the order in which a document meets them. */
function allStamps(): [Stamp, TestKey][] {
  return [
    [{ kind: 'approval', image: signature }, leader],
    [{ kind: 'seal', image: seal, number: '05', date: '2026-02-03' }, agency],
    [{ kind: 'copy', form: 'sao-y' }, agency],
    [{ kind: 'appendix', referenceCode: '05/QĐ-SKHCN' }, agency],
    [{ kind: 'incoming', arrivalNumber: '12', date: '2026-03-06' }, agency],
    [{ kind: 'directive', text: 'Giao Văn phòng; 漢 không có trong phông chữ.' }, leader],
    [{ kind: 'initial', answersFor: 'form' }, leader],
    [{ kind: 'plain', box: { x: 10, y: 270, width: 60, height: 10 } }, leader],
    [{ kind: 'plain' }, leader],
  ];
}

interface Signed {
  readonly file: JudgedFile;
  /** What the stamps added or wrote again. */
  readonly added: readonly JudgedObject[];
}

async function signedWithAll(name: string, bytes: Buffer, stamps = allStamps()): Promise<Signed> {
  let source = writeFile(folder, `${name}.pdf`, bytes);
  for (const [index, [stamp, { signer }]] of stamps.entries()) {
    const target = path.join(folder, `${name}-${index}.pdf`);
    await signPdf({ source, target, signer, stamp });
    source = target;
  }
  const file = new JudgedFile(source);
  const numbers = new Set(objectsBehind(source, bytes.length));
  return { file, added: [...file.objects.values()].filter(({ number }) => numbers.has(number)) };
}

const kind = ({ value }: JudgedObject) => [asDict(value)['/Type'], asDict(value)['/Subtype']].join();

describe('a file in PDF/A-2b', () => {
  let signed: Signed;
  let forms: readonly JudgedObject[];
  let images: readonly JudgedObject[];
  let widgets: readonly JudgedObject[];

  beforeAll(async () => {
    const blocks = [{ position: ['GIÁM ĐỐC'], name: 'Nguyễn Văn Thử' }];
    signed = await signedWithAll('archive', layout({ blocks, standard: 'a-2b' }));
    forms = signed.added.filter((object) => kind(object) === '/XObject,/Form');
    images = signed.added.filter((object) => kind(object) === '/XObject,/Image');
    widgets = signed.added.filter((object) => kind(object) === '/Annot,/Widget');
    // What is looked at must be there, or every rule would hold.
    expect([forms.length >= 10, images.length, widgets.length]).toEqual([true, 4, 11]);
  });

  it('6.1.3: the trailer identifies the file and encrypts nothing', () => {
    expect(asArray(signed.file.trailer['/ID'])).toHaveLength(2);
    expect(signed.file.trailer['/Encrypt']).toBeUndefined();
  });

  it('6.1.7: streams are deflated, and no stream lies in another file', () => {
    for (const { value, stream } of signed.added.filter((object) => object.stream)) {
      const dict = asDict(value);
      expect([dict['/Filter'], dict['/F'], dict['/FFilter'], stream !== null]).toEqual([
        '/FlateDecode',
        undefined,
        undefined,
        true,
      ]);
    }
  });

  it('6.1.13: names and strings are no longer than readers must take', () => {
    const visit = (value: Json): void => {
      if (typeof value === 'string') expect(value.length).toBeLessThan(value.startsWith('/') ? 128 : 65_536);
      else if (Array.isArray(value)) value.forEach(visit);
      else if (value !== null && typeof value === 'object') Object.values(value).forEach(visit);
    };
    for (const { value } of signed.added) visit(value);
  });

  it('6.2.2: each appearance has its own resources, and names nothing else', () => {
    const known = /^(q|Q|cm|Do|BT|ET|Tf|Tm|Tj|cs|CS|sc|SC|w|m|l|S)$/;
    for (const { value, stream } of forms) {
      const resources = asDict(asDict(value)['/Resources'] ?? null);
      expect(asDict(value)).toHaveProperty(['/Resources']);
      const tokens = (stream ?? Buffer.of()).toString('latin1').split(/\s+/).filter(Boolean);
      for (const token of tokens.filter((word) => /^[A-Za-z]/.test(word))) expect(token).toMatch(known);
      for (const name of tokens.filter((word) => word.startsWith('/'))) {
        const holders = ['/Font', '/XObject', '/ColorSpace'].map((key) => asDict(resources[key] ?? null));
        expect([name, holders.some((holder) => name in holder)]).toEqual([name, true]);
      }
    }
  });

  it('6.2.4.2: the colour profile is one of three components, version 2', () => {
    const profiles = signed.added.filter(({ value }) => asDict(value)['/N'] === 3);
    expect(profiles.length).toBeGreaterThan(0);
    for (const { stream } of profiles) {
      expect(stream?.readUInt32BE(0)).toBe(stream?.length);
      expect(stream?.readUInt8(8)).toBe(2);
      expect(stream?.toString('latin1', 12, 24)).toBe('mntrRGB XYZ ');
      expect(stream?.toString('latin1', 36, 40)).toBe('acsp');
    }
  });

  it('6.2.4.3: no colour of a device', () => {
    for (const { stream } of forms)
      expect(stream?.toString('latin1')).not.toMatch(/(^|\s)(g|G|rg|RG|k|K|scn|SCN)(\s|$)|\/Device/);
    const masks = new Set(images.map(({ value }) => asDict(value)['/SMask']));
    for (const { number, value } of images) {
      const space = asDict(value)['/ColorSpace'];
      // The grey of a soft mask is no colour (ISO 32000-1, 11.6.5.3).
      if (masks.has(`${number} 0 R`)) expect(space).toBe('/DeviceGray');
      else expect(asArray(signed.file.object(space).value)[0]).toBe('/ICCBased');
    }
  });

  it('6.2.8: pictures have no alternates, no interpolation, and bits that are allowed', () => {
    for (const { value } of images) {
      const dict = asDict(value);
      expect([dict['/Alternates'], dict['/OPI'], dict['/Interpolate']]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      expect([1, 8]).toContain(dict['/BitsPerComponent']);
    }
  });

  it('6.2.9: no form refers to another file or to PostScript', () => {
    for (const { value } of forms)
      for (const key of ['/OPI', '/PS', '/Subtype2', '/Ref']) expect(asDict(value)[key]).toBeUndefined();
  });

  it('6.2.10: no transparency but soft masks, in a file whose intent says in which colours to blend', () => {
    const intents = signed.file.object(signed.file.dict(signed.file.trailer['/Root'])['/OutputIntents']);
    expect(asArray(intents.value)).toHaveLength(1);
    for (const { value } of [...forms, ...images]) {
      expect([asDict(value)['/Group'], asDict(value)['/SMaskInData']]).toEqual([undefined, undefined]);
      expect(asDict(asDict(value)['/Resources'] ?? null)['/ExtGState']).toBeUndefined();
    }
    expect(images.filter(({ value }) => asDict(value)['/SMask'] !== undefined)).toHaveLength(2);
  });

  it('6.2.11: fonts are embedded, addressed by glyph, and as wide as they say', () => {
    const fonts = signed.added.filter((object) => kind(object) === '/Font,/Type0');
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) {
      const dict = asDict(font.value);
      expect(dict['/Encoding']).toBe('/Identity-H');
      const descendant = signed.file.dict(asArray(dict['/DescendantFonts'])[0]);
      // 6.2.11.3.2
      expect(descendant['/CIDToGIDMap']).toBe('/Identity');
      expect(descendant['/BaseFont']).toBe(dict['/BaseFont']);
      expect(dict['/BaseFont']).toMatch(/^\/[A-Z]{6}\+Tinos/);
      const descriptor = signed.file.dict(descendant['/FontDescriptor']);
      const program = signed.file.object(descriptor['/FontFile2']).stream;
      expect(program).not.toBeNull();
      // 6.2.11.4.2: no list of glyphs that could be wrong.
      expect(descriptor['/CIDSet']).toBeUndefined();
      // 6.2.11.5
      const [first, widths] = asArray(descendant['/W']);
      expect(first).toBe(0);
      expect(asArray(widths)).toEqual(program && advances(program));
      // 6.2.11.7.2 (level u): each shown code has its text.
      expect(signed.file.object(dict['/ToUnicode']).stream?.toString()).toContain('beginbfchar');
    }
  });

  it('6.2.11.8: no glyph is shown that a font has for what it lacks', () => {
    for (const { stream } of forms)
      for (const [, codes] of (stream?.toString('latin1') ?? '').matchAll(/<([0-9a-f]+)> Tj/g))
        expect(codes?.match(/.{4}/g)).not.toContain('0000');
  });

  it('6.3.2: annotations are printed, and none is hidden', () => {
    for (const { value } of widgets) {
      const flags = Number(asDict(value)['/F']);
      expect([flags & 4, flags & (1 | 2 | 32 | 256)]).toEqual([4, 0]);
    }
  });

  it('6.3.3: each annotation of a size has one appearance, a stream', () => {
    for (const { value } of widgets) {
      const { '/AP': look, '/Rect': area, '/AS': state } = asDict(value);
      const [left, , right] = asArray(area);
      if (left === right) continue;
      expect(Object.keys(asDict(look ?? null))).toEqual(['/N']);
      expect(signed.file.object(asDict(look ?? null)['/N']).stream).not.toBeNull();
      expect(state).toBeUndefined();
    }
  });

  it('6.4.1: fields do nothing of themselves, and viewers need not draw them', () => {
    for (const { value } of widgets)
      for (const key of ['/A', '/AA']) expect(asDict(value)[key]).toBeUndefined();
    const form = signed.file.dict(signed.file.dict(signed.file.trailer['/Root'])['/AcroForm']);
    expect([undefined, false]).toContain(form['/NeedAppearances']);
    expect(form['/XFA']).toBeUndefined();
  });
});

/** Thousandths of the em, from the hmtx table as the program has it. */
function advances(program: Buffer): number[] {
  const table = (tag: string) => {
    for (let index = 0; index < program.readUInt16BE(4); index++) {
      const at = 12 + index * 16;
      if (program.toString('latin1', at, at + 4) === tag) return program.readUInt32BE(at + 8);
    }
    throw new Error(`no table ${tag}`);
  };
  const unitsPerEm = program.readUInt16BE(table('head') + 18);
  const count = program.readUInt16BE(table('hhea') + 34);
  return Array.from({ length: count }, (_, glyph) =>
    Math.round((program.readUInt16BE(table('hmtx') + glyph * 4) * 1000) / unitsPerEm),
  );
}

describe('files in which nothing may be transparent', () => {
  const blocks = [{ position: ['GIÁM ĐỐC'], name: 'Nguyễn Văn Thử' }];

  it('PDF/A-1 (ISO 19005-1, 6.4): a stencil instead of a soft mask', async () => {
    const approval: [Stamp, TestKey][] = [[{ kind: 'approval', image: signature }, leader]];
    const { added } = await signedWithAll('archive-1', layout({ blocks, standard: 'a-1b' }), approval);
    const images = added.filter((object) => kind(object) === '/XObject,/Image');
    expect(images.map(({ value }) => asDict(value)['/SMask'])).toEqual([undefined, undefined]);
    expect(images.filter(({ value }) => asDict(value)['/ImageMask'] === true)).toHaveLength(1);
    expect(images.filter(({ value }) => typeof asDict(value)['/Mask'] === 'string')).toHaveLength(1);
  });

  it('PDF/A-2 without an output intent (6.2.10): a stencil, too', async () => {
    const approval: [Stamp, TestKey][] = [[{ kind: 'approval', image: signature }, leader]];
    const bytes = withoutIntent(layout({ blocks, standard: 'a-2b' }));
    const { added } = await signedWithAll('archive-2', bytes, approval);
    const images = added.filter((object) => kind(object) === '/XObject,/Image');
    expect(images.filter(({ value }) => asDict(value)['/ImageMask'] === true)).toHaveLength(1);
  });

  it('files that claim nothing keep their smooth edges', async () => {
    const approval: [Stamp, TestKey][] = [[{ kind: 'approval', image: signature }, leader]];
    const { added } = await signedWithAll('plain', layout({ blocks }), approval);
    const images = added.filter((object) => kind(object) === '/XObject,/Image');
    expect(images.filter(({ value }) => typeof asDict(value)['/SMask'] === 'string')).toHaveLength(1);
  });
});

/** The file as some writers make it: its colours are all told by profiles, so that it needs no intent. */
function withoutIntent(bytes: Buffer): Buffer {
  const document = readPdf(bytes);
  const { catalog, catalogRef } = document;
  if (!catalogRef) throw new Error('no catalog');
  const writer = new RevisionWriter(document);
  writer.set(catalogRef, catalog.with({ OutputIntents: undefined }));
  return Buffer.concat([bytes, writer.build().bytes]);
}
