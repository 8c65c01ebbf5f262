import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { sweepLeftovers } from '../../../native/signing/leftovers.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import { verifyPdf } from '../../../native/verification/index.ts';
import { onePage, onePagePdf } from '../pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import type { FromMortal, MortalOrder, Signature } from './mortal-batch.ts';
import { createAuthority } from './software-key.ts';

/** A batch is killed before each thing that it does to the disk, and at each step that it tells: what lies there then? */

const scratch = scratchFolder();
const child = fileURLToPath(new URL('./mortal-batch.ts', import.meta.url));
const old = Buffer.from('what stood there before');
const atOnce = 3;
let signer: Signer;
/** One that is copied from memory, and one that the system copies. */
const originals = {
  'new.pdf': onePagePdf(),
  'old.pdf': onePage()
    .stream(6, Buffer.alloc(1 << 20))
    .table('/Root 1 0 R', 7).bytes,
};

beforeAll(() => {
  signer = createAuthority(path.join(scratch, 'pki')).signer('P-256', 'Nguyễn Văn Lô').signer;
  for (const [name, bytes] of Object.entries(originals)) writeFile(scratch, name, bytes);
});

/** Two files, one of them in the place of another; how many deeds and events there were, null where it died before. */
async function run(folder: string, diesAt: MortalOrder['diesAt']): Promise<FromMortal | null> {
  const worker = fork(child, [], { execArgv: [], serialization: 'advanced' });
  let told: FromMortal | null = null;
  worker.on('message', async (message: FromMortal) => {
    if (!('sign' in message)) told = message;
    else {
      const signature = await signer.sign('sha256', message.sign);
      const { number } = message;
      worker.send({ number, signature } satisfies Signature, () => undefined);
    }
  });
  const files = Object.keys(originals).map((name) => ({
    ...{ source: path.join(scratch, name), target: path.join(folder, name), replace: name === 'old.pdf' },
  }));
  const gone = once(worker, 'exit');
  worker.send({ files, certificate: new Uint8Array(signer.certificate.raw), diesAt } satisfies MortalOrder);
  const [code, signal] = await gone;
  expect([code, signal]).toEqual(told ? [0, null] : [null, 'SIGKILL']);
  return told;
}

async function isSigned(file: string): Promise<boolean> {
  const bytes = readFileSync(file);
  const original = originalOf(file);
  const { signatures } = await verifyPdf(file, { anchors: [], offline: true });
  const [only] = signatures;
  return bytes.subarray(0, original.length).equals(original) && only?.coverage === 'file' && only.intact;
}

function originalOf(file: string): Buffer {
  return path.basename(file) === 'new.pdf' ? originals['new.pdf'] : originals['old.pdf'];
}

async function dieAt(diesAt: MortalOrder['diesAt']): Promise<void> {
  const folder = mkdtempSync(path.join(scratch, 'killed-'));
  const [fresh, replaced] = [path.join(folder, 'new.pdf'), writeFile(folder, 'old.pdf', old)];
  const survivor = await run(folder, diesAt);
  expect(survivor).toBe(null);
  // Under a target's name stands what stood there before, or the whole signed file.
  const where = JSON.stringify(diesAt);
  if (existsSync(fresh)) expect([where, await isSigned(fresh)]).toEqual([where, true]);
  if (!readFileSync(replaced).equals(old)) expect([where, await isSigned(replaced)]).toEqual([where, true]);
  const others = readdirSync(folder).filter((name) => !['new.pdf', 'old.pdf'].includes(name));
  for (const name of others) expect(name).toMatch(/^\.antin-.*\.part$/);
  await sweepLeftovers(folder);
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  for (const [name, bytes] of Object.entries(originals))
    expect(readFileSync(path.join(scratch, name)).equals(bytes)).toBe(true);
  rmSync(folder, { recursive: true });
}

test('killed at any moment, a batch leaves no half file under a target’s name, and nothing that the next one can’t clear away', async () => {
  const folder = mkdtempSync(path.join(scratch, 'alive-'));
  writeFile(folder, 'old.pdf', old);
  const told = await run(folder, null);
  if (!told || 'sign' in told) throw new Error('the batch told no end');
  expect(readdirSync(folder).sort()).toEqual(['new.pdf', 'old.pdf']);
  // Two files: created, copied, written to, flushed, named.
  expect(told.deeds).toBeGreaterThan(14);
  expect(told.events).toBe(10);
  const deaths = [
    ...Array.from({ length: told.deeds }, (_, index) => ({ deed: index + 1 })),
    ...Array.from({ length: told.events }, (_, index) => ({ event: index + 1 })),
  ];
  const killers = Array.from({ length: atOnce }, async () => {
    for (let death = deaths.pop(); death; death = deaths.pop()) await dieAt(death);
  });
  await Promise.all(killers);
}, 240_000);

test('parts of a process that lives are left alone', async () => {
  const folder = mkdtempSync(path.join(scratch, 'living-'));
  const { partName } = await import('../../../native/signing/leftovers.ts');
  const names = [partName(), '.antin-00000000-1-000000000000.part', 'letter.part'].sort();
  for (const name of names) writeFile(folder, name, old);
  await sweepLeftovers(folder);
  expect(readdirSync(folder).sort()).toEqual(names);
});
