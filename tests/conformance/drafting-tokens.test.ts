import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { makeSoftToken, prepareSoftHsm, type SoftToken, softHsm } from '../integration/token/soft-token.ts';
import { sampleDraft, strainedDrafts } from '../lab/drafts.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { antin } from './cli-call.ts';
import { pdfsig, trustDatabase } from './signing-judges.ts';

/**
 * From a draft to an issued document by the command line alone, as a script in an office would do it, with keys on
 * tokens.
 */

const root = scratchFolder();
let configuration: string;
let leader: SoftToken;
let agency: SoftToken;

beforeAll(async () => {
  configuration = await prepareSoftHsm(root);
  leader = await makeSoftToken(root, 'Lãnh đạo', [
    { type: 'RSA', subject: '/C=VN/O=Sở Khoa học và Công nghệ/CN=Nguyễn Văn A' },
  ]);
  agency = await makeSoftToken(root, 'Văn thư', [
    { type: 'RSA', subject: '/C=VN/O=Sở Khoa học và Công nghệ/CN=Sở Khoa học và Công nghệ' },
  ]);
});

function certificateOf(token: SoftToken, name: string): string {
  const pem = execFileSync('openssl', ['x509', '-inform', 'DER'], { input: token.keys[0]?.certificate.raw });
  return writeFile(root, name, pem);
}

it.each([
  ['a decision', sampleDraft('quyet-dinh')],
  ['a letter', sampleDraft('cong-van')],
  ['thirty pages', strainedDrafts['thirty pages']],
  ['an appendix on its side', strainedDrafts['a table on its side, and appendices']],
])('%s', async (name, draft) => {
  const folder = path.join(root, name.replaceAll(' ', '-'));
  mkdirSync(folder);
  const file = (step: string) => path.join(folder, step);
  writeFileSync(file('du-thao.json'), JSON.stringify(draft));
  expect((await antin(['draft', file('du-thao.json'), '--out', file('0.pdf')])).code).toBe(0);

  const sign = async (source: string, target: string, token: SoftToken, more: readonly string[]) => {
    const key = ['--module', softHsm, '--token', token.label, '--pin-fd', '3'];
    const { code, json } = await antin(['sign', source, '--out', target, ...key, ...more, '--json'], {
      env: { SOFTHSM2_CONF: configuration },
      third: `${token.pin}\n`,
    });
    return [code, (json[0] as { field?: string }).field];
  };
  expect(await sign(file('0.pdf'), file('1.pdf'), leader, ['--as', 'approval'])).toEqual([
    0,
    'antin-approval',
  ]);
  const numbered = ['--as', 'seal', '--number', '05', '--date', '2027-01-05'];
  expect(await sign(file('1.pdf'), file('2.pdf'), agency, numbered)).toEqual([0, 'antin-seal']);

  const trusted = [certificateOf(leader, 'leader.pem'), certificateOf(agency, 'agency.pem')];
  const trust = trusted.flatMap((certificate) => ['--trust', certificate]);
  const { json } = await antin(['verify', file('2.pdf'), '--offline', ...trust, '--json']);
  const { signatures } = json[0] as {
    signatures: { field: string; intact: boolean; changesAfter: string }[];
  };
  expect(signatures).toMatchObject([
    { field: 'antin-approval', intact: true, changesAfter: 'formFilling' },
    { field: 'antin-seal', intact: true, changesAfter: 'none' },
  ]);
  const database = trustDatabase(folder, trusted[0] ?? '');
  expect(pdfsig(file('2.pdf'), database)).toMatchObject([{ valid: true }, { valid: true }]);
  expect((await antin(['check', file('2.pdf'), '--json'])).json).toMatchObject([{ findings: [] }]);
});
