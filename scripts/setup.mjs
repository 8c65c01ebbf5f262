import path from 'node:path';
import { ensureDebianPackages } from './setup/debian-packages.mjs';
import { ensureElectron } from './setup/electron-runtime.mjs';
import { withLock } from './setup/lock.mjs';
import { ensureNodeModules } from './setup/node-modules.mjs';
import { projectNode, root } from './setup/paths.mjs';
import { run, SetupProblem } from './setup/step.mjs';

/**
 * Makes a fresh clone ready to start and to test; runs before `npm start`, `npm test` and the like. Everything that is
 * already there is left alone, silently. Plain JavaScript on Node's builtins: it runs before any package is installed,
 * under whatever Node the system has.
 */
function checkPlatform() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 17)) {
    throw new SetupProblem(`Node 20.17 or newer is needed to begin with; this is ${process.version}`);
  }
  if (process.platform !== 'linux') {
    throw new SetupProblem(
      `start and tests need SoftHSM2, poppler, mutool and openssl, which set-up provides on Debian and its kin only (this is ${process.platform})`,
    );
  }
}

try {
  checkPlatform();
  await withLock(async () => {
    await ensureDebianPackages();
    await ensureNodeModules();
    await ensureElectron();
    run(projectNode, [path.join(root, 'scripts/build.ts'), '--if-stale'], { cwd: root, show: true });
  });
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  console.error(`set-up: ${error.message}`);
  process.exitCode = 1;
}
