import { appendUpdate } from '../unit/verification/sample-pdf.ts';
import { append, bytes, closing, object, patch, placeOf, section, startXref, text } from './bytes.ts';
import { attacks, structural } from './case.ts';
import {
  catalog,
  forgedContent,
  forgedText,
  page,
  trueText,
  update,
  usualRefs,
  type Victim,
} from './victim.ts';

/**
 * Incremental saving ("1 Trillion Dollar Refund", 2019): signed bytes stay, what is appended redefines the page. The variants
 * leave out what a verifier looks for to notice an update.
 */
const forgedObject = object(4, forgedContent);

/** The signature copied behind the forgery, so that a verifier finds one at the file's very end. */
function copiedSignature(victim: Victim, byteRange?: string): string {
  const dictionary = /<< \/Type \/Sig [\s\S]*?>\s*>>/.exec(text(victim.signed))?.[0] ?? '';
  return byteRange === undefined ? dictionary : dictionary.replace(placeOf(victim.signed).range, byteRange);
}

const field = (value: string) =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (ky-21) /V ${value} /Rect [0 0 0 0] /P 3 0 R /F 132 >>`;

/** A cross-reference stream without compression: rows of type, place and zero. */
function xrefStream(
  number: number,
  entries: readonly (readonly [number, number, number, number])[],
  at: number,
  previous: number,
): string {
  const rows = [...entries, [number, 1, at, 0] as const];
  const data = rows.map(([, type, place, index]) => {
    const row = Buffer.alloc(7);
    row.writeUInt8(type, 0);
    row.writeUInt32BE(place, 1);
    row.writeUInt16BE(index, 5);
    return row.toString('latin1');
  });
  const index = rows.map(([own]) => `${own} 1`).join(' ');
  const dict = `/Type /XRef /Size 1000 /W [1 4 2] /Index [${index}] /Root 1 0 R /Prev ${previous} /Length ${7 * rows.length}`;
  return object(number, `<< ${dict} >>\nstream\n${data.join('')}\nendstream`);
}

/** An update by a cross-reference stream; object 4 stands plainly in it, or in an object stream. */
export function streamUpdate(file: Uint8Array, packed: boolean): Buffer {
  const start = file.length;
  // A stream can't stand inside an object stream; the page that leads to another one can.
  const body = packed
    ? object(60, forgedContent) +
      object(
        61,
        (() => {
          const inner = page(usualRefs, '/Contents 60 0 R /Resources << /Font << /F1 5 0 R >> >>');
          return `<< /Type /ObjStm /N 1 /First 4 /Length ${inner.length + 4} >>\nstream\n3 0 ${inner}\nendstream`;
        })(),
      )
    : forgedObject;
  const second = object(60, forgedContent).length;
  const rows: readonly (readonly [number, number, number, number])[] = packed
    ? [
        [3, 2, 61, 0],
        [60, 1, start, 0],
        [61, 1, start + second, 0],
      ]
    : [[4, 1, start, 0]];
  const at = start + body.length;
  return bytes(text(file) + body + xrefStream(62, rows, at, startXref(file)) + closing(at));
}

const complete = attacks({
  'a whole update': ({ signed }) => update(signed, { 4: forgedContent }),
  'a whole update of a certified file': ({ certified }) => update(certified[1], { 4: forgedContent }),
  'an update without %%EOF': ({ signed }) =>
    bytes(text(update(signed, { 4: forgedContent })).replace(/%%EOF\s*$/, '')),
  'a startxref of zero': ({ signed }) =>
    bytes(
      text(update(signed, { 4: forgedContent })).replace(
        /startxref\s+\d+\s+%%EOF\s*$/,
        'startxref\n0\n%%EOF\n',
      ),
    ),
  'the signature copied behind the forgery': (victim) =>
    update(victim.signed, { 4: forgedContent, 20: copiedSignature(victim) }),
  'the signature copied under another number': (victim) =>
    update(victim.signed, { 4: forgedContent, 30: copiedSignature(victim), 21: field('30 0 R') }),
  'the signature copied, claiming the whole file': (victim) => {
    const made = update(victim.signed, { 4: forgedContent, 20: copiedSignature(victim) });
    const { range, values } = placeOf(made);
    const at = text(made).lastIndexOf(placeOf(victim.signed).contents);
    const end = at + placeOf(victim.signed).contents.length;
    const claim = `[0 ${at} ${end} ${made.length - end}]`;
    return values[1] === at ? made : patch(made, range, claim);
  },
  'a chain that skips the signed revision': ({ signed }) => {
    const [first = ''] = [...text(signed).matchAll(/startxref\s+(\d+)/g)].map((match) => match[1] ?? '');
    const made = text(appendUpdate(signed, { 4: forgedContent }));
    return bytes(
      made.replace(
        new RegExp(`/Prev ${startXref(signed)}(?![sS]*/Prev ${startXref(signed)})`),
        `/Prev ${first}`,
      ),
    );
  },
  'a chain that skips the signed revision and brings its signature along': (victim) => {
    const { signed } = victim;
    const [first = ''] = [...text(signed).matchAll(/startxref\s+(\d+)/g)].map((match) => match[1] ?? '');
    const places = {
      20: text(signed).indexOf('20 0 obj'),
      21: text(signed).indexOf('21 0 obj'),
      4: signed.length + 1,
    };
    return append(signed, `\n${forgedObject}${object(1, catalog())}${object(3, page())}`, (at) =>
      section(
        {
          ...places,
          4: at + 1,
          1: at + 1 + forgedObject.length,
          3: at + 1 + forgedObject.length + object(1, catalog()).length,
        },
        Number(first),
      ),
    );
  },
  'an update by a cross-reference stream': ({ signed }) => streamUpdate(signed, false),
  'an update by an object stream': ({ signed }) => streamUpdate(signed, true),
  'a new root with a page of its own': ({ signed }) =>
    update(
      signed,
      {
        30: catalog('/Pages 31 0 R').replace('/Pages 2 0 R ', ''),
        31: '<< /Type /Pages /Kids [32 0 R] /Count 1 >>',
        32: page(usualRefs).replace('/Contents 4', '/Contents 33').replace('2 0 R', '31 0 R'),
        33: forgedContent,
      },
      { root: '30 0 R' },
    ),
  'bytes changed in place and the old ones appended as a comment': ({ signed }) =>
    bytes(`${text(patch(signed, trueText, forgedText))}%${trueText}\n`),
  'two updates, the second without a word of the first': ({ signed }) =>
    update(update(signed, { 4: forgedContent }), { 90: '(x)' }),
});

/** Left so incomplete that only a viewer which repairs files shows them. */
const incomplete = structural({
  'objects without cross-reference and trailer': ({ signed }) => bytes(text(signed) + forgedObject),
  'objects and a trailer, no cross-reference': ({ signed }) =>
    bytes(`${text(signed)}${forgedObject}trailer\n<< /Root 1 0 R /Size 1000 >>\n`),
  'objects, trailer and the old startxref': ({ signed }) =>
    bytes(
      `${text(signed)}${forgedObject}trailer\n<< /Root 1 0 R /Size 1000 >>\n${closing(startXref(signed))}`,
    ),
  'a cross-reference without a trailer': ({ signed }) =>
    bytes(`${text(signed)}${forgedObject}xref\n4 1\n${String(signed.length).padStart(10, '0')} 00000 n \n`),
  'an update without startxref': ({ signed }) =>
    bytes(text(update(signed, { 4: forgedContent })).replace(/startxref\s+\d+\s+%%EOF\s*$/, '')),
  'another file behind the signed one': ({ signed }) =>
    Buffer.concat([signed, patch(signed, trueText, forgedText)]),
  'another unsigned file behind the signed one': (victim) => {
    const unsigned = text(victim.signed).split('%%EOF')[0] ?? '';
    return Buffer.concat([victim.signed, patch(bytes(`${unsigned}%%EOF\n`), trueText, forgedText)]);
  },
});

export const incrementalSaving = [...complete, ...incomplete];
