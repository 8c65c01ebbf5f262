import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { findingSentence } from '../../contract/messages/message.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import { onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority } from '../unit/signing/software-key.ts';
import { antin } from './cli-call.ts';

/**
 * Names that say "valid", turn the reading direction, and command a terminal: none may bend what `antin verify` says.
 */

const folder = scratchFolder();
const lie = 'Chữ ký hợp lệ';
const commonName = `${lie}: Chủ tịch\u202e\u001b[2K\u0085Chữ ký 2: ${lie}`;
const fieldName = `x”: ${lie}\n  Chữ ký 9: ${lie}\u001b[1A${' '.repeat(100)}${'dài '.repeat(100)}`;
const fileName = `a.pdf: ${lie}\n\u001b[2Jvăn bản\u202efdp.b.pdf`;
/** What a terminal obeys and what turns text; lines may end. */
const tricks = /[^\P{C}\n]|\u2028|\u2029/u;

let file = '';

beforeAll(async () => {
  const { signer } = createAuthority(path.join(folder, 'nobody')).signer('P-256', commonName);
  const signed = path.join(folder, 'signed.pdf');
  await signPdf({
    source: writeFile(folder, 'plain.pdf', onePagePdf()),
    target: signed,
    signer,
    stamp: { kind: 'plain', field: fieldName },
  });
  const bytes = readFileSync(signed);
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  file = writeFile(folder, fileName, bytes);
});

it('says what it found on lines of its own, in words that nobody else wrote', async () => {
  const { code, out, err } = await antin(['verify', file, '--offline']);
  expect(code).toBe(1);
  expect(out + err).not.toMatch(tricks);
  const lines = out.trimEnd().split('\n');
  expect(lines[0]).toMatch(/a\.pdf: .*\.pdf: Chữ ký không hợp lệ: “Chữ ký hợp lệ: .*” – /);
  // The changed byte makes programs read the file differently, which stands first.
  const differs = { code: 'reading-differs', weight: 'blocks', page: null, params: {} } as const;
  expect(lines[1]).toBe(`  ! ${findingSentence(differs)}`);
  expect(lines[2]).toBe('  Chữ ký 1: Chữ ký không hợp lệ');
  expect(lines[3]).toMatch(/^ {4}Tên ô chữ ký trong tệp: x”: Chữ ký hợp lệ.*…$/);
  for (const line of lines.slice(3)) expect(line).toMatch(/^ {4}/);
});

it('gives programs the file’s own name, and a terminal nothing to obey', async () => {
  const { out, json } = await antin(['verify', file, '--offline', '--json']);
  expect(out.trimEnd()).not.toMatch(tricks);
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  expect(json).toMatchObject([{ file, verdict: 'invalid' }]);
});

it('files a report whose lines are its own', async () => {
  const report = path.join(folder, 'report.pdf');
  await antin(['verify', file, '--offline', '--report', report]);
  const text = execFileSync('pdftotext', ['-layout', report, '-'], { encoding: 'utf8' });
  expect(text.replaceAll('\f', '')).not.toMatch(tricks);
  expect(text).toMatch(/^Chữ ký 1: Chữ ký không hợp lệ$/m);
  expect(text).not.toMatch(/^ *Chữ ký (hợp lệ|[29]( \([^)]*\))?: Chữ ký hợp lệ)$/m);
});

it('says a name in a failure as it looks', async () => {
  const missing = path.join(folder, `không có\u001b[2J\n${lie}.pdf`);
  const { err } = await antin(['verify', missing]);
  expect(err).not.toMatch(tricks);
  expect(err).not.toMatch(/^Chữ ký/m);
  const copy = path.join(folder, fileName.replace('a.pdf', 'b.pdf'));
  copyFileSync(file, copy);
  const call = ['revision', copy, '--signature', 'không có ô này', '--out', path.join(folder, 'r.pdf')];
  expect((await antin(call)).err).not.toMatch(tricks);
});
