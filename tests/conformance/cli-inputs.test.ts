import { chmodSync, linkSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority, type TestAuthority } from '../unit/signing/software-key.ts';
import { antin, type CliResult } from './cli-call.ts';

/** What a call reads is never written, however its path is spelt and whatever `--force` allows. */

const root = scratchFolder();
const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
let authority: TestAuthority;
let key: { file: string; password: string };
let folder = '';
let count = 0;
let inputs: Map<string, string>;

beforeAll(() => {
  authority = createAuthority(path.join(root, 'pki'));
  key = authority.signer('RSA-2048', 'Nguyễn Văn Thử').pkcs12();
});

beforeEach(() => {
  folder = path.join(root, String(count++));
  mkdirSync(folder);
  inputs = new Map();
});

const at = (name: string) => path.join(folder, name);

/** What there is to tell of a file: which one it is, when it was changed, what it holds. */
function print(file: string): string {
  const { dev, ino, mtimeNs } = statSync(file, { bigint: true });
  return [dev, ino, mtimeNs, readFileSync(file).toString('base64')].join(' ');
}

/** A file that the call reads, and that must be the same afterwards. */
function input(name: string, content = onePagePdf()): string {
  const file = writeFile(folder, name, content);
  inputs.set(file, print(file));
  return file;
}

function expectInputsUntouched(): void {
  for (const [file, before] of inputs) expect(print(file) === before, file).toBe(true);
}

async function sign(files: readonly string[], out: string, ...more: string[]): Promise<CliResult> {
  const keyArguments = ['--p12', key.file, '--p12-password-env', 'SECRET'];
  const args = ['sign', ...files, '--out', out, ...keyArguments, '--json', ...more];
  return antin(args, { env: { SECRET: key.password } });
}

const refused = { ok: false, error: { code: 'output-is-input' } };

/** Spellings of one input: each gives the path to write to. */
const spellings: Record<string, (source: string) => string> = {
  'its own path': (source) => source,
  'a path with dots': (source) => `${folder}/./x/../${path.basename(source)}`,
  'a link to it': (source) => {
    symlinkSync(source, at('link.pdf'));
    return at('link.pdf');
  },
  'a second name of it': (source) => {
    linkSync(source, at('second.pdf'));
    return at('second.pdf');
  },
  'a linked folder': (source) => {
    symlinkSync(folder, at('linked'));
    return at(`linked/${path.basename(source)}`);
  },
};

describe.each(Object.entries(spellings))('an output that is the input by %s', (_, spell) => {
  it('is refused, and force is not what helps', async () => {
    const source = input('a.pdf');
    mkdirSync(at('x'));
    const out = spell(source);
    const named = ['--out', out, '--json'];
    const calls = [[], ['--force']].flatMap((more) => [
      sign([source], out, '--lang', 'en', ...more),
      antin(['extend', source, '--level', 'lt', '--lang', 'en', ...named, ...more]),
      antin(['flatten', source, '--lang', 'en', ...named, ...more]),
      antin(['revision', source, '--signature', 'x', '--lang', 'en', ...named, ...more]),
    ]);
    for (const { code, json, err } of await Promise.all(calls)) {
      expect([code, json]).toMatchObject([1, [refused]]);
      expect(err).not.toContain('--force');
    }
    const report = ['verify', source, '--report', out, '--lang', 'en', '--force'];
    const { code, err } = await antin(report);
    expect([code, err]).toEqual([73, expect.stringContaining('is itself an input')]);
    expectInputsUntouched();
  });
});

describe('the other inputs of the call', () => {
  it('a later one is not overwritten by an earlier one’s output; the rest is signed', async () => {
    mkdirSync(at('in'));
    mkdirSync(at('out'));
    const [first, later, other] = [input('in/a.pdf'), input('out/a.pdf'), input('in/b.pdf')];
    const { code, json } = await sign([first, later, other], at('out'), '--force');
    expect([code, json]).toMatchObject([1, [refused, { ok: true }, { ok: true }]]);
    expectInputsUntouched();
  });

  it('nor is a report put over one', async () => {
    mkdirSync(at('in'));
    const files = [input('in/a.pdf'), input('a.pdf')];
    const { code } = await antin(['verify', ...files, '--report', folder, '--force']);
    expect(code).toBe(73);
    expectInputsUntouched();
  });

  it('no PIN or password is needed to hear of it', async () => {
    const source = input('a.pdf');
    const { json } = await antin(['sign', source, '--out', source, '--force', '--json']);
    expect(json).toMatchObject([refused]);
  });

  it.each<[string, string, () => Buffer]>([
    ['key', '--p12', () => readFileSync(key.file)],
    ['picture', '--image', () => Buffer.from(onePixel, 'base64')],
    ['certificate', '--trust', () => readFileSync(authority.caFile)],
  ])('the %s is one, too', async (_, option, content) => {
    const source = input('a.pdf');
    const file = input('other', content());
    const keys = option === '--p12' ? [] : ['--p12', key.file];
    const call = ['sign', source, '--out', file, '--force', '--json', '--as', 'approval', option, file];
    const { code, json } = await antin([...call, ...keys, '--p12-password-env', 'SECRET'], {
      env: { SECRET: key.password },
    });
    expect([code, json]).toMatchObject([1, [refused]]);
    expectInputsUntouched();
  });
});

test('what only its owner may read stays so when it is signed', async () => {
  const source = input('a.pdf');
  for (const mode of [0o600, 0o640, 0o400, 0o644]) {
    chmodSync(source, mode);
    const out = at(`${mode}.pdf`);
    expect((await sign([source], out)).code).toBe(0);
    expect((statSync(out).mode & 0o777).toString(8)).toBe((0o600 | (mode & 0o066)).toString(8));
  }
});
