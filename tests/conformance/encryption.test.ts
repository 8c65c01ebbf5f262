import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { formFieldNames } from '../../contract/document.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { Signer } from '../../native/signing/signer.ts';
import { verifyPdf } from '../../native/verification/index.ts';
import { officialDocument } from '../unit/pdf/official-document.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority, type TestAuthority } from '../unit/signing/software-key.ts';
import { antin } from './cli-call.ts';
import {
  mutool,
  opensslVerifies,
  pdfsig,
  qpdfComplaints,
  signedRanges,
  trustDatabase,
} from './signing-judges.ts';

/** Protected files of every revision of the standard security handler, approved and sealed: what do others say of them? */

const folder = scratchFolder();
const at = (name: string) => path.join(folder, name);
const [user, owner] = [`mở-${randomBytes(6).toString('hex')}`, randomBytes(6).toString('hex')];

const protections: Record<string, readonly string[]> = {
  'RC4, 40 bits (R2)': ['40'],
  'RC4, 128 bits (R3)': ['128', '--use-aes=n'],
  'RC4 by a crypt filter (R4)': ['128', '--use-aes=n', '--force-V4'],
  'AES-128 (R4)': ['128', '--use-aes=y'],
  'AES-128, metadata in clear': ['128', '--use-aes=y', '--cleartext-metadata'],
  'AES-256 (R5)': ['256', '--force-R5'],
  'AES-256 (R6)': ['256'],
  'AES-256, metadata in clear': ['256', '--cleartext-metadata'],
};

let authority: TestAuthority;
let leader: Signer;
let agency: Signer;
let trust: string;

beforeAll(() => {
  authority = createAuthority(at('pki'));
  leader = authority.signer('P-256', 'Nguyễn Văn Ký').signer;
  agency = authority.signer('P-256', 'Sở Thử').signer;
  trust = trustDatabase(folder, authority.caFile);
  writeFile(folder, 'plain.pdf', officialDocument());
});

function protect(name: string, options: readonly string[], opens: string, structure: string): string {
  const [source, target] = [at('plain.pdf'), at(name)];
  // The characters' bytes as they are: the older revisions have no encoding for Vietnamese ones.
  const weak = ['--allow-weak-crypto', '--password-mode=bytes', `--object-streams=${structure}`];
  execFileSync('qpdf', [...weak, '--encrypt', opens, owner, ...options, '--', source, target]);
  return target;
}

async function approveAndSeal(source: string, password: string | undefined): Promise<string> {
  const [approved, sealed] = [`${source}-1.pdf`, `${source}-2.pdf`];
  const approval = { kind: 'approval' } as const;
  const seal = { kind: 'seal', number: '57', date: '2026-11-22' } as const;
  await signPdf({ source, target: approved, signer: leader, stamp: approval, password });
  await signPdf({ source: approved, target: sealed, signer: agency, stamp: seal, password });
  return sealed;
}

function verify(file: string, password?: string) {
  return verifyPdf(file, { anchors: anchors(), offline: true, password });
}

function anchors() {
  return leader.chain.slice(-1);
}

/** Names and values of the form's fields, as qpdf deciphers them. */
function fieldsToQpdf(file: string, password: string): Map<string, string> {
  const args = ['--json', '--json-key=acroform', `--password=${password}`, file];
  const { acroform } = JSON.parse(execFileSync('qpdf', args, { encoding: 'utf8' })) as {
    acroform: { fields: { fullname: string; value: unknown }[] };
  };
  return new Map(acroform.fields.map(({ fullname, value }) => [fullname, String(value)]));
}

describe.each(Object.keys(protections))('%s', (name) => {
  it.each([
    ['opens for everybody', '', undefined, 'generate'],
    ["opens with the user's password", user, user, 'disable'],
    ["opens with the owner's password", user, owner, 'generate'],
  ])('%s', async (_, opens, password, structure) => {
    const stem = `${name}-${opens === '' ? 'open' : password === user ? 'user' : 'owner'}`.replaceAll(
      /\W+/g,
      '-',
    );
    const source = protect(stem, protections[name] ?? [], opens, structure);
    const before = readFileSync(source);
    const sealed = await approveAndSeal(source, password);
    const bytes = readFileSync(sealed);
    expect(bytes.subarray(0, before.length).equals(before)).toBe(true);

    expect(qpdfComplaints(sealed, password)).toEqual([]);
    const fields = fieldsToQpdf(sealed, opens);
    expect(fields.get(formFieldNames.number)).toContain('57');
    expect([...fields.keys()]).toContain(formFieldNames.seal);
    const ranges = signedRanges(bytes);
    expect(ranges).toHaveLength(2);
    for (const range of ranges) opensslVerifies(folder, range, authority.caFile);
    expect(pdfsig(sealed, trust, opens).map(({ valid, whole }) => [valid, whole])).toEqual([
      [true, false],
      [true, true],
    ]);
    expect(mutool(sealed, opens)).toEqual(['edited', 'unchanged']);
    const text = execFileSync('pdftotext', ['-upw', opens, sealed, '-'], { encoding: 'utf8' });
    expect(text).toMatch(/Nguyễn Văn Ký/);

    const report = await verify(sealed, password);
    expect(
      report.signatures.map(({ intact, changesAfter, coverage }) => [intact, changesAfter, coverage]),
    ).toEqual([
      [true, 'formFilling', 'revision'],
      [true, 'none', 'file'],
    ]);
    if (opens === '') return;
    expect(await verify(sealed)).toEqual({ verdict: 'unreadable', failure: 'pdf-encrypted', signatures: [] });
    expect(await verify(sealed, 'another')).toMatchObject({ failure: 'pdf-password-wrong' });
  });
});

describe('the command line', () => {
  it('takes the password from the environment, for signing and for verifying', async () => {
    const source = protect('cli.pdf', ['256'], user, 'generate');
    const { file, password } = authority.signer('P-256', 'Trần Thị Dòng Lệnh').pkcs12();
    const key = ['--p12', file, '--p12-password-env', 'KEY', '--json'];
    const env = { KEY: password, DOC: user, WRONG: 'x' };
    const sign = (...more: string[]) =>
      antin(['sign', source, '--out', at('cli-1.pdf'), ...key, ...more], { env });
    const without = await sign();
    expect([without.code, without.json]).toMatchObject([1, [{ error: { code: 'pdf-encrypted' } }]]);
    const wrong = await sign('--password-env', 'WRONG');
    expect([wrong.code, wrong.json]).toMatchObject([1, [{ error: { code: 'pdf-password-wrong' } }]]);
    expect((await sign('--password-env', 'UNSET')).code).toBe(64);
    const right = await sign('--password-env', 'DOC');
    expect([right.code, right.json]).toMatchObject([0, [{ ok: true }]]);

    const judged = ['verify', at('cli-1.pdf'), '--trust', authority.caFile, '--offline', '--json'];
    const unread = await antin(judged);
    expect([unread.code, unread.json]).toMatchObject([
      4,
      [{ verdict: 'unreadable', failure: 'pdf-encrypted' }],
    ]);
    expect(unread.err).toContain('mật khẩu');
    const read = await antin([...judged, '--password-env', 'DOC'], { env });
    expect(read.json).toMatchObject([{ signatures: [{ intact: true, trusted: true, coverage: 'file' }] }]);
    for (const said of [without, wrong, right, unread, read])
      expect(`${said.out}${said.err}`).not.toContain(user);
  });
});
