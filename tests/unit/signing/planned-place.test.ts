import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { formFieldNames } from '../../../contract/document.ts';
import { type PlaceRequest, plannedPlace } from '../../../native/signing/planned-place.ts';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import { draw } from '../../lab/typst.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { layout } from './layouts.ts';
import { seenFields } from './page-judge.ts';
import { createAuthority, type TestKey } from './software-key.ts';

/** What the window shows before a signature is what the signature then does. */
const folder = scratchFolder();
let key: TestKey;
let image: Uint8Array;
let draft = '';
let count = 0;

beforeAll(async () => {
  key = createAuthority(path.join(folder, 'pki')).signer('P-256', 'Nguyễn Văn Thử');
  image = readFileSync(await draw('images/approval.typ', path.join(folder, 'approval')));
  const blocks = [{ position: ['GIÁM ĐỐC'], name: 'Nguyễn Văn Thử' }];
  draft = writeFile(folder, 'draft.pdf', layout({ blocks }));
});

const planned = (source: string, stamp: PlaceRequest['stamp']) =>
  plannedPlace({ source, stamp, certificate: key.signer.certificate });

async function signed(source: string, stamp: PlaceRequest['stamp']): Promise<string> {
  const target = path.join(folder, `signed-${++count}.pdf`);
  await signPdf({ source, target, signer: key.signer, stamp });
  return target;
}

test('the place that the rules give, to the tenth of a millimetre; nothing is written', async () => {
  const before = readFileSync(draft);
  const place = planned(draft, { kind: 'approval', image });
  expect(readFileSync(draft).equals(before)).toBe(true);
  const field = seenFields(await signed(draft, { kind: 'approval', image })).get(formFieldNames.approval);
  expect(place).toMatchObject({ page: field?.page, isFixed: false });
  for (const side of ['x', 'y', 'width', 'height'] as const) {
    expect(place.box[side]).toBeCloseTo(field?.box[side] ?? Number.NaN, 1);
  }
  expect(place.pageSize.width).toBeCloseTo(210, 0);
});

test('a place that somebody gives is the place', async () => {
  const stamp = { kind: 'approval', image, page: 1, box: { x: 20, y: 30, width: 40, height: 15 } } as const;
  expect(planned(draft, stamp)).toMatchObject({ page: 1, box: stamp.box, isFixed: false });
  const field = seenFields(await signed(draft, stamp)).get(formFieldNames.approval);
  expect(field?.box.x).toBeCloseTo(20, 1);
});

test('the seal’s place was prepared by the approval, and stays', async () => {
  const approved = await signed(draft, { kind: 'approval', image });
  const stamp = { kind: 'seal', page: 1, box: { x: 20, y: 30, width: 40, height: 15 } } as const;
  const place = planned(approved, stamp);
  const field = seenFields(approved).get(formFieldNames.seal);
  expect(place).toMatchObject({ page: field?.page, isFixed: true });
  expect(place.box.x).toBeCloseTo(field?.box.x ?? Number.NaN, 1);
});

test('a page that isn’t there is said', () => {
  const stamp = { kind: 'approval', page: 9, box: { x: 20, y: 30, width: 40, height: 15 } } as const;
  expect(() => planned(draft, stamp)).toThrow(expect.objectContaining({ code: 'pdf-page-missing' }));
});
