import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectNode, root, userCache } from './paths.mjs';
import { run, say, step } from './step.mjs';
import { prepareTestRuntime, testRuntime, testRuntimeProgram, testRuntimeReady } from './test-runtime.mjs';

const electronFolder = path.join(root, 'node_modules/electron');
const refusalFile = path.join(userCache, 'electron-download-refused.json');
/** How long a refusal stands before the download is tried again, in milliseconds. */
const refusalMs = 24 * 3_600_000;

function wantedVersion() {
  return JSON.parse(readFileSync(path.join(electronFolder, 'package.json'), 'utf8')).version;
}

/** Electron's own binary, where it has been fetched; null otherwise. Importing the package would fetch it, so its files are read instead. */
function ownProgram() {
  const nameFile = path.join(electronFolder, 'path.txt');
  if (!existsSync(nameFile)) return null;
  const program = path.join(electronFolder, 'dist', readFileSync(nameFile, 'utf8'));
  return existsSync(program) ? program : null;
}

function refusedLately() {
  try {
    const { version, at } = JSON.parse(readFileSync(refusalFile, 'utf8'));
    return version === wantedVersion() && Date.now() - at < refusalMs;
  } catch {
    // Never tried, or unreadable: try.
    return false;
  }
}

/**
 * The Electron to develop and test with.
 *
 * @returns {{program: string, args: string[], isTestRuntime: boolean} | null} `args` come before the program's own;
 *   null before set-up has run
 */
export function electronProgram() {
  const own = ownProgram();
  if (own) return { program: own, args: [root], isTestRuntime: false };
  return testRuntimeReady() ? { program: testRuntimeProgram, args: [], isTestRuntime: true } : null;
}

/** Fetches Electron's own binary, or makes the test runtime ready where that can't be had. */
export async function ensureElectron() {
  if (!ownProgram()) {
    const hasStandIn = process.platform === 'linux' && process.arch === 'x64';
    if (!hasStandIn || !refusedLately()) await tryOwnBinary(hasStandIn ? 90_000 : 1_200_000);
  }
  if (!ownProgram() && !testRuntimeReady()) {
    await step(`preparing the test runtime (Electron ${testRuntime.electron})`, prepareTestRuntime);
  }
  const electron = electronProgram();
  if (electron?.isTestRuntime) {
    say(
      `using a TEST RUNTIME, Electron ${testRuntime.electron}, since Electron ${wantedVersion()} could not be fetched; it is never packaged`,
    );
  }
  if (electron) allowSandbox(path.join(path.dirname(electron.program), 'chrome-sandbox'));
}

/** @param {number} timeoutMs */
async function tryOwnBinary(timeoutMs) {
  await step(`fetching Electron ${wantedVersion()}`, () => {
    try {
      run(projectNode, [path.join(electronFolder, 'install.js')], { timeoutMs });
    } catch (error) {
      const [reason] = String(error instanceof Error ? error.message : error)
        .split('\n')
        .filter((line) => /error|refused|timed|ENOTFOUND/i.test(line))
        .slice(-1);
      say(`Electron's own binary could not be fetched: ${reason ?? 'no reason given'}`);
      mkdirSync(userCache, { recursive: true });
      writeFileSync(refusalFile, JSON.stringify({ version: wantedVersion(), at: Date.now() }));
    }
  });
}

/**
 * Chromium's sandbox helper must be root's with the set-user-id bit; only root can make it so. Without, Chromium uses
 * user namespaces where the system allows them.
 *
 * @param {string} helper
 */
function allowSandbox(helper) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync(helper)) return;
  const { uid, mode } = statSync(helper);
  if (uid === 0 && (mode & 0o7777) !== 0o4755) chmodSync(helper, 0o4755);
}
