import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskDocument, DocumentCard, SessionState, TokenState } from '../../contract/desktop.ts';
import type { TrustState } from '../../contract/trust.ts';
import { ConsentWindow } from './scenario/consent-window.ts';
import type { Desk } from './scenario/desk.ts';
import { Stage } from './scenario/stage.ts';
import { filesBelow } from './scenario/trace.ts';

/** While the window bears it, the page is the attacker's (stand-in/attacker.ts). */
const attackersName = 'taken over';

/**
 * A page of the window's that a hostile file has taken over after the leader signed in: it has all that the page has,
 * and no more.
 */
describe('a page that was taken over', () => {
  let stage: Stage;
  let leader: Desk;
  let folder: string;
  let documents: DeskDocument[];
  let key: Extract<SessionState, { status: 'signedIn' }>['key'];

  const attack = <T>(room: string, name: string, input: unknown = {}): Promise<T> =>
    leader.page.evaluate(
      `attack(${JSON.stringify(room)}, ${JSON.stringify(name)}, ${JSON.stringify(input)})`,
    );
  const inPage = (code: string): Promise<string> =>
    leader.page.evaluate(
      `(async () => { try { return String(await (${code})) } catch (error) { return 'failed: ' + error.name } })()`,
    );
  const windows = (): Promise<number> =>
    leader.app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  const heldFiles = () => filesBelow(leader.profile).filter((file) => file.includes('/files/'));
  const shownOf = ({ document, file }: DeskDocument) => ({ version: document.version, digest: file?.digest });
  const signing = (one: DeskDocument, more = {}) => ({
    ...{ id: one.document.id, shown: shownOf(one), use: { key, ...more } },
  });
  const first = (): DeskDocument => documents[0] ?? expect.fail('nothing waits to be signed');

  async function reload(name: string): Promise<void> {
    await leader.page.evaluate(`name = ${JSON.stringify(name)}`);
    await Promise.all([
      leader.page.waitForEvent('domcontentloaded'),
      leader.app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload()),
    ]);
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'antin-attacker-'));
    await build({
      ...{ configFile: false, logLevel: 'warn' },
      build: {
        ...{ outDir: folder, minify: false },
        lib: {
          entry: join(import.meta.dirname, 'stand-in/attacker.ts'),
          ...{ formats: ['iife'], name: 'attacker', fileName: () => 'attacker.js' },
        },
      },
    });
    stage = await Stage.set();
    leader = await stage.open('leader');
    await leader.signsIn();
    await leader.goesTo('Chờ ký');
    await leader.page.getByRole('row').nth(2).waitFor();
    await leader.page.addInitScript(readFileSync(join(folder, 'attacker.js'), 'utf8'));
    await reload(attackersName);
    const session = await attack<SessionState>('session', 'state');
    if (session.status !== 'signedIn') throw new Error('nobody is signed in');
    key = session.key;
    const cards = await attack<DocumentCard[]>('documents', 'list', { box: 'toSign' });
    for (const { id } of cards) documents = [...(documents ?? []), await attack('documents', 'get', { id })];
    await leader.answersQuestions(false);
  }, 180_000);

  afterAll(async () => {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('gets one window for a flood of requests, and nothing signed', async () => {
    const before = heldFiles();
    let flood: Promise<unknown[]> = Promise.resolve([]);
    const consent = await ConsentWindow.after(leader.app.app, async () => {
      flood = Promise.all([
        ...documents.map((one) => attack('documents', 'approve', signing(one))),
        ...documents.map((one) => attack('documents', 'approve', signing(one))),
      ]);
    });
    await consent.settled();
    expect(await windows()).toBe(2);
    const items = documents.map((one) => ({ id: one.document.id, shown: shownOf(one) }));
    expect(await attack('batch', 'start', { act: 'approve', items, use: { key } })).toMatch(
      /^failed: (consent-busy|document-state)$/,
    );
    // What it can say and press reaches its own window alone.
    const reply = { say: 'confirm', pin: null, lastTryConfirmed: true };
    await inPage(
      `[postMessage(${JSON.stringify(reply)}, '*'), opener?.postMessage(${JSON.stringify(reply)}, '*')]`,
    );
    await inPage(
      `['keydown', 'keypress', 'keyup'].map((type) => document.dispatchEvent(new KeyboardEvent(type, { key: 'Enter', bubbles: true })))`,
    );
    expect(await inPage(`window.open('app://consent/consent.html')`)).toBe('null');
    expect(await inPage(`fetch('app://consent/consent.html')`)).toBe('failed: TypeError');
    expect(await windows()).toBe(2);
    await consent.cancels();
    const answers = await flood;
    expect(answers.filter((answer) => answer === 'failed: cancelled')).toHaveLength(1);
    expect(answers.every((answer) => String(answer).startsWith('failed: '))).toBe(true);
    expect(heldFiles()).toEqual(before);
    expect(await attack('outbox', 'list')).toEqual([]);
  });

  it('smuggles no PIN in', async () => {
    const { ciphertext, ...rest } = {
      keyId: crypto.randomUUID(),
      senderKey: 'AA==',
      nonce: 'AA==',
      ciphertext: 'AA==',
    };
    const pin = { ...rest, ciphertext };
    expect(await attack('documents', 'approve', signing(first(), { pin }))).toBe('failed: input-invalid');
    expect(await attack('documents', 'seal', signing(first(), { lastTryConfirmed: true }))).toBe(
      'failed: input-invalid',
    );
    expect(await windows()).toBe(1);
  });

  it('wears nobody down: after each no it is made to wait longer', async () => {
    let asked = 0;
    for (;;) {
      let answer: Promise<unknown> = Promise.resolve();
      const opened = leader.app.app.waitForEvent('window', { timeout: 40_000 }).catch(() => null);
      answer = attack('documents', 'approve', signing(first()));
      const told = await Promise.race([opened, answer]);
      if (typeof told === 'string') {
        expect(told).toBe('failed: consent-paused');
        break;
      }
      asked += 1;
      expect(asked).toBeLessThan(6);
      await leader.app.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .find((window) => window.getParentWindow())
          ?.close(),
      );
      expect(await answer).toBe('failed: cancelled');
    }
    expect(await windows()).toBe(1);
  }, 120_000);

  it('gets nobody trusted, no driver, no file, no PIN changed or tried a last time', async () => {
    const trusted = await attack<TrustState>('trust', 'list');
    const state = await attack<TokenState>('tokens', 'state');
    const foreign = '0'.repeat(64);
    expect(await attack('trust', 'add', { fingerprint: foreign })).toBe('failed: not-permitted');
    expect(await attack('tokens', 'addModule', { path: '/tmp/evil.so' })).toBe('failed: not-permitted');
    const { modulePath, tokenSerial } = key;
    const token = { modulePath, tokenSerial };
    const change = { token, oldPin: null, newPin: null };
    for (const lastTryConfirmed of [false, true]) {
      expect(await attack('tokens', 'changePin', { ...change, lastTryConfirmed })).toMatch(
        /^failed: (cancelled|consent-paused)$/,
      );
    }
    expect(await attack('session', 'signIn', { key, lastTryConfirmed: true })).toMatch(
      /^failed: (cancelled|consent-paused)$/,
    );
    for (const digest of [foreign, 'f'.repeat(64)]) {
      expect(await inPage(`fetch('doc://file/${digest}').then(({ status }) => status)`)).toBe('404');
    }
    expect(await attack('trust', 'list')).toEqual(trusted);
    const after = await attack<TokenState>('tokens', 'state');
    expect(after.modules.map(({ path }) => path)).toEqual(state.modules.map(({ path }) => path));
    expect(await attack('outbox', 'list')).toEqual([]);
  });

  it('leaves the honest person’s work as it was', async () => {
    // What was refused until now stands on the page's console.
    const noise = leader.app.consoleErrors.length;
    await reload('');
    const { subject } = first().document;
    await leader.opens('Chờ ký', subject);
    // A person comes when the pause is over.
    await expect
      .poll(
        async () => {
          const consent = leader.asksForConsent(await leader.asksToSign('Ký duyệt'));
          const told = leader.page.getByText('Cửa sổ xác nhận chưa mở lại ngay.').waitFor();
          const window = await Promise.race([consent, told]);
          consent.catch(() => undefined);
          told.catch(() => undefined);
          if (!window) return 'waiting';
          await window.confirms(stage.lab.people.leader.token.pin);
          return 'asked';
        },
        { timeout: 90_000, interval: 2000 },
      )
      .toBe('asked');
    await leader.sees(/^Đã ký duyệt lúc/);
    expect(leader.app.consoleErrors.slice(noise)).toEqual([]);
  }, 150_000);
});
