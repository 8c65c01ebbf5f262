import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VerificationReport } from '../../contract/verdict.ts';
import { HttpFetcher, verifyPdf } from '../../native/verification/index.ts';
import { type FontDeceit, fontDeceits, suspectFonts } from '../attacks/lying-font.ts';
import { simpleFontDeceits, suspectSimpleFonts } from '../attacks/simple-font.ts';
import { makeVictim, type Victim } from '../attacks/victim.ts';
import { opensslCms } from '../unit/verification/hand-signer.ts';
import { openWorkbench, type Workbench } from '../unit/verification/workbench.ts';
import { picture, readers } from './three-readers.ts';

/**
 * Fonts by which a filled field shows another thing than its value: each file is refused, or called unproven with the
 * field named, while the same file without its deceit is accepted as far as anybody can tell its letters. That one of
 * three programs shows the two differently proves that there is a deceit.
 */
const deceits = { ...prefixed('composite', fontDeceits), ...prefixed('simple', simpleFontDeceits) };
const suspects = { ...prefixed('composite', suspectFonts), ...prefixed('simple', suspectSimpleFonts) };

let bench: Workbench;
let victim: Victim;
const fetcher = new HttpFetcher({ allowPrivate: true });

beforeAll(async () => {
  bench = await openWorkbench();
  const [signer, second] = [await bench.signer(), await bench.signer({ commonName: 'Phó Giám đốc Sở' })];
  victim = makeVictim(opensslCms(bench, signer), opensslCms(bench, second), opensslCms(bench, second));
});
afterAll(() => bench.close());

async function verify(name: string, file: Uint8Array): Promise<VerificationReport> {
  await writeFile(bench.path(name), file);
  return verifyPdf(bench.path(name), bench.trust({ fetcher }));
}

/** Two tables may have a deceit of the same name. */
function prefixed(kind: string, table: Readonly<Record<string, FontDeceit>>) {
  return Object.fromEntries(Object.entries(table).map(([name, one]) => [`${kind}: ${name}`, one]));
}

/** What programs show of a file; most deceits have the same honest one beside them. */
const pictures = new Map<string, Promise<readonly Buffer[]>>();

function picturesOf(name: string, file: Uint8Array): Promise<readonly Buffer[]> {
  const key = createHash('sha256').update(file).digest('hex');
  const made = pictures.get(key) ?? Promise.all(readers.map((reader) => picture(bench.path(name), reader)));
  pictures.set(key, made);
  return made;
}

/** The programs that show the two files otherwise. */
async function deceivedBy(lie: Uint8Array, truth: Uint8Array): Promise<string[]> {
  const [lies, truths] = [await picturesOf('lie.pdf', lie), await picturesOf('truth.pdf', truth)];
  return readers.filter((_, index) => !lies[index]?.equals(truths[index] ?? Buffer.alloc(0)));
}

describe.each(Object.entries({ ...deceits, ...suspects }))('%s', (_, { make }) => {
  test('is not valid, and its field is named', async () => {
    const { verdict, signatures } = await verify('lie.pdf', make(victim));
    expect(verdict).toMatch(/^(invalid|indeterminate)$/);
    const [{ reasons = [], changes = [] } = {}] = signatures;
    expect(reasons.some((reason) => /^(appearance-unproven|changed-after-signing)$/.test(reason))).toBe(true);
    expect(changes.join(' ')).toContain('“so”');
  });
});

describe.each(Object.entries(deceits))('%s', (_, { make, honest, honestly }) => {
  test('deceives somebody who sees the same without it', async () => {
    const [lie, truth] = [make(victim), honest(victim)];
    const { verdict, signatures } = await verify('truth.pdf', truth);
    expect([verdict, ...(signatures[0]?.reasons ?? [])]).toEqual(
      honestly === 'valid' ? ['valid'] : ['indeterminate', 'appearance-unproven'],
    );
    await writeFile(bench.path('lie.pdf'), lie);
    expect(await deceivedBy(lie, truth)).not.toEqual([]);
  });
});
