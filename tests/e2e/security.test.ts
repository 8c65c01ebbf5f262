import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningApp } from './launch.ts';
import { makeStandIn, type StandIn } from './stand-in/launch-stand-in.ts';

let standIn: StandIn;
let running: RunningApp;
let outside: Server;
let outsideUrl: string;
let hits: string[];

beforeAll(async () => {
  outside = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*').end('outside');
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  outsideUrl = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  standIn = await makeStandIn();
  running = await standIn.start();
});

afterAll(async () => {
  await running?.close();
  standIn?.remove();
  outside?.close();
});

beforeEach(() => {
  hits = [];
});

/** Runs code in the page and tells what came of it. */
function inPage(code: string): Promise<string> {
  return running.page.evaluate(
    `(async () => { try { return String(await (${code})) } catch (error) { return 'failed: ' + error.name } })()`,
  );
}

describe('the page is shut in', () => {
  test.each(['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron', 'setImmediate'])(
    'it has no %s',
    async (name) => {
      expect(await inPage(`typeof globalThis[${JSON.stringify(name)}]`)).toBe('undefined');
    },
  );

  test('it is a secure context of its own origin', async () => {
    expect(await inPage('location.origin')).toBe('app://antin');
    expect(await inPage('isSecureContext')).toBe('true');
  });

  test('its policy comes as a header and allows no more than it needs', async () => {
    const policy = await inPage(
      `fetch('index.html').then((answer) => answer.headers.get('content-security-policy'))`,
    );
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "font-src 'self' data: blob:",
      "connect-src 'self' doc:",
      "worker-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
  });

  test('text never becomes code, but WebAssembly runs', async () => {
    // In a task of the page's own: what the debugger itself runs is let through.
    const later = (code: string) =>
      inPage(
        `new Promise((resolve, reject) => setTimeout(() => { try { resolve(${code}) } catch (error) { reject(error) } }))`,
      );
    expect(await later(`new Function('return 1')()`)).toBe('failed: EvalError');
    expect(await later(`eval('1')`)).toBe('failed: EvalError');
    expect(
      await inPage('WebAssembly.compile(new Uint8Array([0,97,115,109,1,0,0,0])).then(() => "runs")'),
    ).toBe('runs');
  });

  test('the page runs in the sandbox that the system allows', async () => {
    const processes = await running.app.evaluate(({ app, BrowserWindow }) => ({
      noSandbox: app.commandLine.hasSwitch('no-sandbox'),
      preferences: BrowserWindow.getAllWindows().map((window) => {
        const contents = window.webContents as unknown as {
          getLastWebPreferences(): Record<string, unknown>;
        };
        return contents.getLastWebPreferences();
      }),
    }));
    expect(processes.noSandbox).toBe(process.getuid?.() === 0);
    expect(processes.preferences).toHaveLength(1);
    expect(processes.preferences[0]).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
    });
    expect(await inPage(`document.createElement('canvas').getContext('webgl')`)).toBe('null');
  });
});

describe('the page stays where it is', () => {
  test.each([
    ['another server', () => `${outsideUrl}/navigation`],
    ['a file of the page', () => 'app://antin/page.js'],
    ['another host of the page', () => 'app://elsewhere/index.html'],
    ['a document', () => `doc://file/${standIn.digest}`],
    ['itself with another question', () => 'app://antin/index.html?recovered=1'],
  ])(
    'it may not go to %s',
    async (_name, address) => {
      const target = address();
      // Registered after the shell's own listener, so it sees what that has decided.
      await running.app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        Object.assign(globalThis, {
          refused: new Promise<string>((resolve) => {
            contents?.once('will-frame-navigate', (event) =>
              resolve(`${event.url} ${event.defaultPrevented}`),
            );
          }),
        });
      });
      await inPage(`void (location.href = ${JSON.stringify(target)})`);
      const refused = await running.app.evaluate(
        () => (globalThis as unknown as { refused: Promise<string> }).refused,
      );
      expect(refused).toBe(`${target} true`);
      expect(await inPage('location.href')).toBe('app://antin/index.html');
      expect(hits).toEqual([]);
    },
    10_000,
  );

  test('a way to a local file is refused by Chromium itself', async () => {
    const [message] = await Promise.all([
      running.page.waitForEvent('console'),
      inPage(`location.href = 'file:///etc/hostname'`),
    ]);
    expect(message.text()).toContain('Not allowed to load local resource');
    expect(await inPage('location.href')).toBe('app://antin/index.html');
  });

  test('it opens no window', async () => {
    for (const target of [`${outsideUrl}/window`, 'app://antin/index.html', 'about:blank']) {
      expect(await inPage(`window.open(${JSON.stringify(target)})`)).toBe('null');
    }
    const windows = await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(1);
    expect(hits).toEqual([]);
  });

  test('it shows no frame', async () => {
    const code = (target: string) => `new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
      const frame = document.createElement('iframe');
      frame.src = ${JSON.stringify(target)};
      document.body.append(frame);
    })`;
    for (const target of [`${outsideUrl}/frame`, 'app://antin/index.html', `doc://file/${standIn.digest}`]) {
      expect(await inPage(code(target))).toBe('frame-src');
    }
    expect(hits).toEqual([]);
  });

  test('dialogs and downloads come to nothing', async () => {
    expect(await inPage('confirm("?")')).toBe('false');
    await inPage(
      `(() => { const a = document.createElement('a'); a.href = 'app://antin/page.js'; a.download = 'x'; a.click(); })()`,
    );
    expect(await inPage('location.href')).toBe('app://antin/index.html');
  });
});

describe('the page reaches no network', () => {
  test.each([
    ['fetch', (url: string) => `fetch('${url}')`],
    ['a worker', (url: string) => `new Worker('${url}')`],
    ['an import', (url: string) => `import('${url}')`],
    ['sendBeacon', (url: string) => `navigator.sendBeacon('${url}') || Promise.reject(new Error())`],
  ])('%s is refused by the policy', async (_name, code) => {
    await inPage(code(`${outsideUrl}/policy`));
    await inPage(code('file:///etc/hostname'));
    expect(hits).toEqual([]);
  });

  test('file: is refused', async () => {
    expect(await inPage(`fetch('file:///etc/hostname')`)).toBe('failed: TypeError');
  });

  test('a WebSocket is refused', async () => {
    const url = outsideUrl.replace('http', 'ws');
    const code = `new Promise((resolve, reject) => { const socket = new WebSocket('${url}'); socket.onopen = resolve; socket.onerror = () => reject(new TypeError()) })`;
    expect(await inPage(code)).toBe('failed: TypeError');
    expect(hits).toEqual([]);
  });

  test('without the policy, the session would still refuse', async () => {
    const tried = await running.app.evaluate(async ({ session }, url) => {
      const page = session.fromPartition('page');
      const reached: string[] = [];
      for (const target of [`${url}/session`, 'https://example.org/', 'file:///etc/hostname']) {
        await page.fetch(target).then(
          () => reached.push(target),
          () => undefined,
        );
      }
      return { reached, proxy: await page.resolveProxy(`${url}/session`) };
    }, outsideUrl);
    expect(tried.reached).toEqual([]);
    expect(tried.proxy).toBe('PROXY 127.0.0.1:9');
    expect(hits).toEqual([]);
  });
});

describe('the page has no permission', () => {
  test.each([
    'geolocation',
    'notifications',
    'camera',
    'microphone',
    'clipboard-read',
    'midi',
    'persistent-storage',
  ])('%s is denied', async (name) => {
    const state = await inPage(
      `navigator.permissions.query({ name: ${JSON.stringify(name)} }).then((it) => it.state)`,
    );
    expect(state).toBe('denied');
  });

  test('asking changes nothing', async () => {
    expect(await inPage('Notification.requestPermission()')).toBe('denied');
    expect(await inPage('navigator.mediaDevices.getUserMedia({ audio: true })')).toMatch(/^failed: Not/);
    expect(await inPage('navigator.mediaDevices.getDisplayMedia({ video: true })')).toMatch(/^failed: /);
    expect(await inPage('navigator.clipboard.readText()')).toBe('failed: NotAllowedError');
  });
});

describe('the port to the core', () => {
  test('is handed out once for each page load', async () => {
    expect(await inPage('standInPage.seen.ports')).toBe('1');
    for (let load = 0; load < 2; load += 1) {
      await Promise.all([
        running.page.waitForEvent('domcontentloaded'),
        running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload()),
      ]);
      await running.page.waitForSelector('html[data-ready="1"]', { state: 'attached' });
    }
    expect(await inPage('standInPage.seen.ports')).toBe('1');
  });

  test("can't be asked for by the page", async () => {
    await inPage(`window.postMessage({ antin: 'desktop' }, '*'), 'asked'`);
    // An answer from the core proves that everything posted before has been dealt with.
    await inPage(`standInPage.say('after asking')`);
    await expect
      .poll(() => inPage(`standInPage.seen.messages.some(({ said }) => said === 'after asking')`))
      .toBe('true');
    expect(await inPage('standInPage.seen.ports')).toBe('1');
    const channels = await running.app.evaluate(({ ipcMain }) => ipcMain.eventNames());
    // Electron's own listener; the shell adds none.
    expect(channels).toEqual(['error']);
  });
});

describe('app:// gives out the page alone', () => {
  test.each([
    '../core.ts',
    '..%2fcore.ts',
    '%2e%2e/core.ts',
    '..%5ccore.ts',
    '....//core.ts',
    'page.js%00.html',
    '%',
    'missing.js',
    '/etc/hostname',
    '//etc/hostname',
    '',
  ])('%j is not found', async (name) => {
    // Through the session, since the page's own URL parser would clean the path first.
    const status = await running.app.evaluate(
      async ({ session }, url) => (await session.fromPartition('page').fetch(url)).status,
      `app://antin/${name || '.hidden'}`,
    );
    expect(status).toBe(404);
  });

  test('another host of the scheme is refused', async () => {
    expect(await inPage(`fetch('app://elsewhere/index.html')`)).toBe('failed: TypeError');
  });
});

describe('doc:// gives out what the core holds', () => {
  const read = (range: string | null, method = 'GET') =>
    running.page.evaluate(
      async ({ url, range, method }) => {
        const answer = await fetch(url, { method, headers: range === null ? {} : { Range: range } });
        const body = new Uint8Array(await answer.arrayBuffer());
        const header = (name: string) => answer.headers.get(name);
        return {
          status: answer.status,
          body: [...body],
          length: header('content-length'),
          range: header('content-range'),
          accepts: header('accept-ranges'),
        };
      },
      { url: `doc://file/${standIn.digest}`, range, method },
    );

  test('whole', async () => {
    const answer = await read(null);
    expect(answer).toMatchObject({
      status: 200,
      accepts: 'bytes',
      length: String(standIn.bytes.length),
      range: null,
    });
    expect(Buffer.from(answer.body).equals(standIn.bytes)).toBe(true);
  });

  test.each([
    ['bytes=0-9', 0, 10],
    ['bytes=65530-131080', 65_530, 131_081],
    ['bytes=299990-', 299_990, 300_000],
    ['bytes=299990-999999', 299_990, 300_000],
    ['bytes=-5', 299_995, 300_000],
  ])('by range %s', async (range, start, end) => {
    const answer = await read(range);
    expect(answer).toMatchObject({
      status: 206,
      range: `bytes ${start}-${end - 1}/300000`,
      length: String(end - start),
    });
    expect(Buffer.from(answer.body).equals(standIn.bytes.subarray(start, end))).toBe(true);
  });

  test('a range behind the end', async () => {
    expect(await read('bytes=300000-')).toMatchObject({ status: 416, range: 'bytes */300000' });
  });

  test('by HEAD, its length alone', async () => {
    expect(await read(null, 'HEAD')).toMatchObject({ status: 200, length: '300000', body: [] });
  });

  test('nothing for an unknown digest, a name that is none, or another host', async () => {
    const status = (url: string) => inPage(`fetch(${JSON.stringify(url)}).then((answer) => answer.status)`);
    expect(await status(`doc://file/${'0'.repeat(64)}`)).toBe('404');
    expect(await status('doc://file/document.pdf')).toBe('404');
    expect(await status('doc://file/../../etc/hostname')).toBe('404');
    expect(await status(`doc://file/${standIn.digest.toUpperCase()}`)).toBe('404');
    expect(await status(`doc://elsewhere/${standIn.digest}`)).toBe('failed: TypeError');
  });

  test('nothing but reading', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await inPage(
        `fetch('doc://file/${standIn.digest}', { method: '${method}' }).then((it) => it.status)`,
      );
      expect(answer).toMatch(/^(405|failed: TypeError)$/);
    }
  });
});
