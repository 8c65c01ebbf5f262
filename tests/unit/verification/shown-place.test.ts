import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import { verifyPdf } from '../../../native/verification/index.ts';
import { onePagePdf } from '../pdf/handmade-pdf.ts';
import { scratchFolder } from '../pdf/scratch.ts';
import { createAuthority } from '../signing/software-key.ts';

const folder = scratchFolder();
const box = { x: 20, y: 30, width: 60, height: 25 };
let signer: Signer;

beforeAll(() => {
  signer = createAuthority(join(folder, 'pki')).signer('RSA-2048', 'Nguyễn Văn Thử').signer;
});

/** Where a page's signature is found, put there as a person sees the page. */
async function placeOn(page: string, stamp: { box?: typeof box }) {
  const source = join(folder, 'page.pdf');
  const target = join(folder, 'signed.pdf');
  writeFileSync(source, onePagePdf({ page }));
  await signPdf({ source, target, signer, stamp: { kind: 'plain', ...stamp }, replace: true });
  const { signatures } = await verifyPdf(target, { anchors: [], offline: true });
  return signatures[0]?.place;
}

test.each([
  ['/MediaBox[0 0 595 842]', 210, 297],
  ['/MediaBox[0 0 595 842]/Rotate 90', 297, 210],
  ['/MediaBox[0 0 595 842]/Rotate 180', 210, 297],
  ['/MediaBox[0 0 595 842]/Rotate 270', 297, 210],
  ['/MediaBox[-100 -50 695 892]/CropBox[0 0 595 842]', 210, 297],
])('%s: as it is seen, from the top left corner', async (page, width, height) => {
  const place = await placeOn(page, { box });
  expect(place?.page).toBe(1);
  expect(place?.pageSize.width).toBeCloseTo(width, 0);
  expect(place?.pageSize.height).toBeCloseTo(height, 0);
  for (const side of ['x', 'y', 'width', 'height'] as const)
    expect(place?.box[side]).toBeCloseTo(box[side], 1);
});

test('one that nobody sees has no place', async () => {
  expect(await placeOn('/MediaBox[0 0 595 842]', {})).toBeNull();
});
