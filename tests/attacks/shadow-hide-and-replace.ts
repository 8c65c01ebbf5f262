import { stream } from '../unit/verification/sample-pdf.ts';
import { append, bytes, closing, object, section, startXref, text } from './bytes.ts';
import { attacks } from './case.ts';
import {
  catalog,
  forgedContent,
  forgedText,
  line,
  page,
  resources,
  update,
  usualRefs,
  type Victim,
} from './victim.ts';

/**
 * Shadow attacks, "hide and replace" (NDSS 2021): the signed bytes hold a second document that nothing refers to; an update of a
 * few references, without a new object, makes it the one that people see.
 */
const otherPage = page(usualRefs, `/Contents 43 0 R ${resources}`);
const shadow = {
  40: catalog().replace('/Pages 2 0 R', '/Pages 41 0 R'),
  41: '<< /Type /Pages /Kids [42 0 R] /Count 1 >>',
  42: otherPage.replace('/Parent 2 0 R', '/Parent 41 0 R'),
  43: forgedContent,
} as const;

/** The victim's file, with `hidden` in its signed bytes where no cross-reference knows of it. */
function withHidden(victim: Victim, hidden: string): { file: Buffer; at: number } {
  const file = victim.sign({ 50: stream(`\n${hidden}\n`) });
  return { file, at: file.indexOf(hidden) };
}

const forgedObject = object(4, forgedContent);

export const shadowHideAndReplace = attacks({
  'another root': (victim) => {
    const signed = victim.sign(shadow);
    return append(signed, '', () => section({}, startXref(signed), '', '40 0 R'));
  },
  'another page tree at the root': (victim) => update(victim.sign(shadow), { 1: shadow[40] }),
  'another page in the tree': (victim) =>
    update(victim.sign(shadow), { 2: '<< /Type /Pages /Kids [42 0 R] /Count 1 >>' }),
  'another page before the signed one': (victim) =>
    update(victim.sign(shadow), { 2: '<< /Type /Pages /Kids [42 0 R 3 0 R] /Count 2 >>' }),
  'other content on the page': (victim) => update(victim.sign(shadow), { 3: otherPage }),
  'a cross-reference alone, to an object hidden in a stream': (victim) => {
    const { file, at } = withHidden(victim, forgedObject);
    return append(file, '', () => section({ 4: at }, startXref(file)));
  },
  'a cross-reference alone, to the same number given twice': (victim) => {
    // The victim's own writer left an older object 4 behind; only its number counts.
    const { file, at } = withHidden(victim, `${object(49, '(x)')}${forgedObject}`);
    const place = at + object(49, '(x)').length;
    return append(file, '', () => section({ 4: place }, startXref(file)));
  },
  'a cross-reference alone, its entry as a stream’s': (victim) => {
    const { file, at } = withHidden(victim, forgedObject);
    const start = file.length;
    const row = Buffer.alloc(12);
    row.writeUInt8(1, 0);
    row.writeUInt32BE(at, 1);
    row.writeUInt8(1, 6);
    row.writeUInt32BE(start, 7);
    const dict = `/Type /XRef /Size 1000 /W [1 4 1] /Index [4 1 62 1] /Root 1 0 R /Prev ${startXref(file)} /Length 12`;
    return bytes(
      `${text(file)}62 0 obj\n<< ${dict} >>\nstream\n${row.toString('latin1')}\nendstream\nendobj\n${closing(start)}`,
    );
  },
  'startxref alone, to a cross-reference hidden in a stream': (victim) => {
    // Everything is in the signed bytes; what is appended is one number.
    const probe = withHidden(victim, `${forgedObject}${section({ 4: 1234567890 }, 1234567890)}`);
    const { file, at } = withHidden(
      victim,
      `${forgedObject}${section({ 4: probe.at }, startXref(probe.file))}`.padEnd(
        `${forgedObject}${section({ 4: 1234567890 }, 1234567890)}`.length,
      ),
    );
    return bytes(text(file) + closing(at + forgedObject.length));
  },
  'an object stream that was signed, its objects brought to light': (victim) => {
    const inner = otherPage.replace('43 0 R', '4 0 R');
    const packed = `<< /Type /ObjStm /N 1 /First 4 /Length ${inner.length + 60} >>\nstream\n3 0 ${inner.replace('/Contents 4 0 R', '/Contents 43 0 R')}`;
    const signed = victim.sign({
      43: forgedContent,
      45: `${packed.padEnd(packed.indexOf('stream\n') + 7 + inner.length + 60)}\nendstream`,
    });
    const start = signed.length;
    const row = Buffer.alloc(12);
    row.writeUInt8(2, 0);
    row.writeUInt32BE(45, 1);
    row.writeUInt8(1, 6);
    row.writeUInt32BE(start, 7);
    const dict = `/Type /XRef /Size 1000 /W [1 4 1] /Index [3 1 62 1] /Root 1 0 R /Prev ${startXref(signed)} /Length 12`;
    return bytes(
      `${text(signed)}62 0 obj\n<< ${dict} >>\nstream\n${row.toString('latin1')}\nendstream\nendobj\n${closing(start)}`,
    );
  },
  'a free object taken out of the list of free ones': (victim) => {
    const entries = `/Contents [4 0 R 43 0 R] ${resources}`;
    const over = stream(`1 g 70 715 160 20 re f 0 g ${line(forgedText)}`);
    const prepared = victim.sign(
      { 3: page('6 0 R 7 0 R 8 0 R', entries), 43: over },
      { pageEntries: entries },
    );
    const at = prepared.indexOf('43 0 obj');
    // The victim's cross-reference calls it free; one that signs a file with loose references sees nothing of it.
    const freed = append(prepared, '', () => section({ 43: 'free' }, startXref(prepared)));
    const signed = victim.signAgain(freed, { pageEntries: entries });
    return append(signed, '', () => section({ 43: at }, startXref(signed)));
  },
  'a reference that led nowhere gets its object': (victim) => {
    const entries = `/Contents [4 0 R 77 0 R] ${resources}`;
    const signed = victim.sign({ 3: page('6 0 R 7 0 R 8 0 R', entries) }, { pageEntries: entries });
    return update(signed, { 77: stream(`1 g 70 715 160 20 re f 0 g ${line(forgedText)}`) });
  },
});
