import { spawnSync } from 'node:child_process';
import { run, SetupProblem, step } from './step.mjs';

/**
 * What the project needs from the system, and why. Each row: the package's names, the first one that the release knows
 * is installed (newer releases renamed some for 64-bit time), and its reason.
 *
 * @type {readonly (readonly [names: readonly string[], reason: string])[]}
 */
export const debianPackages = [
  [['xvfb'], 'a display for the window where there is none'],
  [['xauth'], "xvfb-run's access control"],
  [['libgtk-3-0', 'libgtk-3-0t64'], 'Electron'],
  [['libnss3'], 'Electron'],
  [['libasound2', 'libasound2t64'], 'Electron'],
  [['libgbm1'], 'Electron'],
  [['libnss3-tools'], 'certutil, with which pdfsig is told whom to trust'],
  [['softhsm2'], 'soft tokens'],
  [['opensc'], 'pkcs11-tool, an independent hand on the tokens'],
  [['poppler-utils'], 'pdfsig, pdftotext and pdftoppm: independent judges'],
  [['mupdf-tools'], 'mutool: an independent judge'],
  [['qpdf'], 'an independent judge of PDF structure'],
  [['openssl'], 'certificates, OCSP and time stamps of the lab'],
  [['fonts-dejavu-core'], 'a font with Vietnamese letters for the window'],
  [['python3'], 'node-gyp'],
  [['make'], 'node-gyp'],
  [['g++'], 'compiles the PKCS#11 binding'],
];

/** @param {readonly string[]} names */
function installed(names) {
  const result = spawnSync('dpkg-query', ['-W', '-f', `\${db:Status-Status}\n`, ...names], {
    encoding: 'utf8',
  });
  return (result.stdout ?? '').split('\n').includes('installed');
}

/**
 * The first of the names that can be installed here.
 * @param {readonly string[]} names
 */
function available(names) {
  const found = names.find((name) => {
    const result = spawnSync('apt-cache', ['show', name], { stdio: 'ignore' });
    return result.status === 0;
  });
  return found ?? String(names[0]);
}

/** Installs what is missing as root; otherwise fails with the one command that does. */
export async function ensureDebianPackages() {
  if (process.platform !== 'linux') return;
  if (spawnSync('dpkg-query', ['--version'], { stdio: 'ignore' }).status !== 0) {
    throw new SetupProblem(
      `this system has no dpkg. On it, provide what these Debian packages hold: ${debianPackages.map(([[name]]) => name).join(' ')}`,
    );
  }
  const missing = debianPackages.filter(([names]) => !installed(names));
  if (missing.length === 0) return;
  const options = ['install', '--yes', '--no-install-recommends'];
  if (process.getuid?.() !== 0) {
    const reasons = missing.map(([[name], reason]) => `  ${name}: ${reason}`).join('\n');
    const names = missing.map(([alternatives]) => available(alternatives)).join(' ');
    throw new SetupProblem(
      `system packages are missing:\n${reasons}\nInstall them with:\n  sudo apt-get update && sudo apt-get ${options.join(' ')} ${names}`,
    );
  }
  await step(`installing ${missing.length} system packages`, () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['update', '--quiet'], { env, timeoutMs: 600_000 });
    const names = missing.map(([alternatives]) => available(alternatives));
    run('apt-get', [...options, '--quiet', ...names], { env, timeoutMs: 1_800_000 });
  });
}
