import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import { officialDocument } from '../unit/pdf/official-document.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority } from '../unit/signing/software-key.ts';

const desk = fileURLToPath(new URL('damaged-files-desk.ts', import.meta.url));
const folder = scratchFolder();
const runs = 150;
/** Of processor time, which a busy machine doesn't lengthen. */
const cpuMsPerFile = 2000;
const memoryMb = 300;

it('however a file is damaged: opened, signed and verified within two seconds and 300 MB', {
  timeout: 180_000,
}, async () => {
  const key = createAuthority(path.join(folder, 'pki')).signer('P-256', 'Nguyễn Văn Ký');
  const { file, password } = key.pkcs12();
  copyFileSync(file, path.join(folder, 'key.p12'));
  const plain = writeFile(folder, 'plain.pdf', officialDocument());
  const made = (name: string, ...options: string[]) => {
    const target = path.join(folder, name);
    execFileSync('qpdf', ['--allow-weak-crypto', ...options, plain, target]);
    return target;
  };
  const signedTwice = path.join(folder, 'signed-2.pdf');
  const signedOnce = path.join(folder, 'signed-1.pdf');
  await signPdf({ source: plain, target: signedOnce, signer: key.signer, stamp: { kind: 'approval' } });
  const seal = { kind: 'seal', number: '5', date: '2026-11-22' } as const;
  await signPdf({ source: signedOnce, target: signedTwice, signer: key.signer, stamp: seal });
  const samples = [
    signedTwice,
    made('packed.pdf', '--object-streams=generate'),
    made('linear.pdf', '--linearize'),
    made('rc4.pdf', '--encrypt', '', 'o', '40', '--'),
    made('aes.pdf', '--object-streams=generate', '--encrypt', '', 'o', '256', '--'),
  ];
  const seed = Math.floor(Math.random() * 2 ** 31);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [desk, folder, String(seed), String(runs), ...samples],
    {
      encoding: 'utf8',
      env: { ...process.env, KEY: password },
    },
  );
  expect(stderr, `seed ${seed}`).toBe('');
  const seen = JSON.parse(stdout) as { signed: number; worstMs: number; rssMb: number; complaints: string[] };
  expect(seen.complaints, `seed ${seed}`).toEqual([]);
  expect(seen.worstMs, `seed ${seed}`).toBeLessThan(cpuMsPerFile);
  expect(seen.rssMb, `seed ${seed}`).toBeLessThan(memoryMb);
  expect(seen.signed).toBeGreaterThan(runs / 10);
});
