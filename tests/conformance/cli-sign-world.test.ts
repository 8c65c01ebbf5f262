import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { onePage, onePagePdf } from '../unit/pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority } from '../unit/signing/software-key.ts';
import { antin } from './cli-call.ts';

/** `antin sign` and what is around it: other programs, the list of processes, signals. */

const root = scratchFolder();
let key: { file: string; password: string };
let folder = '';
let count = 0;

beforeAll(() => {
  key = createAuthority(path.join(root, 'pki')).signer('RSA-2048', 'Nguyễn Văn Thử').pkcs12();
});

beforeEach(() => {
  folder = path.join(root, String(count++));
  mkdirSync(folder);
});

const at = (name: string) => path.join(folder, name);

describe('the world outside', () => {
  const entry = fileURLToPath(new URL('../../native/cli/main.ts', import.meta.url));

  it('a reader that closes early (| head) spoils nothing', () => {
    const files = Array.from({ length: 5 }, (_, index) => writeFile(folder, `${index}.pdf`, onePagePdf()));
    const script = 'set -o pipefail; "$@" | head -c 1 >/dev/null; echo $?';
    const call = [
      'sign',
      ...files,
      '--out',
      at('ra/'),
      '--p12',
      key.file,
      '--p12-password-env',
      'SECRET',
      '--json',
    ];
    const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', process.execPath, entry, ...call], {
      encoding: 'utf8',
      env: { ...process.env, SECRET: key.password },
    });
    expect([stdout.trim(), stderr]).toEqual(['0', '']);
    expect(readdirSync(at('ra'))).toHaveLength(5);
  });

  it('the password shows in no argument', async () => {
    const source = writeFile(folder, 'a.pdf', onePagePdf());
    let seen = '';
    const args = ['sign', source, '--out', at('b.pdf'), '--p12', key.file, '--p12-password-env', 'SECRET'];
    await antin(args, {
      env: { SECRET: key.password },
      onStart: ({ pid }) => {
        seen = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      },
    });
    expect(seen).toContain('main.ts');
    expect(seen).not.toContain(key.password);
  });

  it('an interrupted call takes what is half written with it', async () => {
    // Large enough to be caught while it is copied.
    const source = at('large.pdf');
    writeFileSync(
      source,
      onePage()
        .stream(9, Buffer.alloc(200 << 20))
        .table('/Root 1 0 R', 10).bytes,
    );
    mkdirSync(at('ra'));
    const args = [
      'sign',
      source,
      '--out',
      at('ra'),
      '--p12',
      key.file,
      '--p12-password-env',
      'SECRET',
      '--json',
    ];
    const result = await antin(args, {
      env: { SECRET: key.password },
      onStart: (child) => {
        const look = () => {
          if (child.exitCode !== null) return;
          if (readdirSync(at('ra')).length > 0) child.kill('SIGINT');
          else setImmediate(look);
        };
        look();
      },
    });
    expect(result).toMatchObject({ code: 1, json: [{ error: { code: 'cancelled' } }] });
    expect(readdirSync(at('ra'))).toEqual([]);
  });
});
