import { existsSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { projectNode, root } from './paths.mjs';
import { run, SetupProblem, step } from './step.mjs';

const modules = path.join(root, 'node_modules');

/**
 * @param {string} file
 * @returns {Record<string, {version?: string, integrity?: string, optional?: boolean, link?: boolean}>}
 */
function lockedPackages(file) {
  if (!existsSync(file)) return {};
  const { '': _project, ...packages } = JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  return packages;
}

/**
 * Whether node_modules holds just what package-lock.json asks for. npm writes down what it has installed when it has
 * finished, so a download cut short counts as not installed.
 */
export function modulesInStep() {
  const wanted = lockedPackages(path.join(root, 'package-lock.json'));
  const held = lockedPackages(path.join(modules, '.package-lock.json'));
  const same = (/** @type {string} */ name) =>
    held[name]?.version === wanted[name]?.version && held[name]?.integrity === wanted[name]?.integrity;
  // Packages for other platforms are optional, and rightly absent.
  const complete = Object.keys(wanted).every((name) =>
    held[name] ? same(name) : wanted[name]?.optional === true,
  );
  return complete && Object.keys(held).every((name) => wanted[name] !== undefined);
}

/**
 * The environment for npm and node-gyp: without what the npm that runs this script has put there for its own project,
 * and without node_modules/.bin, which is about to be replaced under the feet of whoever runs from it.
 */
function plainEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => {
    const own = name.toLowerCase();
    return (
      !/^npm_(lifecycle|package|command|execpath|node_execpath)/.test(own) &&
      own !== 'npm_config_local_prefix'
    );
  });
  const env = Object.fromEntries(kept);
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => !folder.startsWith(modules));
  return { ...env, PATH: folders.join(path.delimiter) };
}

/** Brings node_modules in step with the lock file, and runs the few install scripts that are needed, by name. */
export async function ensureNodeModules() {
  const env = plainEnvironment();
  if (!modulesInStep()) {
    await step('installing packages', () => {
      // Not `npm ci`: it refuses a lock file that lacks optional packages for other platforms, which is what a registry
      // that doesn't hold them all leads to. This installs what is locked, too, and the check below holds it to that.
      run('npm', ['install', '--no-save', '--ignore-scripts'], { cwd: root, env, timeoutMs: 1_800_000 });
    });
    if (!modulesInStep()) {
      throw new SetupProblem(
        'package-lock.json does not fit package.json: what was installed is not what it names',
      );
    }
  }
  if (!nodeReady()) {
    await step(`fetching Node ${wantedNode()}`, () => {
      const cwd = path.join(modules, 'node');
      run('node', ['installArchSpecificPackage.js'], { cwd, env, timeoutMs: 600_000 });
    });
  }
  linkNode();
  if (!existsSync(path.join(modules, 'pkcs11js/build/Release/pkcs11.node'))) {
    await step('compiling the PKCS#11 binding', () => {
      const gyp = path.join(modules, 'node-gyp/bin/node-gyp.js');
      const args = [gyp, 'rebuild', ...headers(env['PATH'] ?? '')];
      run('node', args, { cwd: path.join(modules, 'pkcs11js'), env, timeoutMs: 600_000 });
    });
  }
}

/** npm links a package's programs before install scripts run, when this one isn't there yet. */
function linkNode() {
  const link = path.join(modules, '.bin/node');
  if (process.platform === 'win32' || existsSync(link)) return;
  rmSync(link, { force: true });
  symlinkSync(path.relative(path.dirname(link), projectNode), link);
}

function wantedNode() {
  return JSON.parse(readFileSync(path.join(modules, 'node/package.json'), 'utf8')).version;
}

function nodeReady() {
  if (!existsSync(projectNode)) return false;
  return run(projectNode, ['--version']).trim() === `v${wantedNode()}`;
}

/**
 * Headers that lie beside an installed Node, so that node-gyp needn't download any. Which Node's they are makes no
 * difference: the binding uses Node-API, which is the same in all of them.
 *
 * @param {string} searchPath
 */
function headers(searchPath) {
  const programs = [
    process.execPath,
    ...searchPath.split(path.delimiter).map((folder) => path.join(folder, 'node')),
  ];
  for (const program of programs.filter((file) => existsSync(file))) {
    const prefix = path.resolve(path.dirname(realpathSync(program)), '..');
    const there = ['node_api.h', 'common.gypi'].every((name) =>
      existsSync(path.join(prefix, 'include/node', name)),
    );
    if (there) return [`--nodedir=${prefix}`];
  }
  return [];
}
