import { spawn } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { verifyPdf } from '../../native/verification/index.ts';
import { antin } from '../conformance/cli-call.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import { MisbehavingDesk } from './token-misbehaving-desk.ts';

/** `antin sign` over many files, whose token is pulled out at the third. */

const entry = fileURLToPath(new URL('../../native/cli/main.ts', import.meta.url));
const count = 6;
let lab: Lab;
let desk: MisbehavingDesk;
let out: string;

beforeAll(async () => {
  lab = await startLab();
  desk = await MisbehavingDesk.open(lab, 'leader');
});

afterAll(async () => {
  await desk.close();
  await lab.close();
});

beforeEach(async () => {
  out = await mkdtemp(join(lab.dir, 'unplugged-'));
  desk.misbehaviour.forget();
  desk.set({ calls: { 'C_Sign 3': 'remove' } });
});

function call(): string[] {
  const files = Array.from({ length: count }, () => lab.papers.documents.decision);
  return ['sign', ...files, '--out', out, '--module', desk.modulePath, '--token', desk.token.serial];
}

/** At a terminal, which `script` makes: each `says` is waited for, then `does` gives what is typed. */
async function atTerminal(
  args: readonly string[],
  turns: { says: string; does: () => string }[],
): Promise<{ code: number | null; shown: string }> {
  const quoted = [process.execPath, entry, ...args].map((each) => `'${each}'`).join(' ');
  const terminal = spawn('script', ['-qec', quoted, '/dev/null'], {
    env: { ...process.env, ...desk.environment, LC_ALL: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  let from = 0;
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    for (let [turn] = turns; turn; [turn] = turns) {
      const at = shown.indexOf(turn.says, from);
      if (at < 0) return;
      from = at + turn.says.length;
      turns.shift();
      terminal.stdin.write(turn.does());
    }
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    terminal.on('error', reject);
    terminal.on('close', resolve);
  });
  return { code, shown };
}

test('a script hears why the rest was not signed, and what is signed is whole', async () => {
  const env = { ...desk.environment, TEST_PIN: desk.pin };
  const { code, json } = await antin([...call(), '--pin-env', 'TEST_PIN', '--json'], { env });
  expect(code).toBe(1);
  expect(json).toHaveLength(count);
  const names = await readdir(out);
  expect(json.filter((line) => (line as { ok: boolean }).ok)).toHaveLength(names.length);
  expect(names).toHaveLength(2);
  for (const line of json.filter((each) => !(each as { ok: boolean }).ok))
    expect(line).toMatchObject({ error: { code: 'token-removed' } });
  expect(desk.misbehaviour.calls('C_Login')).toBe(1);
});

test('a person plugs it in again, types the PIN once more, and all files are signed', async () => {
  const pin = () => `${desk.pin}\r`;
  const { code, shown } = await atTerminal(call(), [
    { says: 'Mã PIN của thiết bị ký số:', does: pin },
    {
      says: 'Cắm lại thiết bị ký số',
      does: () => {
        desk.set({});
        return '';
      },
    },
    { says: 'Mã PIN của thiết bị ký số:', does: pin },
  ]);
  expect([code, shown]).toEqual([0, expect.stringContaining(`${count}/${count}`)]);
  expect(shown).not.toContain(desk.pin);
  const names = await readdir(out);
  expect(names).toHaveLength(count);
  expect(desk.misbehaviour.calls('C_Login')).toBe(2);
  for (const name of names) {
    const { signatures } = await verifyPdf(join(out, name), { anchors: lab.anchors, offline: true });
    expect(signatures).toMatchObject([{ intact: true, coverage: 'file' }]);
  }
});

test('a wrong PIN then costs one try and ends it', async () => {
  const { code, shown } = await atTerminal(call(), [
    { says: 'Mã PIN của thiết bị ký số:', does: () => `${desk.pin}\r` },
    {
      says: 'Cắm lại thiết bị ký số',
      does: () => {
        desk.set({});
        return '';
      },
    },
    { says: 'Mã PIN của thiết bị ký số:', does: () => `${desk.pin.slice(1)}x\r` },
  ]);
  expect([code, shown]).toEqual([1, expect.stringContaining('Mã PIN không đúng')]);
  expect(await readdir(out)).toHaveLength(2);
  expect(desk.misbehaviour.calls('C_Login')).toBe(2);
});
