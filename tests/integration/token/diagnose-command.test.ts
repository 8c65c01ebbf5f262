import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runDiagnose } from '../../../native/cli/diagnose.ts';
import { compileModule } from './scripted-module.ts';
import { makeSoftToken, prepareSoftHsm, type SoftToken, softHsm } from './soft-token.ts';

let folder: string;
let token: SoftToken;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antin-diagnose-'));
  process.env['SOFTHSM2_CONF'] = await prepareSoftHsm(folder);
  token = await makeSoftToken(folder, 'Lãnh đạo', [{ type: 'RSA', subject: '/C=VN/O=Sở Y tế/CN=Giám đốc' }]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const io = {
    language: 'vi' as const,
    env: {},
    out: (text: string) => out.push(text),
    err: (text: string) => err.push(text),
  };
  const code = await runDiagnose(args, io);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('antin diagnose', () => {
  test('says step by step what works, with holder and dates, and gives nothing away', async () => {
    const { code, out, err } = await run('--json', '--module', softHsm);
    expect([code, err]).toEqual([0, '']);
    const { steps, modules, system } = JSON.parse(out);
    expect(system).toMatchObject({ platform: process.platform, arch: process.arch });
    expect(steps.map(({ step, state }: { step: string; state: string }) => `${step} ${state}`)).toEqual([
      ...['module done', 'reader done', 'token done', 'certificate done', 'keyUse done', 'login waiting'],
    ]);
    expect(modules[0].tokens[0]).toMatchObject({ label: 'Lãnh đạo', serial: `…${token.serial.slice(-4)}` });
    expect(modules[0].tokens[0].mechanisms).toContain('CKM_RSA_PKCS');
    expect(modules[0].tokens[0].certificates[0]).toMatchObject({
      subject: 'Giám đốc',
      daysLeft: 29,
      refusal: null,
    });
    const text = (await run('--module', softHsm)).out;
    for (const secret of [token.pin, token.serial, token.keys[0]?.certificate.serialNumber ?? '-']) {
      expect(out + text).not.toContain(secret);
    }
    expect(text).toContain('[được] Chứng thư số: Giám đốc');
  });

  test('names the step that fails, and why', async () => {
    const crashing = await compileModule(folder, { ON_SLOTS: 'abort();' });
    const { code, out } = await run('--module', crashing);
    expect(code).toBe(1);
    expect(out).toContain('[CHƯA ĐƯỢC] Phần mềm của thiết bị');
    expect(out).toContain('Phần mềm của thiết bị ký số bị dừng khi chạy thử.');
  });

  test('--out writes a zip that only its owner can read, and never over another file', async () => {
    const zip = join(folder, 'diagnose.zip');
    expect((await run('--module', softHsm, '--out', zip)).code).toBe(0);
    expect((await readFile(zip)).subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
    expect((await stat(zip)).mode & 0o777).toBe(0o600);
    expect((await run('--module', softHsm, '--out', zip)).code).toBe(64);
    expect((await run('--module', softHsm, '--out', zip, '--force')).code).toBe(0);
    expect((await run('--module', softHsm, '--out', join(folder, 'no', 'where.zip'))).code).toBe(1);
  });
});
