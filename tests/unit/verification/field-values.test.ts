import { expect, test } from 'vitest';
import { formFieldNames, referenceNumber } from '../../../contract/document.ts';
import { readFieldValues } from '../../../native/verification/index.ts';
import { bearsReference } from '../../../server/printed-reference.ts';
import { catalog, update, victimObjects } from '../../attacks/victim.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { samplePdf } from './sample-pdf.ts';

const folder = scratchFolder();
const field = (value: string) =>
  `<< /Type /Annot /Subtype /Widget /FT /Tx /T (${formFieldNames.number}) /V (${value}) /Rect [0 0 9 9] /P 3 0 R >>`;
const reference = referenceNumber.parse({ number: 5, code: '05/QĐ-SKHCN', date: '2026-11-22' });

test.each([
  [['05', '05'], true],
  [['06', '05'], false],
  [['05', '06'], false],
])('number fields of one name that say %j', async (values, bears) => {
  const objects = Object.fromEntries(values.map((value, index) => [30 + index, field(value)]));
  const file = update(samplePdf(victimObjects({ 1: catalog('', '30 0 R 31 0 R'), ...objects })), {});
  const found = await readFieldValues(writeFile(folder, 'twice.pdf', file));
  expect(bearsReference(found, reference)).toBe(bears);
});
