import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import refuseTestRuntime from './refuse-test-runtime.mjs';
import { projectNode, root } from './setup/paths.mjs';

/** `npm run package [-- ARGUMENTS]`: builds afresh and packs, with electron-builder's own arguments passed on. */
function run(script: string, args: string[] = []): void {
  const { status } = spawnSync(projectNode, [path.join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

try {
  refuseTestRuntime();
} catch (error) {
  console.error(`package: ${(error as Error).message}`);
  process.exit(1);
}
run('scripts/build.ts', ['--release']);
run('node_modules/electron-builder/cli.js', process.argv.slice(2));
// A release takes no test's switches: the next set-up builds for development again.
rmSync(path.join(root, 'out/electron'), { recursive: true, force: true });
