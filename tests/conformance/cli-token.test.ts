import { type ChildProcess, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeSoftToken, prepareSoftHsm, type SoftToken, softHsm } from '../integration/token/soft-token.ts';
import { onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { antin, type CliOptions, type CliResult } from './cli-call.ts';
import { pdfsig, trustDatabase } from './signing-judges.ts';

/** `antin sign` with keys on soft tokens: how the PIN comes in, and where it never shows. */

const root = scratchFolder();
let configuration: string;
let leader: SoftToken;
let clerk: SoftToken;
let trust: string;
let count = 0;

beforeAll(async () => {
  configuration = await prepareSoftHsm(root);
  leader = await makeSoftToken(root, 'Lãnh đạo', [
    { type: 'RSA', subject: '/C=VN/O=Sở Thử/CN=Nguyễn Văn Ký' },
  ]);
  clerk = await makeSoftToken(root, 'Văn thư', [
    { type: 'EC', subject: '/C=VN/O=Sở Thử/CN=Sở Thử' },
    { type: 'EC', subject: '/C=VN/O=Sở Thử/CN=Trần Thị Thư' },
  ]);
  const certificate = path.join(root, 'leader.pem');
  execFileSync('openssl', ['x509', '-inform', 'DER', '-out', certificate], {
    input: leader.keys[0]?.certificate.raw,
  });
  mkdirSync(path.join(root, 'trust'));
  trust = trustDatabase(path.join(root, 'trust'), certificate);
});

function newFolder(): string {
  const folder = path.join(root, `run-${count++}`);
  mkdirSync(folder);
  return folder;
}

interface Call {
  readonly files?: number;
  readonly options: readonly string[];
  readonly run?: CliOptions;
}

async function sign({ files = 1, options, run = {} }: Call): Promise<CliResult & { folder: string }> {
  const folder = newFolder();
  const sources = Array.from({ length: files }, (_, index) =>
    writeFile(folder, `${index}.pdf`, onePagePdf()),
  );
  const args = [
    'sign',
    ...sources,
    '--out',
    path.join(folder, 'ra/'),
    '--module',
    softHsm,
    '--json',
    ...options,
  ];
  const result = await antin(args, { ...run, env: { SOFTHSM2_CONF: configuration, ...run.env } });
  return { ...result, json: result.json, folder: path.join(folder, 'ra') };
}

describe('the PIN', () => {
  it('comes from a pipe', async () => {
    const { code, json, folder } = await sign({
      options: ['--token', 'Lãnh đạo', '--pin-fd', '3'],
      run: { third: `${leader.pin}\n` },
    });
    expect([code, json]).toMatchObject([0, [{ ok: true, signer: { subject: 'Nguyễn Văn Ký' } }]]);
    expect(pdfsig(path.join(folder, '0.pdf'), trust)).toMatchObject([
      { valid: true, signer: 'Nguyễn Văn Ký' },
    ]);
  });

  it('opens keys that sign with PSS and longer digests, too', async () => {
    const { code, json, folder } = await sign({
      options: ['--token', 'Lãnh đạo', '--pin-env', 'PIN', '--pss', '--digest', 'sha512'],
      run: { env: { PIN: leader.pin } },
    });
    expect([code, json]).toMatchObject([0, [{ ok: true, digest: 'sha512' }]]);
    expect(pdfsig(path.join(folder, '0.pdf'), trust)).toMatchObject([{ valid: true }]);
    const verified = await antin(['verify', path.join(folder, '0.pdf'), '--offline', '--json']);
    expect(verified.json).toMatchObject([{ signatures: [{ algorithm: 'RSA-PSS SHA-512' }] }]);
  });

  it('comes from the environment, by the token’s serial number as well', async () => {
    const { code, json } = await sign({
      files: 3,
      options: ['--token', leader.serial, '--pin-env', 'PIN'],
      run: { env: { PIN: leader.pin } },
    });
    expect([code, json]).toMatchObject([0, [{ ok: true }, { ok: true }, { ok: true }]]);
  });

  it.each<[string, string, string[], CliOptions]>([
    ['wrong', 'pin-incorrect', ['--pin-env', 'PIN'], { env: { PIN: '00000000' } }],
    ['empty in the environment', 'pin-missing', ['--pin-env', 'PIN'], { env: { PIN: '' } }],
    ['empty in the pipe', 'pin-missing', ['--pin-fd', '3'], { third: '' }],
    ['in a pipe that is none', 'pin-missing', ['--pin-fd', '9'], {}],
    ['in a pipe of no number', 'input-invalid', ['--pin-fd', 'x'], {}],
    ['asked for where there is no terminal', 'pin-missing', [], {}],
  ])('%s: no file is signed, and no second try made', async (_, code, options, run) => {
    const result = await sign({
      files: 2,
      options: ['--token', 'Văn thư', '--cert', 'Sở Thử', ...options],
      run,
    });
    const failed = { ok: false, error: { code } };
    expect([result.code, result.json]).toMatchObject([1, [failed, failed]]);
    // The right one afterwards puts the token's count back: so there is a try left each time.
    const right = await sign({
      options: ['--token', 'Văn thư', '--cert', 'Sở Thử', '--pin-env', 'PIN'],
      run: { env: { PIN: clerk.pin } },
    });
    expect(right.code).toBe(0);
  });

  it('is in no argument and not in the token process’ environment', async () => {
    const found: { own: string; arguments: string; environment: string }[] = [];
    const { code } = await sign({
      files: 30,
      options: ['--token', 'Lãnh đạo', '--pin-env', 'PIN'],
      run: { env: { PIN: leader.pin }, onStart: (child) => watch(child, found) },
    });
    expect(code).toBe(0);
    const [seen] = found;
    expect(seen?.environment).toContain('SOFTHSM2_CONF');
    expect(seen?.environment).not.toContain(leader.pin);
    expect(seen?.environment).not.toMatch(/^PIN=/m);
    expect(seen?.arguments).not.toContain(leader.pin);
    expect(seen?.own).not.toContain(leader.pin);
  });
});

/** Looks at the token process as soon as the call has started one. */
function watch(cli: ChildProcess, found: { own: string; arguments: string; environment: string }[]): void {
  const look = () => {
    if (cli.exitCode !== null || found.length > 0) return;
    const seen = tokenProcessOf(cli.pid ?? 0);
    if (seen) found.push(seen);
    else setImmediate(look);
  };
  look();
}

function tokenProcessOf(parent: number) {
  const own = read(`/proc/${parent}/cmdline`);
  const children = read(`/proc/${parent}/task/${parent}/children`).trim().split(' ').filter(Boolean);
  for (const child of children) {
    const args = read(`/proc/${child}/cmdline`);
    // Until it runs its own program a child is a copy of its parent, environment and all.
    if (!/token[/\\]main\.ts/.test(args)) continue;
    const environment = read(`/proc/${child}/environ`).replaceAll('\0', '\n');
    if (environment !== '') return { own, arguments: args, environment };
  }
  return null;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

describe('which key', () => {
  const pin = (token: SoftToken): CliOptions => ({ env: { PIN: token.pin } });

  it('of several is asked for', async () => {
    const { code, json } = await sign({
      options: ['--token', 'Văn thư', '--pin-env', 'PIN'],
      run: pin(clerk),
    });
    expect([code, json]).toMatchObject([1, [{ error: { code: 'token-ambiguous' } }]]);
  });

  it('by the certificate’s name or number, in small letters as well', async () => {
    const named = await sign({ options: ['--cert', 'Trần Thị Thư', '--pin-env', 'PIN'], run: pin(clerk) });
    expect(named.json).toMatchObject([{ ok: true, signer: { subject: 'Trần Thị Thư' } }]);
    const serial = clerk.keys[0]?.certificate.serialNumber.toLowerCase() ?? '';
    const numbered = await sign({ options: ['--cert', serial, '--pin-env', 'PIN'], run: pin(clerk) });
    expect(numbered.json).toMatchObject([{ ok: true, signer: { subject: 'Sở Thử' } }]);
  });

  it.each([
    ['a token that is not there', 'token-missing', ['--token', 'none']],
    ['a certificate that is not there', 'certificate-missing', ['--token', 'Văn thư', '--cert', 'none']],
  ])('%s', async (_, code, options) => {
    const result = await sign({ options: [...options, '--pin-env', 'PIN'], run: pin(clerk) });
    expect([result.code, result.json]).toMatchObject([1, [{ ok: false, error: { code } }]]);
    expect(readdirSync(result.folder)).toEqual([]);
  });
});
