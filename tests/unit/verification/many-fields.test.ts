import { expect, it } from 'vitest';
import { verifyPdf } from '../../../native/verification/index.ts';
import { catalog, checkBox, textField, update, victimObjects } from '../../attacks/victim.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { appendUpdates, samplePdf } from './sample-pdf.ts';

/** Every revision may show signatures of its own, so that each one's fields are looked at; those that leave the form alone cost nothing. */
const folder = scratchFolder();
const first = 30;

function formOf(fields: number): Buffer {
  const numbers = Array.from({ length: fields }, (_, index) => first + index);
  const refs = numbers.map((number) => `${number} 0 R`).join(' ');
  const own = Object.fromEntries(numbers.map((number) => [number, textField()]));
  return samplePdf(victimObjects({ 1: catalog('', refs), ...own }));
}

function verify(file: Uint8Array) {
  return verifyPdf(writeFile(folder, 'many.pdf', file), { anchors: [], offline: true });
}

it('reads a large form with a long history that leaves it alone', async () => {
  const file = appendUpdates(formOf(5000), 900, (count) => ({ 6000: `(${count})` }));
  expect(await verify(file)).toMatchObject({ verdict: 'unsigned' });
}, 20_000);

it('reads a form that is filled field by field', async () => {
  const file = appendUpdates(formOf(100), 100, (count) => ({ [first + count]: textField('/V (1)') }));
  expect(await verify(file)).toMatchObject({ verdict: 'unsigned' });
}, 20_000);

it('doesn’t read a large form anew for each of many updates that touch it', async () => {
  const file = appendUpdates(formOf(2000), 400, () => ({ [first]: checkBox() }));
  expect(await verify(file)).toMatchObject({ verdict: 'unreadable', failure: 'pdf-too-complex' });
}, 20_000);

it('finds a signature that a form had only between two updates', async () => {
  const signature = '<< /Type /Sig /ByteRange [0 0 0 0] /Contents <00> >>';
  const field = '<< /FT /Sig /T (ky) /V 900 0 R >>';
  let file: Buffer = appendUpdates(formOf(20), 10, (count) => ({ 6000: `(${count})` }));
  file = update(file, { [first]: field, 900: signature });
  file = appendUpdates(file, 10, (count) => ({ 6000: `(${count})` }));
  file = update(file, { [first]: textField() });
  file = appendUpdates(file, 10, (count) => ({ 6000: `(${count})` }));
  expect(await verify(file)).toMatchObject({
    verdict: 'invalid',
    signatures: [{ field: 'ky', reasons: expect.arrayContaining(['changed-after-signing']) }],
  });
});
