import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { type PersonName, personNames } from '../tests/lab/province.ts';
import { type Province, startProvince } from './province.ts';
import { runTour } from './run-tour.ts';
import { electronProgram } from './setup/electron-runtime.mjs';
import { sandboxObstacle } from './setup/sandbox.mjs';

/**
 * `npm start [-- NAME...]`: a province in a box (authorities, soft tokens, server), and the window of whoever is named;
 * further windows on demand. Without a display nobody could see one: then the tour is played instead.
 */
function personOf(text: string): PersonName | null {
  return personNames.find((name) => name === text.trim()) ?? null;
}

async function openWindow(province: Province, name: PersonName): Promise<ChildProcess> {
  const electron = electronProgram();
  if (!electron) throw new Error('no Electron: run npm run setup');
  const obstacle = sandboxObstacle(electron.program);
  if (obstacle) console.log(`(The window runs without Chromium's sandbox: ${obstacle}.)`);
  const { dir, env } = await province.profile(name);
  const args = [...electron.args, ...(obstacle ? ['--no-sandbox'] : []), `--profile=${dir}`];
  const { ELECTRON_RUN_AS_NODE: _, ...inherited } = process.env;
  return spawn(electron.program, args, { env: { ...inherited, ...env }, stdio: 'ignore' });
}

function introduce({ lab, server }: Province): void {
  console.log(
    `\nThe province's server: ${server.url}\nWho to try, and the PINs of their (soft) tokens, made for this run:`,
  );
  for (const name of personNames) {
    const { person, token, seal } = lab.people[name];
    const pins = [`PIN ${token.pin}`, ...(seal ? [`PIN of the agency's token ${seal.pin}`] : [])];
    console.log(`  ${name}: ${person.position}, ${person.agency.name}; ${pins.join('; ')}`);
  }
}

async function play(names: readonly PersonName[]): Promise<void> {
  await using province = await startProvince();
  introduce(province);
  const windows = new Map<PersonName, ChildProcess>();
  const open = async (name: PersonName) => {
    if (windows.has(name)) {
      console.log(`${name}'s window is open already`);
      return;
    }
    const child = await openWindow(province, name);
    windows.set(name, child);
    child.once('exit', () => windows.delete(name));
  };
  for (const name of names) await open(name);

  await toTheEnd(open, windows);
  const running = [...windows.values()];
  for (const child of running) child.kill('SIGTERM');
  await Promise.all(running.map((child) => once(child, 'exit')));
}

/** Until the person has had enough; without a terminal to ask at, until the last window is closed. */
async function toTheEnd(
  open: (name: PersonName) => Promise<void>,
  windows: ReadonlyMap<PersonName, ChildProcess>,
): Promise<void> {
  const ended = Promise.withResolvers<void>();
  process.once('SIGTERM', () => ended.resolve());
  process.once('SIGINT', () => ended.resolve());
  if (!process.stdin.isTTY) {
    Promise.all([...windows.values()].map((child) => once(child, 'exit'))).then(() => ended.resolve());
    return ended.promise;
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  prompt.setPrompt(`\nOpen another window (${personNames.join(', ')}), or end everything with "quit": `);
  prompt.once('close', () => ended.resolve());
  prompt.on('line', (line) => {
    const name = personOf(line);
    if (name) open(name).then(() => prompt.prompt());
    else if (line.trim() === 'quit') prompt.close();
    else prompt.prompt();
  });
  prompt.prompt();
  await ended.promise;
  prompt.close();
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => personOf(name) === null);
if (unknown.length > 0) {
  console.error(`nobody is called ${unknown.join(', ')} here; there are ${personNames.join(', ')}`);
  process.exitCode = 2;
} else if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
  console.log(
    'There is no display here to show a window on; playing the tour on a display of its own instead.',
  );
  process.exitCode = runTour();
} else {
  await play(asked.length > 0 ? asked.flatMap((name) => personOf(name) ?? []) : ['leader']);
}
