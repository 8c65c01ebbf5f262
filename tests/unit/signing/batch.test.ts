import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { AppError, type FailureCode } from '../../../contract/failure.ts';
import {
  type BatchEvent,
  type BatchFile,
  type BatchOptions,
  type BatchOutcome,
  SigningBatch,
} from '../../../native/signing/batch.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import { verifyPdf } from '../../../native/verification/index.ts';
import { onePagePdf } from '../pdf/handmade-pdf.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { createAuthority } from './software-key.ts';

const scratch = scratchFolder();
let signer: Signer;
let stranger: Signer;
let sources: string[];
let folder: string;

beforeAll(() => {
  const authority = createAuthority(path.join(scratch, 'pki'));
  signer = authority.signer('P-256', 'Nguyễn Văn Lô').signer;
  stranger = authority.signer('P-256', 'Người Khác').signer;
  sources = Array.from({ length: 30 }, (_, index) => writeFile(scratch, `in-${index}.pdf`, onePagePdf()));
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(scratch, 'out-'));
});

function files(count: number): BatchFile[] {
  return sources.slice(0, count).map((source, index) => ({
    source,
    target: path.join(folder, `${index}.pdf`),
    stamp: { kind: 'plain' },
  }));
}

/** A key that is asked for its `count`th signature, counted from one. */
function counting(before: (count: number) => void | Promise<void>, by = signer): Signer {
  let count = 0;
  return {
    ...by,
    sign: async (algorithm, data) => {
      await before(++count);
      return by.sign(algorithm, data);
    },
  };
}

function stateOf(outcome: BatchOutcome): string {
  return outcome.state === 'signed' ? 'signed' : `${outcome.state} ${outcome.failure.code}`;
}

async function run(items: readonly BatchFile[], options: BatchOptions): Promise<string[]> {
  return (await new SigningBatch(items, options).run()).map(stateOf);
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

test('signs every file, tells each step and outcome once, and leaves nothing else', async () => {
  const events: BatchEvent[] = [];
  const items = files(30);
  const outcomes = await run(items, { signer, onEvent: (event) => events.push(event) });
  expect(outcomes).toEqual(times(30, 'signed'));
  expect((await readdir(folder)).sort()).toEqual(items.map((_, index) => `${index}.pdf`).sort());
  for (const index of items.keys()) {
    const own = events.filter((event) => 'index' in event && event.index === index);
    expect(own.map((event) => (event.kind === 'step' ? event.step : event.kind))).toEqual([
      'reading',
      'token',
      'writing',
      'checking',
      'outcome',
    ]);
  }
  for (const { target } of items.slice(0, 3))
    expect((await verifyPdf(target, { anchors: [], offline: true })).signatures).toMatchObject([
      { intact: true, coverage: 'file' },
    ]);
});

test('prepares the next files while the token works, but only so many', async () => {
  let most = 0;
  const parts = () => readdirSync(folder).filter((name) => name.endsWith('.part')).length;
  const slow = counting(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    most = Math.max(most, parts());
  });
  expect(await run(files(20), { signer: slow })).toEqual(times(20, 'signed'));
  expect(most).toBeGreaterThan(2);
  expect(most).toBeLessThanOrEqual(6);
});

test('never has more than two at the token, in the order of the files', async () => {
  const order: number[] = [];
  let now = 0;
  let most = 0;
  const slow: Signer = {
    ...signer,
    sign: async (algorithm, data) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now -= 1;
      return signer.sign(algorithm, data);
    },
  };
  const onEvent = (event: BatchEvent) =>
    event.kind === 'step' && event.step === 'token' && order.push(event.index);
  await run(files(12), { signer: slow, onEvent });
  expect(most).toBe(2);
  // Six are prepared at once; whichever is ready first goes first, but nobody waits behind more than those.
  for (const [place, index] of order.entries()) expect(Math.abs(place - index)).toBeLessThan(6);
});

test('a file that fails harms no other', async () => {
  const items = files(8);
  const broken = writeFile(scratch, 'broken.pdf', Buffer.from('no PDF at all'));
  const bad = items.map((item, index) => {
    if (index === 2) return { ...item, source: broken };
    if (index === 4) return { ...item, source: path.join(scratch, 'nowhere.pdf') };
    return item;
  });
  const failing = counting((count) => {
    if (count === 3) throw new AppError('token-failed', { function: 'C_Sign' });
  });
  const outcomes = await run(bad, { signer: failing });
  expect(outcomes[2]).toBe('failed pdf-not-a-pdf');
  expect(outcomes[4]).toBe('failed file-missing');
  expect(outcomes.filter((each) => each === 'failed token-failed')).toHaveLength(1);
  expect(outcomes.filter((each) => each === 'signed')).toHaveLength(5);
});

test.each<FailureCode>(['pin-incorrect', 'token-locked', 'pin-missing', 'mechanism-unsupported'])(
  '%s ends the batch: the token is not asked again',
  async (code) => {
    let asked = 0;
    const refusing = counting(async (count) => {
      asked = count;
      await new Promise((resolve) => setTimeout(resolve, 5));
      throw new AppError(code);
    });
    const outcomes = await run(files(20), { signer: refusing });
    // The one, and the one at hand behind it.
    expect(asked).toBeLessThanOrEqual(2);
    expect(outcomes.filter((each) => each === `failed ${code}`).length).toBeGreaterThanOrEqual(1);
    for (const outcome of outcomes) expect(outcome.split(' ')[1]).toBe(code);
    expect(await readdir(folder)).toEqual([]);
  },
);

test.each<FailureCode>(['token-removed', 'token-stopped', 'token-timeout', 'login-required'])(
  'after %s everything waits, and goes on with the same key',
  async (code) => {
    let isThere = true;
    const events: string[] = [];
    const pulled = counting((count) => {
      if (count === 4) isThere = false;
      if (!isThere) throw new AppError(code);
    });
    const outcomes = await run(files(12), {
      signer: pulled,
      onEvent: (event) => events.push(event.kind === 'step' ? event.step : event.kind),
      awaitToken: async (lost) => {
        expect(lost.code).toBe(code);
        // Nothing lies about while somebody looks for the token.
        expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
        expect(readdirSync(folder)).toHaveLength(3);
        isThere = true;
        return pulled;
      },
    });
    expect(outcomes).toEqual(times(12, 'signed'));
    expect(events.filter((event) => event === 'waiting-for-token')).toHaveLength(1);
    expect(events.filter((event) => event === 'going-on')).toHaveLength(1);
    expect(await readdir(folder)).toHaveLength(12);
  },
);

test('without anybody to ask, a token that is gone ends the batch', async () => {
  const pulled = counting((count) => {
    if (count > 2) throw new AppError('token-removed');
  });
  const outcomes = await run(files(10), { signer: pulled });
  expect(outcomes.filter((each) => each === 'signed')).toHaveLength(2);
  expect(outcomes.filter((each) => each.endsWith('token-removed'))).toHaveLength(8);
  expect(await readdir(folder)).toHaveLength(2);
});

test('another key’s token is refused', async () => {
  const pulled = counting((count) => {
    if (count > 1) throw new AppError('token-removed');
  });
  const outcomes = await run(files(5), { signer: pulled, awaitToken: async () => stranger });
  expect(outcomes.filter((each) => each === 'untouched token-missing')).toHaveLength(4);
});

test('a wrong PIN after the token is back ends the batch', async () => {
  const pulled = counting((count) => {
    if (count > 1) throw new AppError('token-removed');
  });
  const awaitToken = async () => Promise.reject(new AppError('pin-incorrect'));
  const outcomes = await run(files(5), { signer: pulled, awaitToken });
  expect(outcomes.filter((each) => each === 'untouched pin-incorrect')).toHaveLength(4);
});

test('paused, nothing new is begun and nothing lies about; resumed, it goes on', async () => {
  const paused = Promise.withResolvers<string[]>();
  let isAsked = false;
  const batch = new SigningBatch(files(12), {
    signer: counting(() => new Promise((resolve) => setTimeout(resolve, 5))),
    onEvent: (event) => {
      if (event.kind === 'outcome' && !isAsked) {
        isAsked = true;
        batch.pause().then(async () => paused.resolve(await readdir(folder)), paused.reject);
      }
    },
  });
  const running = batch.run();
  const there = await paused.promise;
  expect(there.filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(there.length).toBeLessThan(12);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await readdir(folder)).toEqual(there);
  batch.resume();
  expect((await running).map(stateOf)).toEqual(times(12, 'signed'));
});

test('cancelled, it ends at once though the token hangs, and what is signed stays', async () => {
  const controller = new AbortController();
  const hanging = counting((count) => {
    if (count !== 3) return;
    controller.abort();
    return new Promise(() => undefined);
  });
  const outcomes = await run(files(10), { signer: hanging, signal: controller.signal });
  expect(new Set(outcomes)).toEqual(new Set(['signed', 'untouched cancelled']));
  const signed = outcomes.flatMap((each, index) => (each === 'signed' ? [`${index}.pdf`] : []));
  expect((await readdir(folder)).sort()).toEqual(signed.sort());
});

test('cancelled while it waits for the token, or before it begins, it ends', async () => {
  const controller = new AbortController();
  const pulled = counting(() => Promise.reject(new AppError('token-removed')));
  const awaitToken = () => {
    controller.abort();
    return new Promise<Signer>(() => undefined);
  };
  const { signal } = controller;
  expect(await run(files(3), { signer: pulled, signal, awaitToken })).toEqual(
    times(3, 'untouched cancelled'),
  );
  expect(await run(files(3), { signer, signal })).toEqual(times(3, 'untouched cancelled'));
  expect(existsSync(path.join(folder, '0.pdf'))).toBe(false);
});

test('the sources stay as they were', () => {
  for (const source of sources) expect(readFileSync(source).equals(onePagePdf())).toBe(true);
});
