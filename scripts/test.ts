import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ordinaryUser, withDisplay } from './ordinary-user.ts';
import { projectCache, projectNode, root } from './setup/paths.mjs';
import { addUp, type Count, readCount } from './test-count.ts';

/**
 * `npm test`: everything that must hold before a change lands, in one run; each check counts as one test. All of it runs
 * even when something fails early, and the last line says how many passed and failed. `npm test -- types window` runs
 * only the named parts.
 */
interface Check {
  part: 'types' | 'lint' | 'plain' | 'window';
  name: string;
  run(): Promise<Count>;
}

const bin = (name: string) => path.join(root, 'node_modules/.bin', name);

/** Runs to the end with output passing through; standard input closed, since nobody may be there to answer. */
function execute(command: string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', (error) => {
      console.error(error.message);
      resolve(-1);
    });
    child.once('exit', (code) => resolve(code ?? -1));
  });
}

function one(part: Check['part'], name: string, command: string[]): Check {
  return {
    part,
    name,
    async run() {
      const passed = (await execute(command)) === 0;
      return passed ? { passed: 1, failed: [] } : { passed: 0, failed: [name] };
    },
  };
}

/** vitest loads its configuration without writing to node_modules, which an ordinary user can't. */
const vitest = [bin('vitest'), 'run', '--configLoader', 'native', '--no-cache', '--fsModuleCache=false'];

function reports(file: string): string[] {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
}

const checks: Check[] = [
  one('types', 'types of core, shell, server and tests', [bin('tsc'), '-p', 'tsconfig.json']),
  one('types', 'types of the window', [bin('tsc'), '-p', 'renderer/tsconfig.json']),
  one('lint', 'formatting and lint', [bin('biome'), 'check', '--error-on-warnings', '.']),
  one('lint', 'import wall', [projectNode, 'scripts/import-wall.ts']),
  one('lint', 'unused code and packages', [bin('knip')]),
  {
    part: 'plain',
    name: 'unit, integration and conformance tests',
    async run() {
      const file = path.join(projectCache, 'test/results.json');
      rmSync(file, { force: true });
      mkdirSync(path.dirname(file), { recursive: true });
      const projects = ['unit', 'integration', 'conformance'].flatMap((name) => ['--project', name]);
      const code = await execute([...vitest, ...projects, ...reports(file)]);
      return readCount(this.name, file, code);
    },
  },
  {
    part: 'window',
    name: 'tests in the real window',
    async run() {
      const { prefix, env, folder } = ordinaryUser('e2e');
      const file = path.join(folder, 'results.json');
      const command = withDisplay([...vitest, '--project', 'e2e', ...reports(file)]);
      const code = await execute([...prefix, ...command], env);
      return readCount(this.name, file, code);
    },
  },
];

const asked = process.argv.slice(2);
const unknown = asked.filter((part) => !checks.some((check) => check.part === part));
if (unknown.length > 0) throw new Error(`no part is called ${unknown.join(', ')}`);
const counts: Count[] = [];
for (const check of checks.filter(({ part }) => asked.length === 0 || asked.includes(part))) {
  const start = performance.now();
  console.log(`\n── ${check.name}`);
  const count = await check.run();
  counts.push(count);
  const outcome = count.failed.length === 0 ? `${count.passed} passed` : `${count.failed.length} FAILED`;
  console.log(`── ${check.name}: ${outcome} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

const { passed, failed } = addUp(counts);
if (failed.length > 0) console.log(`\nFailed:\n${failed.map((name) => `  ${name}`).join('\n')}`);
console.log(`\n${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
