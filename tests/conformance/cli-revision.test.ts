import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { Signer } from '../../native/signing/signer.ts';
import { runProgram } from '../lab/program.ts';
import { onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority } from '../unit/signing/software-key.ts';
import { antin } from './cli-call.ts';

/** `antin revision`: the document exactly as a signature saw it. */

const folder = scratchFolder();
const at = (name: string) => path.join(folder, name);
let signer: Signer;
let once: Buffer;
let twice = '';

beforeAll(async () => {
  signer = createAuthority(at('pki')).signer('RSA-2048', 'Nguyễn Văn Thử').signer;
  const source = writeFile(folder, 'source.pdf', onePagePdf());
  twice = at('twice.pdf');
  await signPdf({ source, target: at('once.pdf'), signer, stamp: { kind: 'approval' } });
  once = readFileSync(at('once.pdf'));
  const seal = { kind: 'seal', number: '05', date: '2026-11-22' } as const;
  await signPdf({ source: at('once.pdf'), target: twice, signer, stamp: seal });
});

let out = '';
let count = 0;
beforeEach(() => {
  out = at(`out-${count++}.pdf`);
});

function revision(file: string, signature: string, ...more: string[]) {
  return antin(['revision', file, '--signature', signature, '--out', out, '--json', ...more]);
}

it('gives back what the first of two signatures saw, byte for byte, and is told so', async () => {
  const { code, json } = await revision(twice, 'antin-approval');
  expect(json).toEqual([{ file: twice, out, ok: true, signature: 'antin-approval', bytesOut: once.length }]);
  expect(code).toBe(0);
  expect(readFileSync(out).equals(once)).toBe(true);
});

it('gives back the whole file for its last signature', async () => {
  expect((await revision(twice, 'antin-seal')).code).toBe(0);
  expect(readFileSync(out).equals(readFileSync(twice))).toBe(true);
});

it('opens a protected file with its password, which no argument holds', async () => {
  const locked = ['--encrypt', 'mo', 'owner', '256', '--', at('source.pdf'), at('locked.pdf')];
  await runProgram('qpdf', locked);
  const signed = { source: at('locked.pdf'), target: at('locked-signed.pdf'), password: 'mo' };
  await signPdf({ ...signed, signer, stamp: { kind: 'plain' } });
  const args = ['revision', at('locked-signed.pdf'), '--signature', 'antin-signature', '--out', out];
  const refused = await antin([...args, '--json']);
  expect(refused.json).toMatchObject([{ ok: false, error: { code: 'pdf-encrypted' } }]);
  const given = await antin([...args, '--password-env', 'OPENING', '--json'], { env: { OPENING: 'mo' } });
  expect(given.code).toBe(0);
  expect(readFileSync(out).equals(readFileSync(at('locked-signed.pdf')))).toBe(true);
});

describe('is refused, and leaves nothing', () => {
  it.each<[string, () => [string, string], string]>([
    ['a signature that isn’t there', () => [twice, 'kia'], 'pdf-revision-missing'],
    ['an unsigned file', () => [at('source.pdf'), 'antin-approval'], 'pdf-revision-missing'],
    ['a range that is no whole revision', () => [cutRange(), 'antin-approval'], 'pdf-revision-missing'],
    ['no PDF', () => [writeFile(folder, 'no.pdf', Buffer.from('x')), 'a'], 'pdf-not-a-pdf'],
    ['a file that is missing', () => [at('none.pdf'), 'a'], 'file-missing'],
  ])('%s', async (_, call, expected) => {
    const before = readdirSync(folder).length;
    const [file, signature] = call();
    const made = readdirSync(folder).length - before;
    const { code, json, err } = await revision(file, signature);
    expect([code, json]).toMatchObject([1, [{ ok: false, error: { code: expected } }]]);
    expect(err).not.toMatch(/ at .*\.ts:/);
    expect(readdirSync(folder).length).toBe(before + made);
  });

  it('an output that exists, unless it is to be replaced; never the input itself', async () => {
    writeFileSync(out, 'x');
    expect((await revision(twice, 'antin-approval')).json).toMatchObject([
      { error: { code: 'file-exists' } },
    ]);
    expect(readFileSync(out, 'utf8')).toBe('x');
    expect((await revision(twice, 'antin-approval', '--force')).code).toBe(0);
    const onto = ['revision', twice, '--signature', 'antin-approval', '--out', twice, '--force', '--json'];
    expect((await antin(onto)).json).toMatchObject([{ error: { code: 'output-is-input' } }]);
  });

  it.each([
    ['no signature', ['a.pdf', '--out', 'b.pdf']],
    ['no output', ['a.pdf', '--signature', 'x']],
    ['two files', ['a.pdf', 'b.pdf', '--signature', 'x', '--out', 'c.pdf']],
  ])('a call that is no call: %s', async (_, args) => {
    const { code, out: said } = await antin(['revision', ...args]);
    expect([code, said]).toEqual([64, '']);
  });
});

/** The first signature's range ends a line too early. */
function cutRange(): string {
  const text = once.toString('latin1').replace(/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)/, (_, a, b, c, d) => {
    return `/ByteRange [${a} ${b} ${c} ${String(Number(d) - 20).padStart(String(d).length)}`;
  });
  return writeFile(folder, 'cut.pdf', Buffer.from(text, 'latin1'));
}
