import { expect, test } from 'vitest';
import { MemorySource } from '../../../../native/pdf/byte-source.ts';
import { PdfDocument } from '../../../../native/pdf/document.ts';
import { pages } from '../../../../native/pdf/page.ts';
import { readPrinted } from '../../../../native/verification/printed/printed-facts.ts';
import { seenText } from '../../../../native/verification/printed/seen-text.ts';
import { samplePdf, stream } from '../sample-pdf.ts';

const helvetica = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';

/** A page of that content, with two layers (`/On`, `/Off`), a form of the second, and whatever else. */
function document(
  content: string,
  { annotations = '', font = helvetica, more = [] as string[] } = {},
): PdfDocument {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [6 0 R 7 0 R] /D << /OFF [7 0 R] >> >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [${annotations}] /Resources <<
      /Font << /F1 5 0 R >> /Properties << /On 6 0 R /Off 7 0 R /Both 8 0 R >> /XObject << /X 9 0 R >> >> >>`,
    stream(content),
    font,
    '<< /Type /OCG /Name (on) >>',
    '<< /Type /OCG /Name (off) >>',
    '<< /Type /OCMD /OCGs [6 0 R 7 0 R] >>',
    stream(
      'BT /F1 12 Tf 72 500 Td (form) Tj ET',
      '/Type /XObject /Subtype /Form /BBox [0 0 595 842] /OC 7 0 R',
    ),
    ...more,
  ];
  return PdfDocument.read(new MemorySource(samplePdf(objects)), { lenient: true });
}

function seen(...args: Parameters<typeof document>): string {
  const one = document(...args);
  const [page] = pages(one);
  if (!page) throw new Error('no page');
  return (seenText(one, page) ?? []).map(({ text }) => text).join('');
}

const text = (words: string, before = '') => `BT ${before} /F1 12 Tf 72 700 Td (${words}) Tj ET `;

test.each([
  ['plain', text('seen'), 'seen'],
  ['outlined', text('seen', '1 Tr'), 'seen'],
  ['without ink', text('no', '3 Tr'), ''],
  ['only cut out', text('no', '7 Tr'), ''],
  ['in a layer that is on', `/OC /On BDC ${text('seen')} EMC`, 'seen'],
  ['in a layer that is off', `/OC /Off BDC ${text('no')} EMC`, ''],
  [
    'in such a layer, with other marks inside',
    `/OC /Off BDC /P BMC EMC ${text('no')} EMC ${text('seen')}`,
    'seen',
  ],
  ['bound to a layer that is on and one that is off', `/OC /Both BDC ${text('no')} EMC`, ''],
  ['in a form of a layer that is off', '/X Do', ''],
  ['in yellow', text('no', '1 1 0 rg'), ''],
  ['in red', text('seen', '1 0 0 rg'), 'seen'],
  ['under a box that is drawn later', `${text('no')} 1 g 60 690 200 30 re f`, ''],
  ['over a box that was drawn before', `0.9 g 60 690 200 30 re f 0 g ${text('seen')}`, 'seen'],
  ['under a box elsewhere', `${text('seen')} 1 g 300 690 200 30 re f`, 'seen'],
  ['printed twice to look bold', text('xx') + text('xx'), 'xxxx'],
  ['under a box, written again over it', `${text('no')} 1 g 60 690 200 30 re f 0 g ${text('seen')}`, 'seen'],
])('text %s', (_, content, expected) => {
  expect(seen(content)).toBe(expected);
});

test('text of annotations counts where they show, and covers what lies below', () => {
  const look = stream(
    'BT /F1 12 Tf 2 5 Td (over) Tj ET',
    '/Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F1 5 0 R >> >>',
  );
  const widget = (flags: number, more = '') =>
    `<< /Type /Annot /Subtype /Widget /Rect [72 600 172 620] /F ${flags} /AP << /N 10 0 R >> ${more} >>`;
  const shown = (flags: number, more?: string) =>
    seen(text('page'), { annotations: '11 0 R', more: [look, widget(flags, more)] });
  expect([shown(4), shown(2), shown(32), shown(4, '/OC 7 0 R')]).toEqual([
    'pageover',
    'page',
    'page',
    'page',
  ]);
  const box = stream('1 g 0 0 200 40 re f', '/Subtype /Form /BBox [0 0 200 40]');
  const cover = '<< /Type /Annot /Subtype /Stamp /Rect [60 690 260 730] /F 4 /AP << /N 10 0 R >> >>';
  expect(seen(text('page'), { annotations: '11 0 R', more: [box, cover] })).toBe('');
});

test('letters of fonts from before Unicode are unknown, not taken for others', () => {
  const font = '<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+.VnTimeH >>';
  expect(seen(text('Bé'), { font })).toBe('\ufffd\ufffd');
});

test('a page that asks too much is not readable, in no time', () => {
  const started = process.cpuUsage();
  const rules = Array.from({ length: 20_000 }, (_, index) => `0 ${index % 800} 595 1 re f`).join(' ');
  expect(readPrinted(document(text('x'.repeat(200)).repeat(300) + rules)).readable).toBe(false);
  expect(readPrinted(document('q '.repeat(200_000))).readable).toBe(false);
  expect(process.cpuUsage(started).user).toBeLessThan(10_000_000);
});
