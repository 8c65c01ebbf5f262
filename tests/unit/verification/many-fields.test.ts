import { expect, it } from 'vitest';
import { verifyPdf } from '../../../native/verification/index.ts';
import { catalog, textField, update, victimObjects } from '../../attacks/victim.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { samplePdf } from './sample-pdf.ts';

/** Every revision may show signatures of its own, so that each one's fields are looked at: many times many is too many. */
const folder = scratchFolder();
const first = 30;

async function verify(fields: number, updates: number) {
  const numbers = Array.from({ length: fields }, (_, index) => first + index);
  const refs = numbers.map((number) => `${number} 0 R`).join(' ');
  const own = Object.fromEntries(numbers.map((number) => [number, textField()]));
  let file: Buffer = samplePdf(victimObjects({ 1: catalog('', refs), ...own }));
  for (let count = 0; count < updates; count++) file = update(file, { 900: `(${count})` });
  return verifyPdf(writeFile(folder, 'many.pdf', file), { anchors: [], offline: true });
}

it('reads a large form and a long history, but not both at once', async () => {
  expect(await verify(1000, 3)).toMatchObject({ verdict: 'unsigned' });
  expect(await verify(10, 40)).toMatchObject({ verdict: 'unsigned' });
  expect(await verify(1000, 70)).toMatchObject({ verdict: 'unreadable', failure: 'pdf-too-complex' });
});
