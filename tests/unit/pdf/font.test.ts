import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { embedFont } from '../../../native/pdf/font/embedded-font.ts';
import { textWidth } from '../../../native/pdf/font/shown-text.ts';
import { tinosItalic, tinosRegular } from '../../../native/pdf/font/tinos.ts';
import { PdfDict, type PdfObject, PdfStream } from '../../../native/pdf/object.ts';
import { pages } from '../../../native/pdf/page.ts';
import { RevisionWriter } from '../../../native/pdf/revision-writer.ts';
import { textLines } from '../../../native/pdf/text/text-line.ts';
import { onePagePdf } from './handmade-pdf.ts';
import { readPdf, scratchFolder, writeFile } from './scratch.ts';

/** Every letter of Vietnamese in every tone, small and capital. */
const vowels = [
  'aăâeêioôơuưy',
  'àằầèềìòồờùừỳ',
  'áắấéếíóốớúứý',
  'ảẳẩẻểỉỏổởủửỷ',
  'ãẵẫẽễĩõỗỡũữỹ',
  'ạặậẹệịọộợụựỵ',
];
const alphabet = `${vowels.join('')}bcdđghklmnpqrstvx`;
const lines = [
  alphabet.slice(0, 45),
  alphabet.slice(45),
  alphabet.toUpperCase().slice(0, 45),
  alphabet.toUpperCase().slice(45),
];
const sentence = 'Quyết định số 05/QĐ-SKHCN, ngày 22 tháng 11 năm 2026';

const folder = scratchFolder();
let file = '';

/** A page that shows the lines in an embedded subset. */
function showing(texts: readonly string[]): Buffer {
  const source = onePagePdf();
  const document = readPdf(source);
  const writer = new RevisionWriter(document);
  const [page] = [...pages(document)];
  if (!page) throw new Error('no page');
  const font = embedFont(writer.add.bind(writer), tinosRegular(), 'Tinos', texts.join(''));
  const shown = texts.map((text) => `<${Buffer.from(font.encode(text).bytes).toString('hex')}> Tj 0 -20 Td`);
  const content = Buffer.from(`BT /F 14 Tf 40 780 Td ${shown.join(' ')} ET`);
  writer.set(
    page.ref,
    page.dict.with({
      Contents: writer.add(new PdfStream(new PdfDict(), { bytes: content })),
      Resources: PdfDict.of({ Font: PdfDict.of({ F: font.ref }) }),
    }),
  );
  return Buffer.concat([source, writer.build().bytes]);
}

beforeAll(() => {
  file = writeFile(folder, 'font.pdf', showing([...lines, sentence]));
});

describe('an embedded subset', () => {
  it('is taken by poppler for what it is', () => {
    const said = execFileSync('pdffonts', [file], { encoding: 'utf8' });
    expect(said).toMatch(/^[A-Z]{6}\+Tinos\s+CID TrueType\s+Identity-H\s+yes yes yes/m);
  });

  it('gives back every Vietnamese letter as text, composed', () => {
    const said = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    expect(
      said
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    ).toEqual([...lines, sentence]);
  });

  it('gives it back to our own reader, too', () => {
    const document = readPdf(showing([...lines, sentence]));
    const [page] = [...pages(document)];
    expect(page && textLines(document, page).map(({ text }) => text)).toEqual([...lines, sentence]);
  });

  it('draws without complaint in two programs', () => {
    const complaints = execFileSync('sh', [
      '-c',
      'mutool draw -o /dev/null "$0" 2>&1; pdftoppm -r 30 "$0" 2>&1 >/dev/null',
      file,
    ]);
    const said = complaints.toString().split('\n');
    // mutool as Debian builds it says this of every file.
    const own = said.filter((line) => !line.includes('ICC support is not available'));
    expect(own.filter((line) => /error|warning/i.test(line))).toEqual([]);
  });

  it('draws the same letters as the whole font would: no empty glyph among them', () => {
    const font = tinosRegular();
    for (const character of new Set(alphabet + alphabet.toUpperCase() + sentence)) {
      const glyph = font.glyphOf(character.codePointAt(0) ?? 0);
      expect([character, glyph > 0]).toEqual([character, true]);
      if (character !== ' ') expect([character, font.outlineOf(glyph).length > 0]).toEqual([character, true]);
    }
  });

  it('is small', () => {
    const objects: unknown[] = [];
    const writer = new RevisionWriter(readPdf(onePagePdf()));
    embedFont(
      (value) => {
        objects.push(value);
        return writer.add(value);
      },
      tinosRegular(),
      'Tinos',
      'Nguyễn Văn Thử',
    );
    const streams = objects.filter((value) => value instanceof PdfStream);
    const bytes = streams.reduce((sum, { data }) => sum + ('bytes' in data ? data.bytes.length : 0), 0);
    expect(bytes).toBeLessThan(16_000);
  });

  it('decomposed text is shown composed, and what the font lacks as a mark that is no empty box', () => {
    const writer = new RevisionWriter(readPdf(onePagePdf()));
    const font = embedFont(writer.add.bind(writer), tinosItalic(), 'Tinos-Italic', 'Nguyễn 漢😀\n');
    expect(font.encode('Nguyễn'.normalize('NFD')).bytes).toEqual(font.encode('Nguyễn').bytes);
    expect(font.encode('漢😀').bytes).toEqual(font.encode('\ufffd\ufffd').bytes);
    expect([...font.encode('漢\n').bytes].some((byte) => byte > 0)).toBe(true);
    expect(textWidth(tinosItalic(), 'Nguyễn'.normalize('NFD'))).toBe(textWidth(tinosItalic(), 'Nguyễn'));
  });

  it('the same characters in another file are the same bytes, made once', () => {
    const programs = ['Nguyễn Văn Thử', 'Thử Văn Nguyễn', 'Nguyễn Văn Thử'].map((text) => {
      const streams: Uint8Array[] = [];
      const writer = new RevisionWriter(readPdf(onePagePdf()));
      const add = (value: PdfObject) => {
        if (value instanceof PdfStream && 'bytes' in value.data) streams.push(value.data.bytes);
        return writer.add(value);
      };
      embedFont(add, tinosRegular(), 'Tinos', text);
      return streams;
    });
    expect(programs[0]).toHaveLength(2);
    for (const program of programs)
      expect(program.every((bytes, index) => bytes === programs[0]?.[index])).toBe(true);
  });

  it('an empty text embeds nothing but the missing glyph', () => {
    const writer = new RevisionWriter(readPdf(onePagePdf()));
    expect(embedFont(writer.add.bind(writer), tinosRegular(), 'Tinos', '').encode('').bytes).toHaveLength(0);
  });
});
