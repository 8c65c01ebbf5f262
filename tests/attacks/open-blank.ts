import { formFieldNames } from '../../contract/document.ts';
import { MemorySource } from '../../native/pdf/byte-source.ts';
import { PdfDocument } from '../../native/pdf/document.ts';
import { serialize } from '../../native/pdf/serializer.ts';
import { approvalLock } from '../../native/signing/approval-lock.ts';
import { fieldMdpReference } from '../../native/signing/field-lock.ts';
import { samplePdf, stream } from '../unit/verification/sample-pdf.ts';
import { type Attack, structural } from './case.ts';
import {
  catalog,
  checkBox,
  choice,
  resources,
  textField,
  update,
  type Victim,
  victimObjects,
} from './victim.ts';

/**
 * Blanks of a form that somebody fills between the leader's approval and the agency's seal. The approval locks what
 * our own signing would have it lock; without that lock each of these files is valid, which
 * tests/conformance/approval-lock.test.ts proves.
 */
interface Blank {
  /** The draft's objects, by number; field 6 is the number's. */
  readonly draft?: Readonly<Record<number, string>>;
  /** Its fields; the usual three where it has no more. */
  readonly fields?: readonly number[];
  readonly fill: (approved: Buffer, victim: Victim, fields: readonly number[]) => Buffer;
}

const named = (field: string, name: string) => field.replace(/\/T \([^)]*\)/, `/T ${name}`);
const number = (entries = '') => named(textField(entries), `(${formFieldNames.number})`);
const note = (name: string, entries = '', rect = '[72 480 200 500]') => named(textField(entries, rect), name);
const usual = [6, 7, 8];
/** "Số văn bản", as the verdict calls the number's field. */
const asCalled = '<FEFF00531ED1002000760103006E002000621EA3006E>';

const mark = stream('0 0 20 20 re f', `/Type /XObject /Subtype /Form /BBox [0 0 20 20] ${resources}`);
const empty = stream('', `/Type /XObject /Subtype /Form /BBox [0 0 20 20] ${resources}`);
const marks = '/AP << /N << /Yes 30 0 R /Off 31 0 R >> >>';

/** Another text field of that name, filled. */
const text = (name: string): Blank => ({
  draft: { 9: note(name) },
  fields: [...usual, 9],
  fill: (approved) => update(approved, { 9: note(name, '/V (95)') }),
});

const second = '<< /Type /Annot /Subtype /Widget /FT /Sig /T (ky-2) /Rect [0 0 0 0] /P 3 0 R /F 132 >>';

const blanks: Readonly<Record<string, Blank>> = {
  'a text field': text('(ghi-chu)'),
  'a text field whose name begins as the number’s': text('(antin-number-2)'),
  'a text field whose name is a part of the number’s': text('(antin)'),
  'a text field that is called as people call the number': {
    ...text(asCalled),
    fill: (approved) => update(approved, { 6: number('/V (05)'), 9: note(asCalled, '/V (95)') }),
  },
  'a text field without a name': {
    draft: { 9: note('()') },
    fields: [...usual, 9],
    fill: (approved) => update(approved, { 9: note('()', '/V (95)') }),
  },
  'a check box': {
    draft: { 7: checkBox(`/AS /Off ${marks}`), 30: mark, 31: empty },
    fill: (approved) => update(approved, { 7: checkBox(`/AS /Yes /V /Yes ${marks}`) }),
  },
  'a choice': { fill: (approved) => update(approved, { 8: choice('/V (Huyen)') }) },
  'another signature’s field': {
    draft: { 9: second },
    fields: [...usual, 9],
    fill: (approved, victim, fields) =>
      victim.signAgain(approved, { numbers: [22, 9], name: 'ky-2', fields: [...fields, 21] }),
  },
  'a field below another': {
    draft: {
      9: '<< /T (muc) /FT /Tx /Kids [10 0 R] >>',
      10: note('(gia)', '/Parent 9 0 R'),
    },
    fields: [...usual, 9],
    fill: (approved) => update(approved, { 10: note('(gia)', '/Parent 9 0 R /V (95)') }),
  },
  'a field of two boxes': {
    draft: {
      9: '<< /T (muc) /FT /Tx /Kids [10 0 R 11 0 R] /DA (/F1 12 Tf 0 g) >>',
      10: box('[72 480 200 500]'),
      11: box('[72 440 200 460]'),
    },
    fields: [...usual, 9],
    fill: (approved) =>
      update(approved, { 9: '<< /T (muc) /FT /Tx /Kids [10 0 R 11 0 R] /DA (/F1 12 Tf 0 g) /V (95) >>' }),
  },
  'the number and beside it another field': {
    ...text('(ghi-chu)'),
    fill: (approved) => update(approved, { 6: number('/V (05)'), 9: note('(ghi-chu)', '/V (95)') }),
  },
};

function box(rect: string): string {
  return `<< /Type /Annot /Subtype /Widget /Rect ${rect} /P 3 0 R /F 4 /Parent 9 0 R /DA (/F1 12 Tf 0 g) >>`;
}

/** What our own approval of this draft would lock, as an entry of its signature. */
function lockOf(draft: Readonly<Record<number, string>>, fields: readonly number[]): string {
  const refs = fields.map((one) => `${one} 0 R`).join(' ');
  const bytes = samplePdf(victimObjects({ ...draft, 1: catalog('', refs) }));
  const document = PdfDocument.read(new MemorySource(bytes));
  try {
    const lock = approvalLock(document, formFieldNames.approval);
    if (!lock || !document.catalogRef) throw new Error('nothing to lock');
    return `/Reference [${Buffer.from(serialize(fieldMdpReference(lock, document.catalogRef))).toString('latin1')}]`;
  } finally {
    document.close();
  }
}

function make({ draft = {}, fields = usual, fill }: Blank, isLocked: boolean): Attack['make'] {
  const objects = { 6: number(), ...draft };
  return (victim) => {
    const lock = isLocked ? { dictEntries: lockOf(objects, fields) } : {};
    const approved = victim.sign(objects, {
      ...lock,
      name: formFieldNames.approval,
      fields: [...fields, 21],
    });
    return fill(approved, victim, fields);
  };
}

const table = (isLocked: boolean) =>
  Object.fromEntries(Object.entries(blanks).map(([name, blank]) => [name, make(blank, isLocked)]));

export const openBlanks = structural(table(true));

/** The same files, approved as an approval was before it locked anything. */
export const blanksWithoutLock = structural(table(false));
