import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { onePage, onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority, type TestAuthority } from '../unit/signing/software-key.ts';
import { antin, type CliResult } from './cli-call.ts';
import { pdfsig, trustDatabase } from './signing-judges.ts';

/** `antin sign` as scripts and people call it, with a key from a PKCS#12 file. */

const root = scratchFolder();
let authority: TestAuthority;
let trust: string;
let key: { file: string; password: string };
let folder = '';
let count = 0;

beforeAll(() => {
  authority = createAuthority(path.join(root, 'pki'));
  key = authority.signer('RSA-2048', 'Nguyễn Văn Thử').pkcs12();
  trust = trustDatabase(root, authority.caFile);
});

beforeEach(() => {
  folder = path.join(root, String(count++));
  mkdirSync(folder);
});

const at = (name: string) => path.join(folder, name);

async function sign(files: readonly string[], out: string, ...more: string[]): Promise<CliResult> {
  const keyArguments = ['--p12', key.file, '--p12-password-env', 'SECRET'];
  const args = ['sign', ...files, '--out', out, ...keyArguments, '--json', ...more];
  return antin(args, { env: { SECRET: key.password } });
}

/** The code of the failure that was printed for the only file. */
function codeOf({ json }: CliResult): unknown {
  const [line] = json as { error?: { code: unknown } }[];
  return line?.error?.code;
}

describe('a signature', () => {
  it('is reported in just the shape that cli.md says', async () => {
    const source = writeFile(folder, 'a.pdf', onePagePdf());
    const result = await sign([source], at('b.pdf'), '--trust', authority.caFile);
    expect(result.code).toBe(0);
    const milliseconds = expect.any(Number);
    expect(result.json).toEqual([
      {
        file: source,
        out: at('b.pdf'),
        ok: true,
        field: 'antin-signature',
        level: 'b',
        subFilter: 'ETSI.CAdES.detached',
        digest: 'sha256',
        signer: { subject: 'Nguyễn Văn Thử', serial: expect.stringMatching(/^[0-9A-F]+$/) },
        recovered: false,
        bytesIn: onePagePdf().length,
        bytesOut: readFileSync(at('b.pdf')).length,
        timings: {
          readMs: milliseconds,
          hashMs: milliseconds,
          tokenMs: milliseconds,
          writeMs: milliseconds,
          totalMs: milliseconds,
        },
      },
    ]);
    expect(pdfsig(at('b.pdf'), trust)).toMatchObject([{ valid: true, trusted: true, whole: true }]);
  });

  it('says that a cross-reference had to be rebuilt', async () => {
    const text = onePagePdf()
      .toString('latin1')
      .replace(/startxref\n\d+/, 'startxref\n1');
    const { code, json } = await sign([writeFile(folder, 'a.pdf', Buffer.from(text, 'latin1'))], at('b.pdf'));
    expect([code, json]).toMatchObject([0, [{ ok: true, recovered: true }]]);
  });

  it('approval, then seal with number and date', async () => {
    const source = writeFile(folder, 'a.pdf', onePagePdf());
    expect((await sign([source], at('b.pdf'), '--as', 'approval')).json).toMatchObject([
      { field: 'antin-approval' },
    ]);
    const sealed = await sign(
      [at('b.pdf')],
      at('c.pdf'),
      '--as',
      'seal',
      '--number',
      '05/QĐ-SKHCN',
      '--date',
      '2026-11-22',
    );
    expect(sealed.json).toMatchObject([{ ok: true, field: 'antin-seal' }]);
    expect(pdfsig(at('c.pdf'), trust).map(({ valid }) => valid)).toEqual([true, true]);
  });

  it('on a page, in a box, in a field of a name', async () => {
    const source = writeFile(folder, 'a.pdf', onePagePdf());
    const { json } = await sign(
      [source],
      at('b.pdf'),
      '--page',
      '1',
      '--box',
      '20,30,60,12',
      '--field',
      'Ký ở đây',
    );
    expect(json).toMatchObject([{ ok: true, field: 'Ký ở đây' }]);
    const words = execFileSync('pdftotext', [at('b.pdf'), '-'], { encoding: 'utf8' });
    expect(words).toContain('Nguyễn Văn Thử');
  });

  it('in words for people, on standard output, and nothing on standard error', async () => {
    const source = writeFile(folder, 'a.pdf', onePagePdf());
    const keyArguments = ['--p12', key.file, '--p12-password-env', 'SECRET'];
    const args = (out: string) => ['sign', source, '--out', at(out), ...keyArguments];
    const env = { SECRET: key.password };
    const vietnamese = await antin(args('b.pdf'), { env });
    expect([vietnamese.code, vietnamese.out, vietnamese.err]).toEqual([0, `Đã ký: ${at('b.pdf')}\n`, '']);
    expect((await antin(['--lang', 'en', ...args('c.pdf')], { env })).out).toBe(`Signed: ${at('c.pdf')}\n`);
  });
});

describe('what the signature is to be', () => {
  it('PSS, a longer digest, a certification with its reason and place', async () => {
    const source = writeFile(folder, 'a.pdf', onePagePdf());
    const how = [
      '--pss',
      '--digest',
      'sha384',
      '--certify',
      '2',
      '--reason',
      'Phê duyệt',
      '--location',
      'Ha Noi',
    ];
    const { code, json } = await sign([source], at('b.pdf'), ...how);
    expect([code, json]).toMatchObject([0, [{ digest: 'sha384', certification: 2 }]]);
    expect(pdfsig(at('b.pdf'), trust)).toMatchObject([{ valid: true, trusted: true, whole: true }]);
    const text = readFileSync(at('b.pdf'), 'latin1');
    expect(text).toContain('/Location (Ha Noi)');
    const report = await antin(['verify', at('b.pdf'), '--offline', '--json', '--trust', authority.caFile]);
    expect(report.json).toMatchObject([{ signatures: [{ algorithm: 'RSA-PSS SHA-384', intact: true }] }]);
    // Nobody can certify what is signed already.
    const late = await sign([at('b.pdf')], at('c.pdf'), '--certify', '2');
    expect([late.code, codeOf(late)]).toEqual([1, 'pdf-certification-refused']);
  });
});

describe('names', () => {
  it.each(['NFC', 'NFD'])('in Vietnamese, with spaces, as %s', async (form) => {
    const name = 'Quyết định số 05 (bản chính).pdf'.normalize(form);
    const source = writeFile(folder, name, onePagePdf());
    mkdirSync(at('ra'));
    const { code, json } = await sign([source], at('ra'));
    expect([code, json]).toMatchObject([0, [{ file: source, out: path.join(at('ra'), name) }]]);
    expect(readdirSync(at('ra'))).toEqual([name]);
  });

  it('of several inputs, the same twice', async () => {
    mkdirSync(at('x'));
    const files = [writeFile(folder, 'a.pdf', onePagePdf()), writeFile(at('x'), 'a.pdf', onePagePdf())];
    const { code, json } = await sign(files, at('ra'));
    expect([code, json]).toMatchObject([0, [{ out: at('ra/a.pdf') }, { out: at('ra/a-2.pdf') }]]);
    expect(readdirSync(at('ra')).sort()).toEqual(['a-2.pdf', 'a.pdf']);
  });

  it('that start with a hyphen, behind --', async () => {
    writeFile(folder, '-a.pdf', onePagePdf());
    const keyArguments = ['--p12', key.file, '--p12-password-env', 'SECRET'];
    const args = ['sign', '--out', at('b.pdf'), ...keyArguments, '--', '-a.pdf'];
    expect((await antin(args, { env: { SECRET: key.password }, cwd: folder })).code).toBe(0);
  });
});

describe('an output that exists', () => {
  it('is refused and left as it is; replaced with --force', async () => {
    const source = writeFile(folder, 'a.pdf', onePagePdf());
    writeFile(folder, 'b.pdf', Buffer.from('mine'));
    const refused = await sign([source], at('b.pdf'));
    expect([refused.code, codeOf(refused)]).toEqual([1, 'file-exists']);
    expect(readFileSync(at('b.pdf'), 'utf8')).toBe('mine');
    expect((await sign([source], at('b.pdf'), '--force')).code).toBe(0);
    expect(readFileSync(at('b.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is never the input', async () => {
    const source = writeFile(folder, 'a.pdf', onePagePdf());
    const result = await sign([source], source, '--force');
    expect([result.code, codeOf(result)]).toEqual([1, 'output-is-input']);
    expect(readFileSync(source).equals(onePagePdf())).toBe(true);
  });
});

describe('an input that cannot be signed', () => {
  it.each<[string, string, () => unknown]>([
    ['missing', 'file-missing', () => undefined],
    ['empty', 'pdf-not-a-pdf', () => writeFile(folder, 'a.pdf', Buffer.of())],
    ['no PDF', 'pdf-not-a-pdf', () => writeFile(folder, 'a.pdf', Buffer.from('Kính gửi'))],
    ['damaged beyond repair', 'pdf-damaged', () => writeFile(folder, 'a.pdf', Buffer.from('%PDF-1.7\nxyz'))],
    [
      'encrypted in no way that a standard knows',
      'pdf-encryption-unsupported',
      () => writeFile(folder, 'a.pdf', onePage().table('/Root 1 0 R/Encrypt 5 0 R', 6).bytes),
    ],
    ['a folder', 'file-unreadable', () => mkdirSync(at('a.pdf'))],
    ['a pipe', 'file-unreadable', () => execFileSync('mkfifo', [at('a.pdf')])],
  ])('%s', async (_, code, make) => {
    make();
    const result = await sign([at('a.pdf')], at('b.pdf'));
    expect([result.code, codeOf(result)]).toEqual([1, code]);
    expect(result.json).toEqual([
      { file: at('a.pdf'), ok: false, error: { code, params: expect.any(Object) } },
    ]);
    expect(result.err).not.toMatch(/ at .*\.ts:|Error:/);
    expect(readdirSync(folder).filter((name) => name !== 'a.pdf')).toEqual([]);
  });

  it('does not stop the others', async () => {
    const files = [
      writeFile(folder, 'a.pdf', onePagePdf()),
      at('missing.pdf'),
      writeFile(folder, 'c.pdf', onePagePdf()),
    ];
    const { code, json } = await sign(files, at('ra'));
    expect(code).toBe(1);
    expect(json).toMatchObject([{ ok: true }, { ok: false, error: { code: 'file-missing' } }, { ok: true }]);
    expect(readdirSync(at('ra')).sort()).toEqual(['a.pdf', 'c.pdf']);
  });
});

describe('a target that cannot be written', () => {
  it('into a folder that is not there', async () => {
    const result = await sign([writeFile(folder, 'a.pdf', onePagePdf())], at('none/b.pdf'));
    expect([result.code, codeOf(result)]).toEqual([1, 'write-failed']);
  });

  it('into what is no folder', async () => {
    const files = [writeFile(folder, 'a.pdf', onePagePdf()), writeFile(folder, 'b.pdf', onePagePdf())];
    const result = await sign(files, files[0] ?? '');
    expect(result.code).toBe(1);
    expect(result.json).toMatchObject([
      { error: { code: 'write-failed' } },
      { error: { code: 'write-failed' } },
    ]);
  });

  it('into a folder that may not be written, not even by the administrator', async () => {
    const result = await sign([writeFile(folder, 'a.pdf', onePagePdf())], '/sys/b.pdf');
    expect([result.code, codeOf(result)]).toEqual([1, 'write-failed']);
  });
});

describe('the key', () => {
  const withKey = async (keyArguments: string[], env: Record<string, string> = {}) => {
    const source = writeFile(folder, 'a.pdf', onePagePdf());
    return antin(['sign', source, '--out', at('b.pdf'), '--json', ...keyArguments], { env });
  };

  it.each<[string, string, () => Promise<CliResult>]>([
    [
      'a wrong password',
      'pin-incorrect',
      () => withKey(['--p12', key.file, '--p12-password-env', 'S'], { S: 'wrong' }),
    ],
    [
      'no password in the environment',
      'pin-missing',
      () => withKey(['--p12', key.file, '--p12-password-env', 'NOT_SET']),
    ],
    ['no word where the password is', 'input-invalid', () => withKey(['--p12', key.file])],
    [
      'a file that is missing',
      'file-missing',
      () => withKey(['--p12', at('none.p12'), '--p12-password-env', 'S'], { S: 'x' }),
    ],
    [
      'a file that holds no key',
      'file-unreadable',
      () => withKey(['--p12', authority.caFile, '--p12-password-env', 'S'], { S: 'x' }),
    ],
    [
      'a trust file that is none',
      'input-invalid',
      () => withKey(['--p12', key.file, '--p12-password-env', 'S', '--trust', key.file], { S: key.password }),
    ],
    [
      'a module that is missing',
      'module-missing',
      () => withKey(['--module', at('none.so'), '--pin-env', 'S'], { S: '1' }),
    ],
  ])('%s', async (_, code, act) => {
    const result = await act();
    expect([result.code, codeOf(result)]).toEqual([1, code]);
    expect(readdirSync(folder)).toEqual(['a.pdf']);
  });

  it('is opened once for many files', async () => {
    const files = Array.from({ length: 20 }, (_, index) => writeFile(folder, `${index}.pdf`, onePagePdf()));
    const { code, json } = await sign(files, at('ra'));
    expect([code, json.length]).toEqual([0, 20]);
  });
});

describe('a call that is no call', () => {
  it.each([
    ['nothing', []],
    ['an unknown command', ['signn']],
    ['a property of every object', ['constructor']],
    ['no file', ['sign', '--out', 'x']],
    ['no output', ['sign', 'a.pdf']],
    ['an unknown option', ['sign', 'a.pdf', '--out', 'x', '--pin', '1234']],
    ['an option without its value', ['sign', 'a.pdf', '--out']],
    ['a way of signing that is none', ['sign', 'a.pdf', '--out', 'x', '--as', 'king']],
    ['a box that is none', ['sign', 'a.pdf', '--out', 'x', '--box', '1,2,3']],
    ['a date that is none', ['sign', 'a.pdf', '--out', 'x', '--as', 'seal', '--date', '2026-02-30']],
    ['a page that is none', ['sign', 'a.pdf', '--out', 'x', '--page', '0']],
    ['a digest that is none', ['sign', 'a.pdf', '--out', 'x', '--digest', 'sha1']],
    ['a certification that is none', ['sign', 'a.pdf', '--out', 'x', '--certify', '4']],
    ['a picture that is missing', ['sign', 'a.pdf', '--out', 'x', '--image', '/none.png']],
  ])('%s', async (_, args) => {
    const { code, out, err } = await antin(args);
    expect([code, out]).toEqual([64, '']);
    expect(err.trim()).not.toBe('');
    expect(err).not.toMatch(/ at .*\.ts:|Error:/);
  });

  it('help is no failure', async () => {
    const { code, out } = await antin(['--help']);
    expect([code, out.includes('antin')]).toEqual([0, true]);
    expect((await antin(['help', '--lang=en'])).out).toContain('Usage');
  });
});
