import { stream } from '../unit/verification/sample-pdf.ts';
import { attacks } from './case.ts';
import { coverStream, docMdp, trueText, update, type Victim, wordsRect } from './victim.ts';

/** A signature laid over words that are written in a way in which verifiers may lose sight of them. */
const covered =
  (content: string, fonts: string, more: Readonly<Record<number, string>> = {}) =>
  (victim: Victim) => {
    const pageEntries = `/Contents 4 0 R /Resources << /Font << /F1 5 0 R ${fonts} >> >>`;
    const catalogEntries = '/Perms << /DocMDP 20 0 R >>';
    const objects = { 4: stream(`BT ${content} ET`), 9: 'null', ...more };
    const signed = victim.sign(objects, { pageEntries, catalogEntries, dictEntries: docMdp(2) });
    return victim.signAgain(update(signed, { 31: coverStream() }), {
      pageEntries,
      catalogEntries,
      rect: wordsRect,
      fieldEntries: '/AP << /N 31 0 R >>',
    });
  };

const spaced = [...trueText].map((letter) => `(${letter}) Tj 9 0 Td`).join(' ');
const helvetica = (widths: string) =>
  `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding ${widths} >>`;
const japanese = {
  10: '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiMin-W3 /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>',
};
const composite = (encoding: string) =>
  `<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3 /Encoding ${encoding} /DescendantFonts [10 0 R] >>`;
const shortCodes = stream(
  '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Ngan def 1 begincodespacerange <00> <ff> endcodespacerange 1 begincidrange <20> <7e> 1 endcidrange endcmap',
  '/Type /CMap /CMapName /Ngan /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >>',
);

export const wordsElsewhere = attacks({
  'a signature over words in a font that isn’t there': covered(`/F9 14 Tf 72 720 Td (${trueText}) Tj`, ''),
  'a signature over words without widths': covered(`/F9 14 Tf 72 720 Td ${spaced}`, '/F9 9 0 R', {
    9: helvetica('/FirstChar 32 /LastChar 33 /Widths [278 278]'),
  }),
  'a signature over words of widths below nothing': covered(`/F9 14 Tf 72 720 Td ${spaced}`, '/F9 9 0 R', {
    9: helvetica(`/FirstChar 32 /LastChar 126 /Widths [${'-500 '.repeat(95)}]`),
  }),
  'a signature over mirrored words': covered(`/F1 14 Tf -100 Tz -1 0 0 1 72 720 Tm (${trueText}) Tj`, ''),
  'a signature over words from top to bottom': covered('/F9 14 Tf 72 735 Td <00430068> Tj', '/F9 9 0 R', {
    9: composite('/UniJIS-UCS2-V'),
    ...japanese,
  }),
  'a signature over words of short codes': covered(`/F9 14 Tf 72 720 Td ${spaced}`, '/F9 9 0 R', {
    9: composite('11 0 R'),
    11: shortCodes,
    ...japanese,
  }),
});
