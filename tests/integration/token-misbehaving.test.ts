import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Failure } from '../../contract/failure.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import type { Action, CallName } from '../lab/misbehaving/rules.ts';
import { failureOf, MisbehavingDesk } from './token-misbehaving-desk.ts';

/**
 * Every function of PKCS#11 that native/token calls, each made to crash, hang and fail: the call ends in time with a failure that
 * fits, the next one works, nothing stays behind.
 */

interface Step {
  /** How the client is found: with no process yet, with one, or logged in, too. */
  readonly from: 'nothing' | 'process' | 'login';
  run(): Promise<unknown>;
  /** The failure that it ends with where nothing is wrong. */
  readonly usual?: string;
}

/** What a client does at a desk; those whose failure points most clearly at one function first. */
const steps = {
  sign: { from: 'login', run: () => desk.sign() },
  login: { from: 'process', run: () => desk.login() },
  certificate: { from: 'process', run: () => desk.client.certificate(desk.key) },
  /** For a token that isn't there, so that the module is started anew to look for it. */
  search: {
    from: 'process',
    run: () => desk.client.certificate({ ...desk.key, tokenSerial: 'none' }),
    usual: 'token-missing',
  },
  list: { from: 'process', run: () => desk.list() },
  listLoggedIn: { from: 'login', run: () => desk.list() },
  changePin: { from: 'process', run: () => desk.changePin() },
  logout: { from: 'login', run: () => desk.client.logout() },
  load: { from: 'nothing', run: () => desk.list() },
} as const satisfies Record<string, Step>;

type StepName = keyof typeof steps;

function usualFailure(step: StepName): string | undefined {
  const { usual }: Step = steps[step];
  return usual;
}

const stepNames = Object.keys(steps) as StepName[];
const looks: ReadonlySet<StepName> = new Set(['list', 'listLoggedIn', 'load']);

/**
 * What an error value of a function means: the call fails and names both (`fails`); the module counts as unusable (`unusable`); nothing, since
 * it was only tidying up or something that can be done without (`spared`); or that the login is taken for ended, since nobody can
 * tell (`asks`).
 */
const functions: { readonly [name in CallName]?: 'fails' | 'unusable' | 'spared' | 'asks' } = {
  C_GetFunctionList: 'unusable',
  C_Initialize: 'unusable',
  C_Finalize: 'fails',
  C_GetInfo: 'fails',
  C_GetSlotList: 'fails',
  C_GetSlotInfo: 'spared',
  C_GetTokenInfo: 'fails',
  C_GetMechanismList: 'spared',
  C_OpenSession: 'fails',
  C_CloseSession: 'spared',
  C_GetSessionInfo: 'asks',
  C_FindObjectsInit: 'fails',
  C_FindObjects: 'fails',
  C_FindObjectsFinal: 'fails',
  C_GetAttributeValue: 'fails',
  C_Login: 'fails',
  C_Logout: 'spared',
  C_SetPIN: 'fails',
  C_SignInit: 'fails',
  C_Sign: 'fails',
};
const names = Object.keys(functions) as CallName[];

const errors = ['CKR_GENERAL_ERROR', 'CKR_DEVICE_ERROR', 'CKR_FUNCTION_FAILED'] as const;

/** Short, but longer than a call takes on a busy machine; starting the process has its usual time. */
const deadline = 800;
const impatient = {
  ...{ probe: deadline, list: deadline, login: deadline, certificate: deadline },
  ...{ sign: deadline, logout: deadline, changePin: deadline },
};

let lab: Lab;
let desk: MisbehavingDesk;
/** Which functions each step calls, learned from a run in which nothing goes wrong. */
const calledIn = new Map<StepName, ReadonlySet<CallName>>();

/** The failure of a step, thrown or told in a list. */
async function failureIn(step: StepName): Promise<Failure | null> {
  const running = steps[step].run();
  const thrown = await failureOf(running);
  if (thrown) return thrown;
  return ((await running) as { error?: Failure | null } | undefined)?.error ?? null;
}

/** From a desk that works and is logged in. */
async function prepare(step: StepName): Promise<void> {
  const { from } = steps[step];
  if (from === 'nothing') await desk.restart(impatient);
  else await desk.client.logout();
  // A new login: keys and mechanisms are looked up once for each.
  if (from === 'login') await desk.login();
  desk.misbehaviour.forget();
}

/** The first is where a function is tried out; a process is started for it only where it must be. */
function stepsWith(name: CallName): readonly [StepName, ...StepName[]] {
  const [first, ...others] = stepNames.filter((each) => calledIn.get(each)?.has(name));
  if (!first) throw new Error(`no step calls ${name}`);
  return [first, ...others.filter((each) => each !== 'load')];
}

interface Outcome {
  readonly failed: Failure | null;
  /** Whether the function was called at all: what a token says is kept for a while, and modules aren't restarted all the time. */
  readonly called: boolean;
}

/** Runs a step in which a function does as told, and afterwards the whole way without. */
async function misbehaves(step: StepName, name: CallName, action: Action): Promise<Outcome> {
  await prepare(step);
  desk.set({ calls: { [name]: action } });
  const begun = performance.now();
  const failed = await failureIn(step);
  // A process may have to be started, which has its own time on a busy machine.
  expect(performance.now() - begun).toBeLessThan(2 * deadline + 5_000);
  const called = desk.misbehaviour.calls(name) > 0;
  expect(failed?.code ?? '').not.toMatch(/^pin-|^internal$/);
  try {
    await desk.works();
  } catch (thrown) {
    // One test's damage isn't the next one's.
    await desk.restart(impatient);
    await desk.works();
    throw thrown;
  }
  return { failed, called };
}

beforeAll(async () => {
  lab = await startLab();
  desk = await MisbehavingDesk.open(lab, 'leader');
  await desk.restart(impatient);
  await desk.works();
  for (const step of stepNames) {
    await prepare(step);
    expect({ step, code: (await failureIn(step))?.code }).toEqual({ step, code: usualFailure(step) });
    calledIn.set(step, desk.misbehaviour.called());
    await desk.works();
  }
});

afterAll(async () => {
  await desk.close();
  expect(desk.alive()).toEqual([]);
  await lab.close();
});

afterEach(() => expect(desk.alive().length).toBeLessThanOrEqual(1));

describe('the list of functions', () => {
  test('is what a run without faults calls', () => {
    const called = new Set([...calledIn.values()].flatMap((each) => [...each]));
    expect([...called].sort()).toEqual([...names].sort());
  });

  test('is what native/token can call', () => {
    const folder = join(import.meta.dirname, '../../native/token');
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    const named = new Set([...source.matchAll(/\.(C_\w+)\(/g)].map(([, name]) => name as CallName));
    // Called by pkcs11js itself when it loads a library.
    named.add('C_GetFunctionList');
    expect([...named].sort()).toEqual([...names].sort());
  });
});

describe.each(names)('%s', (name) => {
  test('that crashes costs one call', async () => {
    const [step] = stepsWith(name);
    const { failed, called } = await misbehaves(step, name, 'crash');
    expect(called).toBe(true);
    expect(failed?.code).toMatch(looks.has(step) ? /^module-(crashed|unusable)$/ : /^token-stopped$/);
  });

  test('that hangs costs one call, and no longer than its deadline', async () => {
    const [step] = stepsWith(name);
    const { failed, called } = await misbehaves(step, name, 'hang');
    expect(called).toBe(true);
    expect(failed?.code).toMatch(looks.has(step) ? /^(module-hung|token-timeout)$/ : /^token-timeout$/);
  });

  test('that fails is told as that, never as a wrong PIN', async () => {
    const [first, ...others] = stepsWith(name);
    const tries = errors.map((returnValue) => [first, returnValue] as const);
    const more = others.map((step, turn) => [step, errors[turn % errors.length] ?? errors[0]] as const);
    for (const [step, returnValue] of [...tries, ...more]) {
      const { failed, called } = await misbehaves(step, name, returnValue);
      if (step === first) expect(called).toBe(true);
      if (!called) continue;
      const shown = { step, failed };
      switch (functions[name]) {
        case 'unusable':
          expect(shown).toMatchObject({
            step,
            failed: { code: 'module-unusable', params: { reason: returnValue } },
          });
          break;
        case 'spared':
          expect({ step, code: failed?.code }).toEqual({ step, code: usualFailure(step) });
          break;
        case 'asks':
          expect(failed?.code ?? 'login-required').toBe('login-required');
          break;
        default:
          expect(shown).toMatchObject({
            step,
            failed: { code: 'token-failed', params: { function: name, returnValue } },
          });
      }
    }
  });
});
