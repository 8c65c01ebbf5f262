import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { Signer } from '../../native/signing/signer.ts';
import { verifyPdf } from '../../native/verification/index.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority } from '../unit/signing/software-key.ts';
import { oddFiles } from './odd-files.ts';
import { oddPages } from './odd-pages.ts';
import { pdfsig, trustDatabase } from './signing-judges.ts';

/** What viewers open can be signed twice over and verified, by us and by poppler. */

const folder = scratchFolder();
let signer: Signer;
let trust: string;

beforeAll(() => {
  const authority = createAuthority(path.join(folder, 'pki'));
  signer = authority.signer('P-256', 'Nguyễn Văn Ký').signer;
  trust = trustDatabase(folder, authority.caFile);
});

const files = { ...oddFiles, ...oddPages };

describe('odd files', () => {
  it.each(Object.keys(files))('%s', async (name) => {
    const { bytes, recovered = false } = files[name] ?? { bytes: Buffer.of() };
    const source = writeFile(folder, 'odd.pdf', bytes);
    const [once, twice] = [path.join(folder, 'odd-1.pdf'), path.join(folder, 'odd-2.pdf')];
    const shown = { kind: 'plain', box: { x: 20, y: 20, width: 60, height: 20 } } as const;
    const first = await signPdf({ source, target: once, signer, stamp: shown, replace: true });
    const again = { kind: 'plain', box: { x: 100, y: 20, width: 60, height: 20 } } as const;
    const second = await signPdf({ source: once, target: twice, signer, stamp: again, replace: true });
    expect([first.recovered, second.recovered]).toEqual([recovered, false]);
    expect(readFileSync(twice).subarray(0, bytes.length).equals(bytes)).toBe(true);

    const report = await verifyPdf(twice, { anchors: signer.chain.slice(-1), offline: true });
    expect(
      report.signatures.map(({ intact, coverage, changesAfter }) => [intact, coverage, changesAfter]),
    ).toEqual([
      [true, 'revision', 'formFilling'],
      [true, 'file', 'none'],
    ]);
    expect(pdfsig(twice, trust).map(({ valid, whole }) => [valid, whole])).toEqual([
      [true, false],
      [true, true],
    ]);
  });
});
