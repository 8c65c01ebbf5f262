import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '../../../contract/messages/message.ts';
import { runTokens } from '../../../native/cli/tokens.ts';
import { compileModule } from './scripted-module.ts';
import { makeSoftToken, prepareSoftHsm, type SoftToken, softHsm } from './soft-token.ts';

let folder: string;
let token: SoftToken;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antin-tokens-command-'));
  process.env['SOFTHSM2_CONF'] = await prepareSoftHsm(folder);
  token = await makeSoftToken(folder, 'Văn thư', [
    { type: 'RSA', subject: '/C=VN/O=Sở Y tế/CN=Văn thư/UID=CBCC:002' },
  ]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(args: string[], language: Language = 'vi') {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    language,
    env: {},
    out: (text: string) => out.push(text),
    err: (text: string) => err.push(text),
  };
  const code = await runTokens(args, io);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('antin tokens', () => {
  test('--json prints one object in the shape of the interface', async () => {
    const { code, out, err } = await run(['--json', '--module', softHsm]);
    expect([code, err]).toEqual([0, '']);
    const certificate = token.keys[0]?.certificate;
    expect(JSON.parse(out)).toMatchObject({
      modules: [
        {
          path: softHsm,
          ok: true,
          error: null,
          description: 'Implementation of PKCS11',
          tokens: [
            {
              slot: expect.any(Number),
              label: 'Văn thư',
              serial: token.serial,
              manufacturer: 'SoftHSM project',
              model: 'SoftHSM v2',
              flags: { pinCountLow: false, pinFinalTry: false, pinLocked: false, protectedPath: false },
              loggedIn: false,
              certificates: [
                {
                  id: token.keys[0]?.id,
                  subject: 'Văn thư',
                  organisation: 'Sở Y tế',
                  holder: 'person',
                  serial: certificate?.serialNumber,
                  issuer: 'Văn thư',
                  notBefore: certificate?.validFromDate.toISOString(),
                  notAfter: certificate?.validToDate.toISOString(),
                  ...{ keyType: 'RSA', keyBits: 2048, canSign: true, hasPrivateKey: true },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test('tells people the same in their language', async () => {
    const vietnamese = await run(['--module', softHsm]);
    expect(vietnamese.out).toContain(`Thiết bị “Văn thư”, số sê-ri ${token.serial}`);
    expect(vietnamese.out).toContain('Văn thư, Sở Y tế (cá nhân; ký được)');
    const english = await run(['--module', softHsm], 'en');
    expect(english.out).toContain('Văn thư, Sở Y tế (person; can sign)');
  });

  test('without --module looks at the modules of this system', async () => {
    const { code, out } = await run(['--json']);
    expect(code).toBe(0);
    const paths: string[] = JSON.parse(out).modules.map((module: { path: string }) => module.path);
    // The system may name it by another path to the same file.
    expect(paths.filter((path) => path.endsWith('/libsofthsm2.so'))).toHaveLength(1);
  });

  test('says which module cannot be used, and that by its exit code', async () => {
    const crashing = await compileModule(folder, { ON_SLOTS: 'abort();' });
    const { code, out } = await run([
      '--json',
      '--module',
      '/none.so',
      '--module',
      crashing,
      '--module',
      softHsm,
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(out).modules).toMatchObject([
      { ok: false, error: { code: 'module-missing' } },
      { ok: false, error: { code: 'module-crashed' } },
      { ok: true },
    ]);
    const text = await run(['--module', '/none.so'], 'en');
    expect(text).toMatchObject({ code: 1, out: expect.stringContaining('/none.so') });
  });

  test('warns of a locked token', async () => {
    const locked = await compileModule(folder, {
      TOKEN_FLAGS: 'CKF_USER_PIN_LOCKED | CKF_USER_PIN_COUNT_LOW',
    });
    const { out } = await run(['--module', locked], 'en');
    expect(out).toContain('The token has locked itself');
    expect(out).not.toContain('A wrong PIN has been entered.');
  });

  test('refuses an option that it does not know', async () => {
    expect(await run(['--bogus'])).toMatchObject({ code: 64, out: '' });
    expect(await run(['file.pdf'])).toMatchObject({ code: 64, out: '' });
  });
});
