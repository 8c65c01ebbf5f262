import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { Signer } from '../../native/signing/signer.ts';
import { verifyPdf } from '../../native/verification/index.ts';
import { ambiguousDrafts, plainDrafts, warnedDrafts } from '../attacks/deceptive-draft.ts';
import { foreignPaper, foreignPaperNames } from '../lab/foreign-papers/foreign-papers.ts';
import { runProgram } from '../lab/program.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority, type TestAuthority } from '../unit/signing/software-key.ts';
import { antin } from './cli-call.ts';
import { oddFiles } from './odd-files.ts';
import { oddPages } from './odd-pages.ts';
import { pdfjsPages } from './pdfjs-pages.ts';

/** Drafts that show people different things aren't signed; all that honest programs make are. */

const folder = scratchFolder();
let authority: TestAuthority;
let signer: Signer;

beforeAll(() => {
  authority = createAuthority(path.join(folder, 'pki'));
  signer = authority.signer('P-256', 'Nguyễn Văn Ký').signer;
});

const at = (name: string) => path.join(folder, name);

function sign(source: string, target: string) {
  return signPdf({ source, target: at(target), signer, stamp: { kind: 'plain' }, replace: true });
}

function verify(file: string) {
  return verifyPdf(file, { anchors: signer.chain.slice(-1), offline: true });
}

/** What PDF.js, poppler and mupdf read on the first page; an empty text where they read nothing. */
async function readings(file: string): Promise<string[]> {
  const run = (program: string, ...args: string[]) => {
    const { error, stdout } = spawnSync(program, args, { encoding: 'utf8' });
    if (error) throw new Error(`${program} can't be run`, { cause: error });
    return stdout.trim();
  };
  const [pdfjs = ''] = await pdfjsPages(readFileSync(file)).catch(() => []);
  return [
    pdfjs,
    run('pdftotext', '-f', '1', '-l', '1', file, '-'),
    run('mutool', 'draw', '-q', '-F', 'txt', file, '1'),
  ];
}

describe('a draft that programs read differently', () => {
  it.each(Object.entries(ambiguousDrafts))('%s', async (name, { bytes, finding }) => {
    const file = writeFile(folder, 'ambiguous.pdf', bytes);
    expect(new Set(await readings(file)).size > 1).toBe(!alikeHere.has(name));
    const { verdict, findings } = await verify(file);
    expect([verdict, findings?.[0]]).toMatchObject(['unsigned', { ...finding, weight: 'blocks' }]);
    await expect(sign(file, 'never.pdf')).rejects.toMatchObject({ code: 'document-deceptive' });
  });
});

/**
 * The standard leaves open which one counts, no honest program writes it, and the programs at hand happen to read the
 * same words.
 */
const alikeHere: ReadonlySet<string> = new Set([
  'hybrid: an object that the table places elsewhere',
  'hybrid: a hidden stream with a chain of its own',
  'a number twice in one section',
  'a key twice in the catalog',
  'a key twice in a picture that is called as the tags are',
  'a key twice in the trailer',
]);

describe('a draft with more to it than is seen', () => {
  it.each(Object.entries(warnedDrafts))('%s', async (_, { bytes, finding }) => {
    const file = writeFile(folder, 'warned.pdf', bytes);
    await sign(file, 'warned-signed.pdf');
    const report = await verify(at('warned-signed.pdf'));
    expect(report.signatures.flatMap(({ reasons }) => reasons)).not.toContain('file-deceptive');
    expect(report.signatures.map(({ intact }) => intact)).toEqual([true]);
    expect(report.findings).toContainEqual(expect.objectContaining({ code: finding.code, weight: 'warns' }));
  });
});

describe('a draft that everybody reads alike', () => {
  const noDeceit = async (file: string) =>
    expect((await verify(file)).findings?.filter(({ weight }) => weight === 'blocks') ?? []).toEqual([]);

  it.each(Object.entries(plainDrafts))('%s', async (_, bytes) => {
    const file = writeFile(folder, 'plain.pdf', bytes);
    expect((await verify(file)).findings).toBeUndefined();
    await sign(file, 'plain-signed.pdf');
    expect((await verify(at('plain-signed.pdf'))).findings).toBeUndefined();
  });

  it(`${Object.keys({ ...oddFiles, ...oddPages }).length} odd files`, async () => {
    for (const { bytes } of Object.values({ ...oddFiles, ...oddPages }))
      await noDeceit(writeFile(folder, 'odd.pdf', bytes));
  });

  it('every paper of other programs, linearized or not, before and after a signature', async () => {
    for (const name of await foreignPaperNames()) {
      const paper = await foreignPaper(name, folder);
      await runProgram('qpdf', ['--linearize', paper, at('linearized.pdf')]);
      const packed = ['--linearize', '--object-streams=generate', paper, at('packed.pdf')];
      await runProgram('qpdf', packed);
      for (const file of [paper, at('linearized.pdf'), at('packed.pdf')]) {
        expect((await verify(file)).findings, name).toBeUndefined();
        await sign(file, 'paper-signed.pdf');
        expect((await verify(at('paper-signed.pdf'))).findings, name).toBeUndefined();
      }
    }
  });
});

describe('antin sign', () => {
  const run = (file: string) =>
    antin(
      [
        'sign',
        file,
        '--out',
        at('cli.pdf'),
        '--force',
        '--json',
        '--lang',
        'vi',
        '--p12',
        at('none.p12'),
        '--p12-password-env',
        'SECRET',
      ],
      { env: { SECRET: 'x' } },
    );

  it('refuses before it asks for a key', async () => {
    const draft = Object.values(ambiguousDrafts)[0];
    const { code, json } = await run(writeFile(folder, 'deceptive.pdf', draft?.bytes ?? Buffer.of()));
    expect(code).toBe(1);
    // The key's file isn't there, and nobody has noticed.
    expect(json).toMatchObject([{ ok: false, error: { code: 'document-deceptive' } }]);
  });

  it('tells what else there is before it asks for a key', async () => {
    const draft = warnedDrafts['a program started'];
    const { err } = await run(writeFile(folder, 'warned.pdf', draft?.bytes ?? Buffer.of()));
    expect(err).toMatch(/lệnh mở chương trình/);
  });
});
