import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';
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

/** How long a window may stay at its first, empty address. The page comes from this disk: a second is already much. */
const navigationMs = 12_000;
const attempts = 3;

/**
 * The window's first navigation was never let go: Playwright attaches to it while it starts and, in about one start in forty
 * on a busy machine, leaves it paused (microsoft/playwright#17765). Nothing that the program does shows in it.
 */
class NeverNavigated extends Error {
  override readonly name = 'NeverNavigated';
}

/** Starts the built program (`npm run build`) with Chromium's sandbox wherever that can run, and waits until it is ready. */
export async function launch(options: LaunchOptions): Promise<RunningApp> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launchOnce(options);
    } catch (error) {
      const cause = error instanceof Error ? error.cause : null;
      if (!(cause instanceof NeverNavigated) || attempt === attempts) throw error;
      console.warn(`the debugger kept the window's first page; starting again (${attempt} of ${attempts})`);
    }
  }
}

async function launchOnce(options: LaunchOptions): Promise<RunningApp> {
  const found = electronProgram();
  if (!found) throw new Error('no Electron to test with: run node scripts/setup.mjs');
  if (process.platform === 'linux' && !process.env['DISPLAY']) {
    throw new Error('no display: run under xvfb-run, as npm test does');
  }
  const obstacle = sandboxObstacle(found.program);
  if (obstacle) console.warn(`the window runs without Chromium's sandbox: ${obstacle}`);
  const app = await electron.launch({
    executablePath: found.program,
    args: [...found.args, `--profile=${options.profile}`, ...(options.args ?? [])],
    // Without this Playwright adds --no-sandbox on its own.
    chromiumSandbox: obstacle === null,
    env: environment(options.env),
    timeout: startMs,
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
  try {
    const page = await app.firstWindow({ timeout: startMs });
    page.on('console', (message) => {
      if (message.type() === 'error') consoleErrors.push(message.text());
    });
    page.on('pageerror', (error) => consoleErrors.push(String(error)));
    const ready = () =>
      page.waitForSelector(options.ready ?? 'html[data-ready]', { state: 'attached', timeout: startMs });
    await Promise.race([ready(), assertNavigates(app)]);
    await ready();
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
    await close();
    throw new Error(`the window did not become ready\n${consoleErrors.join('\n')}\n${output}`, {
      cause: error,
    });
  }
}

/** Fails where the window's first request still waits for its answer after a time in which any disk gives it. */
async function assertNavigates(app: ElectronApplication): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, navigationMs).unref());
  const waits = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some(({ webContents }) => webContents.isWaitingForResponse()),
  );
  if (waits) throw new NeverNavigated('the first request was never sent');
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
