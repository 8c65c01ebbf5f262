import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import { onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { twoReadings } from '../unit/reading/two-readings.ts';
import { createAuthority, type TestAuthority } from '../unit/signing/software-key.ts';
import { antin } from './cli-call.ts';

/** What programs read differently: `antin sign` refuses it, and `antin verify` calls it valid by no means. */
const folder = scratchFolder();
/** One that no rule about a file's structure minds: what is refused here, the comparison refuses. */
const lying = 'an end of stream that is left out';
let authority: TestAuthority;
let draft = '';
let sound = '';

beforeAll(() => {
  authority = createAuthority(path.join(folder, 'pki'));
  draft = writeFile(folder, 'lying.pdf', twoReadings[lying] ?? Buffer.of());
  sound = writeFile(folder, 'sound.pdf', onePagePdf());
});

describe('a file with two readings', () => {
  it('is not signed, and the sound one beside it is', async () => {
    const { file, password } = authority.signer('P-256', 'Nguyễn Văn A').pkcs12();
    const out = path.join(folder, 'signed');
    mkdirSync(out);
    const key = ['--p12', file, '--p12-password-env', 'SECRET'];
    const call = ['sign', draft, sound, '--out', out, ...key, '--json'];
    const { code, json } = await antin(call, { env: { SECRET: password } });
    expect(code).toBe(1);
    expect(json).toMatchObject([
      { ok: false, error: { code: 'document-deceptive', params: { finding: 'reading-differs', page: 1 } } },
      { ok: true },
    ]);
    expect(existsSync(path.join(out, 'lying.pdf'))).toBe(false);
  });

  it('is not valid once somebody has signed it', async () => {
    const { signer } = authority.signer('P-256', 'Nguyễn Văn A');
    const signed = path.join(folder, 'lying-signed.pdf');
    await signPdf({ source: draft, target: signed, signer, stamp: { kind: 'plain' } });
    const call = ['verify', signed, '--trust', authority.caFile, '--offline', '--json'];
    const { code, json } = await antin(call);
    expect(code).toBe(2);
    expect(json).toMatchObject([
      {
        verdict: 'indeterminate',
        findings: expect.arrayContaining([expect.objectContaining({ code: 'reading-differs', page: 1 })]),
        signatures: [{ reasons: expect.arrayContaining(['file-deceptive']) }],
      },
    ]);
  });
});
