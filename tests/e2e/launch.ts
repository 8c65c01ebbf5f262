import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type ElectronApplication, _electron as electron, errors, type Page } from 'playwright-core';
import { electronProgram } from '../../scripts/setup/electron-runtime.mjs';
import { sandboxObstacle } from '../../scripts/setup/sandbox.mjs';

export interface LaunchOptions {
  /** The profile's folder, with its config.json; kept by whoever made it. */
  profile: string;
  /** Added to the environment, for example SOFTHSM2_CONF. */
  env?: Record<string, string>;
  args?: string[];
  /** What shows that the page can be used; the page sets `document.documentElement.dataset.ready`. */
  ready?: string;
}

/** A started program with its one window. */
export interface RunningApp extends AsyncDisposable {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Errors on the page's console and uncaught ones, as they come. */
  readonly consoleErrors: readonly string[];
  /** What the program's main process has written to its terminal. */
  output(): string;
  /** Null while it runs. */
  exitCode(): number | null;
  /** Quits as a person would; what hasn't ended in time is killed, and then it fails. Harmless the second time. */
  close(): Promise<void>;
}

const startMs = 40_000;
const closeMs = 20_000;

/**
 * How long a window may go without a page that answers, in milliseconds; doubled with each attempt, so that a slow machine's is
 * given its time. The page comes from this disk: a second is already much.
 */
const patienceMs = 9_000;
const attempts = 3;
const lookEveryMs = 500;
/** How long the page may take to answer the shell, in milliseconds. */
const answerMs = 2000;

/**
 * Playwright attaches to the window while it starts and, in about one start in forty on a busy machine, leaves it paused
 * (microsoft/playwright#17765): while it attaches, before the first request, before the page's first script, or unknown to itself
 * though the page is ready. Nothing that the program does shows in it.
 */
class HeldByDebugger extends Error {
  override readonly name = 'HeldByDebugger';
}

/** Starts the built program (`npm run build`) with Chromium's sandbox wherever that can run, and waits until it is ready. */
export async function launch(options: LaunchOptions): Promise<RunningApp> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launchOnce(options, patienceMs * 2 ** (attempt - 1));
    } catch (error) {
      const cause = error instanceof Error ? error.cause : null;
      if (!(cause instanceof HeldByDebugger) || attempt === attempts) throw error;
      console.warn(
        `the debugger kept the window (${cause.message}); starting again, ${attempt} of ${attempts}`,
      );
    }
  }
}

async function launchOnce(options: LaunchOptions, patience: number): Promise<RunningApp> {
  const found = electronProgram();
  if (!found) throw new Error('no Electron to test with: run node scripts/setup.mjs');
  if (process.platform === 'linux' && !process.env['DISPLAY']) {
    throw new Error('no display: run under xvfb-run, as npm test does');
  }
  const obstacle = sandboxObstacle(found.program);
  if (obstacle) console.warn(`the window runs without Chromium's sandbox: ${obstacle}`);
  const app = await attached(options.profile, {
    executablePath: found.program,
    args: [...found.args, `--profile=${options.profile}`, ...(options.args ?? [])],
    // Without this Playwright adds --no-sandbox on its own.
    chromiumSandbox: obstacle === null,
    env: environment(options.env),
    // Electron has its window within this time, and Playwright has heard of it, unless it holds it.
    timeout: 2 * patience,
  });
  // Kept, since Playwright forgets it when it ends.
  const child = app.process();
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  const consoleErrors: string[] = [];
  let closed: Promise<void> | null = null;
  const close = () => {
    closed ??= closeAndReap(app, child, options.profile);
    return closed;
  };
  const started = new AbortController();
  const ready = options.ready ?? 'html[data-ready]';
  try {
    const page = await Promise.race([
      readyPage(app, ready, consoleErrors),
      whenHeld(app, { ready, patience, over: started.signal }),
    ]);
    return {
      app,
      page,
      consoleErrors,
      output: () => output,
      exitCode: () => child.exitCode,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    // One that is held may be killed for it, which is no news beside why it never became ready.
    await close().catch((late: unknown) => console.warn(String(late)));
    throw new Error(`the window did not become ready\n${consoleErrors.join('\n')}\n${output}`, {
      cause: error,
    });
  } finally {
    started.abort();
  }
}

/** Starts Electron with Playwright in it, which waits for a window's first page as soon as it has heard of one. */
async function attached(
  profile: string,
  options: Parameters<typeof electron.launch>[0],
): Promise<ElectronApplication> {
  try {
    return await electron.launch(options);
  } catch (error) {
    // A second start on a profile ends by itself, and the first one must outlive it.
    if (!(error instanceof errors.TimeoutError)) throw error;
    for (const pid of processesOf(profile)) kill(pid);
    const cause = new HeldByDebugger('attaching', { cause: error });
    throw new Error(`the window did not become ready\n${error.message}`, { cause });
  }
}

async function readyPage(app: ElectronApplication, ready: string, consoleErrors: string[]): Promise<Page> {
  const page = await app.firstWindow({ timeout: startMs });
  page.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(message.text());
  });
  page.on('pageerror', (error) => consoleErrors.push(String(error)));
  await page.waitForSelector(ready, { state: 'attached', timeout: startMs });
  return page;
}

/**
 * Rejects once the shell has had a window for so long with a page that doesn't answer the shell, or that is ready unseen: the shell
 * itself is asked, not Playwright. A page that answers and isn't ready is the program's own fault, and is told as such.
 */
async function whenHeld(
  app: ElectronApplication,
  { ready, patience, over }: { ready: string; patience: number; over: AbortSignal },
): Promise<never> {
  let since = performance.now();
  while (!over.aborted) {
    await pause(lookEveryMs);
    // Nobody to ask, or a page just being changed for another: whether that is a failure shows elsewhere.
    const page = await Promise.race([
      lookAtPage(app, ready).catch(() => 'none'),
      pause(patience, 'silent' as const),
    ]);
    if (page === 'none' || page === 'loading') since = performance.now();
    else if (performance.now() - since > patience) throw new HeldByDebugger(page);
  }
  return new Promise<never>(() => undefined);
}

/**
 * How the window's page looks from the shell: `empty` before it has an address, `silent` where it runs no script, `ready` where
 * all that is missing is that Playwright sees it.
 */
function lookAtPage(
  app: ElectronApplication,
  ready: string,
): Promise<'none' | 'empty' | 'silent' | 'loading' | 'ready'> {
  const question = `document.querySelector(${JSON.stringify(ready)}) !== null`;
  return app.evaluate(
    ({ BrowserWindow }, { question, answerMs }) => {
      const [window] = BrowserWindow.getAllWindows();
      if (!window) return 'none';
      const { mainFrame } = window.webContents;
      if (mainFrame.url === '' || mainFrame.url === 'about:blank') return 'empty';
      const silence = new Promise<'silent'>((resolve) => setTimeout(resolve, answerMs, 'silent'));
      const answer = mainFrame.executeJavaScript(question).then((is) => (is ? 'ready' : 'loading'));
      return Promise.race([answer, silence]);
    },
    { question, answerMs },
  );
}

/** Ours, without what the test runner has put there for its own programs. */
function environment(more: Record<string, string> = {}): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !/^(NODE_OPTIONS|NODE_V8_COVERAGE|VITEST|ELECTRON_)/.test(name),
  );
  return { ...(Object.fromEntries(inherited) as Record<string, string>), ...more };
}

async function closeAndReap(app: ElectronApplication, child: ChildProcess, profile: string): Promise<void> {
  const exited = new Promise<boolean>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(true);
    child.once('exit', () => resolve(true));
  });
  const deadline = new Promise<false>((resolve) => setTimeout(resolve, closeMs, false).unref());
  // Where the program has already gone, there is nobody left to ask.
  app.close().catch(() => undefined);
  const inTime = await Promise.race([exited, deadline]);
  const left = processesOf(profile);
  for (const pid of left) kill(pid);
  if (!inTime) throw new Error(`the program did not end within ${closeMs / 1000} s`);
}

/** Processes that name the profile on their command line: shell, page, core and token all do. */
export function processesOf(profile: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => commandLine(pid).some((argument) => argument.includes(profile)))
    .map(Number);
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    // Ended since the folder was read.
    return [];
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
