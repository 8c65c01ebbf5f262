import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { Signer } from '../../native/signing/signer.ts';
import { onePage, onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority, type TestAuthority } from '../unit/signing/software-key.ts';
import { antin } from './cli-call.ts';

/**
 * `antin verify`: its exit codes and the shape of what it prints. What the verdicts rest on is tested in its own
 * room.
 */

const folder = scratchFolder();
let authority: TestAuthority;
let signer: Signer;
let signed = '';
let changed = '';
let unsigned = '';
let unreadable = '';

beforeAll(async () => {
  authority = createAuthority(path.join(folder, 'pki'));
  signer = authority.signer('RSA-2048', 'Nguyễn Văn Thử').signer;
  unsigned = writeFile(folder, 'unsigned.pdf', onePagePdf());
  signed = path.join(folder, 'signed.pdf');
  await signPdf({ source: unsigned, target: signed, signer, stamp: { kind: 'approval' } });
  const bytes = readFileSync(signed);
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  changed = writeFile(folder, 'changed.pdf', bytes);
  unreadable = writeFile(folder, 'unreadable.pdf', Buffer.from('%PDF-1.7\n/ByteRange /Type /Sig'));
});

async function verify(files: readonly string[], ...more: string[]) {
  return antin(['verify', ...files, '--trust', authority.caFile, '--offline', '--json', ...more]);
}

it('prints one object a file, in just the shape that cli.md says', async () => {
  const { code, json } = await verify([signed]);
  // Nobody was asked about revocation: not enough information.
  expect(code).toBe(2);
  expect(json).toEqual([
    {
      file: signed,
      sentence: expect.stringMatching(/^Không đủ thông tin xác thực: Nguyễn Văn Thử – /),
      verdict: 'indeterminate',
      signatures: [
        {
          field: 'antin-approval',
          type: 'signature',
          verdict: 'indeterminate',
          reasons: ['revocation-unknown'],
          intact: true,
          trusted: true,
          revocation: 'notChecked',
          coverage: 'file',
          changesAfter: 'none',
          changes: [],
          signer: expect.objectContaining({
            subject: 'Nguyễn Văn Thử',
            organisation: 'Sở Khoa học và Công nghệ',
            issuer: 'CA gốc thử nghiệm',
            serial: signer.certificate.serialNumber,
            notBefore: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
            notAfter: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          }),
          signedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          timestampAt: null,
          algorithm: expect.stringContaining('SHA-256'),
          level: 'b',
          role: 'person',
          place: {
            page: 1,
            pageSize: { width: expect.any(Number), height: expect.any(Number) },
            box: expect.objectContaining({ x: expect.any(Number), y: expect.any(Number) }),
          },
        },
      ],
      timings: { totalMs: expect.any(Number) },
    },
  ]);
});

describe('the exit code', () => {
  it.each<[string, () => string[], number]>([
    ['invalid', () => [changed], 1],
    ['indeterminate', () => [signed], 2],
    ['unsigned', () => [unsigned], 3],
    ['unreadable', () => [unreadable], 4],
    ['a file that is missing', () => [path.join(folder, 'none.pdf')], 4],
    ['several: the worst is invalid', () => [unsigned, unreadable, signed, changed], 1],
    ['several: the worst is unreadable', () => [unsigned, unreadable, signed], 4],
    ['several: the worst is indeterminate', () => [unsigned, signed], 2],
  ])('%s', async (_, files, expected) => {
    const { code, json } = await verify(files());
    expect([code, json.length]).toEqual([expected, files().length]);
  });

  it('a folder, an empty file and an encrypted one are unreadable', async () => {
    mkdirSync(path.join(folder, 'folder.pdf'));
    const files = [
      path.join(folder, 'folder.pdf'),
      writeFile(folder, 'empty.pdf', Buffer.of()),
      writeFile(folder, 'encrypted.pdf', onePage().table('/Root 1 0 R/Encrypt 5 0 R', 6).bytes),
    ];
    const { code, json, err } = await verify(files);
    expect([code, json]).toMatchObject([
      4,
      files.map((file) => ({ file, verdict: 'unreadable', signatures: [] })),
    ]);
    expect(err).not.toMatch(/ at .*\.ts:|Error:/);
  });

  it.each([
    ['no file', []],
    ['an unknown option', ['a.pdf', '--strict']],
    ['a time that is none', ['a.pdf', '--time', 'hôm qua']],
    ['a trust file that is missing', ['a.pdf', '--trust', '/none.pem']],
  ])('a call that is no call: %s', async (_, args) => {
    const { code, out, err } = await antin(['verify', ...args]);
    expect([code, out]).toEqual([64, '']);
    expect(err.trim()).not.toBe('');
  });
});

describe('a report', () => {
  const textOf = (file: string) => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });

  it('is written beside the verdict, one for each file, and takes no other file’s place', async () => {
    const out = path.join(folder, 'reports');
    const first = await verify([signed, unsigned], '--report', `${out}/`);
    expect([first.code, first.json.length]).toEqual([2, 2]);
    expect(textOf(path.join(out, 'signed.pdf'))).toContain('Nguyễn Văn Thử');
    expect(textOf(path.join(out, 'unsigned.pdf'))).toContain('Văn bản chưa có chữ ký số nào.');
    const kept = readFileSync(path.join(out, 'signed.pdf'));
    const again = await verify([signed], '--report', path.join(out, 'signed.pdf'));
    expect([again.code, again.json.length]).toEqual([73, 1]);
    expect(again.err).toContain('signed.pdf');
    expect(readFileSync(path.join(out, 'signed.pdf')).equals(kept)).toBe(true);
    const english = ['--report', path.join(out, 'signed.pdf'), '--force', '--lang', 'en'];
    expect((await verify([signed], ...english)).code).toBe(2);
    expect(textOf(path.join(out, 'signed.pdf'))).toContain('SIGNATURE VERIFICATION REPORT');
  });

  it('that can’t be written is told from a verdict, and leaves nothing behind', async () => {
    const { code, err } = await verify([changed], '--report', path.join(folder, 'nowhere', 'report.pdf'));
    expect(code).toBe(73);
    expect(err).not.toMatch(/ at .*\.ts:|Error:/);
    expect(existsSync(path.join(folder, 'nowhere'))).toBe(false);
  });
});

it('speaks to people in Vietnamese, and in English when asked', async () => {
  const args = ['verify', signed, changed, '--trust', authority.caFile, '--offline'];
  const vietnamese = await antin(args);
  expect(vietnamese.out).toContain('Người ký: Nguyễn Văn Thử');
  const english = await antin([...args, '--lang', 'en']);
  expect(english.out).toContain('Signer: Nguyễn Văn Thử');
});
