import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { electronProgram } from '../../scripts/setup/electron-runtime.mjs';
import { processesOf, type RunningApp } from './launch.ts';
import { makeStandIn, type Seen, type StandIn } from './stand-in/launch-stand-in.ts';

let standIn: StandIn;

beforeAll(async () => {
  standIn = await makeStandIn();
});

afterAll(() => standIn?.remove());

const seen = (running: RunningApp) => running.page.evaluate((): Seen => standInPage.seen);
const say = (running: RunningApp, data: unknown) =>
  running.page.evaluate((said) => standInPage.say(said), data);

/** The newest message from a sender, once there is one that the check accepts. */
async function heard(
  running: RunningApp,
  check: (message: Record<string, unknown>) => boolean,
): Promise<Record<string, unknown>> {
  let found: Record<string, unknown> | undefined;
  await expect
    .poll(
      async () => {
        found = (await seen(running)).messages.findLast(check);
        return found !== undefined;
      },
      { timeout: 15_000 },
    )
    .toBe(true);
  return found ?? {};
}

/** Ctrl with a key, as from a keyboard: Playwright's own keys go past the shell straight into the page. */
const press = (running: RunningApp, keyCode: string) =>
  running.app.evaluate(({ BrowserWindow }, key) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.sendInputEvent({ type: 'keyDown', keyCode: key, modifiers: ['control'] });
    contents?.sendInputEvent({ type: 'keyUp', keyCode: key, modifiers: ['control'] });
  }, keyCode);

const log = (profile: string, name: string) =>
  readFileSync(path.join(profile, 'logs', `${name}.log`), 'utf8');

function isAlive(pid: unknown): boolean {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}

describe.each(['pipe', 'utility'] as const)('core and token as %s processes', (processes) => {
  test('the core is told of the environment, and that of Electron is kept from it', async () => {
    await using running = await standIn.start({ processes, env: { STAND_IN: 'passed on' } });
    const { messages } = await seen(running);
    expect(messages[0]).toMatchObject({ from: 'core', said: 'hello', variable: 'passed on' });
    expect(running.consoleErrors).toEqual([]);
  });

  test('bytes and large messages pass both ways unharmed', async () => {
    await using running = await standIn.start({ processes });
    const sent = await running.page.evaluate(() => {
      const bytes = new Uint8Array(2_000_000).map((_, index) => index % 251);
      standInPage.say({ bytes, text: 'ấn tín'.repeat(1000) });
      return bytes.length;
    });
    // Looked at in the page: two megabytes would take the debugger's way for half a minute.
    const received = () =>
      running.page.evaluate(() => {
        const message = standInPage.seen.messages.find(({ said }) => typeof said === 'object');
        if (!message) return null;
        const { bytes, text } = message['said'] as { bytes: Uint8Array; text: string };
        return [bytes.length, bytes.every((byte, index) => byte === index % 251), text.length];
      });
    await expect.poll(received, { timeout: 15_000 }).toEqual([sent, true, 6000]);
  });

  test('a dead core comes back, and the page with a new port', async () => {
    await using running = await standIn.start({ processes });
    const first = await heard(running, ({ said }) => said === 'hello');
    await say(running, { act: 'die' });
    await running.page.waitForSelector('html[data-ready="2"]', { state: 'attached' });
    const second = await heard(running, ({ said }) => said === 'hello');
    expect(second['pid']).not.toBe(first['pid']);
    const { stopped, ports } = await seen(running);
    expect(stopped).toHaveLength(1);
    expect(stopped[0]).toBeGreaterThan(0);
    expect(ports).toBe(2);
  });

  test('documents are asked of the new core', async () => {
    await using running = await standIn.start({ processes });
    await say(running, { act: 'die' });
    await running.page.waitForSelector('html[data-ready="2"]', { state: 'attached' });
    const status = await running.page.evaluate(
      (url) => fetch(url).then((it) => it.status),
      `doc://file/${standIn.digest}`,
    );
    expect(status).toBe(200);
  });

  test('a token process that ignores every request to end is ended', async () => {
    await using running = await standIn.start({ processes });
    await say(running, { act: 'startToken' });
    const first = await heard(running, ({ from, pid }) => from === 'token' && pid !== undefined);
    expect(isAlive(first['pid'])).toBe(true);

    // Starting it again ends the one that runs.
    await say(running, { act: 'startToken' });
    const second = await heard(
      running,
      ({ from, pid }) => from === 'token' && pid !== undefined && pid !== first['pid'],
    );
    expect(isAlive(first['pid'])).toBe(false);

    await say(running, { act: 'killToken' });
    await heard(running, ({ killed }) => killed === true);
    expect(isAlive(second['pid'])).toBe(false);
    // The core learns of it from the channel, and nobody else is hurt.
    await heard(running, ({ from, closed }) => from === 'token' && closed === true);
    expect((await seen(running)).ports).toBe(1);
  });

  test('the token process does not outlive its core', async () => {
    await using running = await standIn.start({ processes });
    await say(running, { act: 'startToken' });
    const token = await heard(running, ({ from, pid }) => from === 'token' && pid !== undefined);
    await say(running, { act: 'die' });
    await running.page.waitForSelector('html[data-ready="2"]', { state: 'attached' });
    await expect.poll(() => isAlive(token['pid'])).toBe(false);
  });

  test('quitting lets the core finish, and leaves no process behind', async () => {
    const profile = standIn.newProfile();
    const running = await standIn.start({ profile, processes });
    await say(running, { act: 'startToken' });
    await heard(running, ({ from, pid }) => from === 'token' && pid !== undefined);
    await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(() => running.exitCode(), { timeout: 15_000 }).toBe(0);
    // Chromium's own helpers end when they see that the program has: not in the same instant.
    await expect.poll(() => processesOf(profile), { timeout: 5000 }).toEqual([]);
    expect(log(profile, 'core').trimEnd().endsWith('stand-in: shut down')).toBe(true);
    await running.close();
  });
});

describe('the window', () => {
  test('a page that crashes is loaded again, knows it, and gets a port of its own', async () => {
    const profile = standIn.newProfile();
    await using running = await standIn.start({ profile });
    await running.app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<void>((resolve) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          contents?.once('did-finish-load', () => resolve());
          contents?.forcefullyCrashRenderer();
        }),
    );
    const page = () =>
      running.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          '({ url: location.href, ready: document.documentElement.dataset.ready })',
        ),
      );
    await expect.poll(page).toEqual({ url: 'app://antin/index.html?recovered=1', ready: '1' });
    expect(log(profile, 'shell')).toContain('loading again');
  });

  test('size, place and zoom are kept from one run to the next', async () => {
    const profile = standIn.newProfile();
    // Not maximised: there is no window manager under the test's display that could undo it.
    const memory = { bounds: { x: 20, y: 10, width: 1000, height: 700 }, maximized: false };
    writeFileSync(path.join(profile, 'window.json'), JSON.stringify(memory));
    const first = await standIn.start({ profile });
    const remembered = await first.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getBounds(),
    );
    expect(remembered).toEqual(memory.bounds);
    await first.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 900, height: 620 });
    });
    await press(first, '=');
    await press(first, '=');
    const zoom = (running: RunningApp) =>
      running.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor(),
      );
    await expect.poll(() => zoom(first)).toBeCloseTo(1.25);
    await first.close();

    await using second = await standIn.start({ profile });
    expect(await zoom(second)).toBeCloseTo(1.25);
    const bounds = await second.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
    );
    expect(bounds).toMatchObject({ width: 900, height: 620 });
    await press(second, '0');
    await expect.poll(() => zoom(second)).toBe(1);
  });

  test('there is one of it for a profile: a second start brings the first to the front and ends', async () => {
    const profile = standIn.newProfile();
    await using running = await standIn.start({ profile });
    const asked = running.app.evaluate(
      ({ app }) => new Promise<string>((resolve) => app.once('second-instance', () => resolve('asked'))),
    );
    await expect(standIn.start({ profile })).rejects.toThrow();
    expect(await asked).toBe('asked');
    expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('it is shown when there is something to show, in the runtime that set-up has chosen', async () => {
    await using running = await standIn.start();
    const state = await running.app.evaluate(({ app, BrowserWindow }) => ({
      visible: BrowserWindow.getAllWindows()[0]?.isVisible(),
      packaged: app.isPackaged,
      program: app.getPath('exe'),
    }));
    expect(state).toMatchObject({ visible: true, packaged: false, program: electronProgram()?.program });
  });
});
