import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type ChainHead,
  type ChainState,
  chainStart,
  checkChain,
  type LinkedEntry,
  linkOf,
} from '../../../native/audit/chain.ts';
import { HeadFile } from '../../../native/audit/head-file.ts';
import { testFolder } from '../store/folder.ts';

function entry(sequence: number, detail = `{"n":${sequence}}`) {
  return { sequence, at: '2026-11-20T01:00:00.000Z', who: 'p-1', event: 'sign', about: 'd-1', detail };
}

/** A log of so many entries, the first `unlinked` of them from before there was a chain. */
function logOf(length: number, unlinked = 0): LinkedEntry[] {
  let previous = chainStart;
  return Array.from({ length }, (_, index) => {
    const each = entry(index + 1);
    previous = linkOf(previous, each);
    return { ...each, digest: index < unlinked ? null : previous };
  });
}

const headOf = (log: readonly LinkedEntry[], closed = true): ChainHead => {
  const last = log.at(-1);
  return { sequence: last?.sequence ?? 0, digest: last?.digest ?? chainStart, closed };
};
const broken = (fault: string, at: number) => expect.objectContaining({ whole: false, fault, at });

/** What somebody can do to a log of ten whose head is the tenth, and what is found. */
const tampering: Record<string, (log: LinkedEntry[]) => { log: LinkedEntry[]; found: ChainState }> = {
  'an entry changed': (log) => ({
    log: log.map((each) => (each.sequence === 4 ? { ...each, detail: '{"n":"other"}' } : each)),
    found: broken('changed', 4),
  }),
  'another person put into an entry': (log) => ({
    log: log.map((each) => (each.sequence === 4 ? { ...each, who: 'p-2' } : each)),
    found: broken('changed', 4),
  }),
  'an entry changed and linked anew': (log) => {
    const detail = '{"n":"other"}';
    const digest = linkOf(log[2]?.digest ?? '', entry(4, detail));
    return {
      log: log.map((each) => (each.sequence === 4 ? { ...entry(4, detail), digest } : each)),
      found: broken('changed', 5),
    };
  },
  'all entries from one on changed and linked anew': (log) => {
    let previous = log[3]?.digest ?? '';
    const forged = log.slice(4).map((each) => {
      const other = { ...entry(each.sequence, '{}') };
      previous = linkOf(previous, other);
      return { ...other, digest: previous };
    });
    return { log: [...log.slice(0, 4), ...forged], found: broken('otherHead', 10) };
  },
  'one removed in the middle': (log) => ({
    log: log.filter(({ sequence }) => sequence !== 6),
    found: broken('missing', 7),
  }),
  'one removed in the middle, the rest renumbered': (log) => ({
    log: log
      .filter(({ sequence }) => sequence !== 6)
      .map((each, index) => ({ ...each, sequence: index + 1 })),
    found: broken('changed', 6),
  }),
  'the first removed': (log) => ({ log: log.slice(1), found: broken('missing', 2) }),
  'the end cut off': (log) => ({ log: log.slice(0, 8), found: broken('cut', 9) }),
  'all of it gone': () => ({ log: [], found: broken('cut', 1) }),
  'two exchanged': (log) => {
    const exchanged = [...log];
    [exchanged[4], exchanged[5]] = [log[5], log[4]] as [LinkedEntry, LinkedEntry];
    return {
      log: exchanged.map((each, index) => ({ ...each, sequence: index + 1 })),
      found: broken('changed', 5),
    };
  },
  'one added at the end, rightly linked': (log) => {
    const added = entry(11);
    return {
      log: [...log, { ...added, digest: linkOf(log[9]?.digest ?? '', added) }],
      found: broken('added', 11),
    };
  },
  'one put in twice': (log) => ({
    log: [...log.slice(0, 5), ...log.slice(4)],
    found: broken('missing', 5),
  }),
  'an entry whose digest was taken away': (log) => ({
    log: log.map((each) => (each.sequence === 7 ? { ...each, digest: null } : each)),
    found: broken('changed', 7),
  }),
};

describe('a log', () => {
  test('as it was written is whole', () => {
    const log = logOf(10);
    expect(checkChain(log, headOf(log))).toEqual({ whole: true, entries: 10 });
    expect(checkChain([], headOf([]))).toEqual({ whole: true, entries: 0 });
  });

  test.each(Object.entries(tampering))('%s is found', (_, tamper) => {
    const whole = logOf(10);
    const { log, found } = tamper(whole);
    expect(checkChain(log, headOf(whole))).toEqual(found);
  });

  test.each(['an entry changed', 'one removed in the middle', 'all of it gone', 'the first removed'])(
    'from before there was a chain: %s is found by the first linked entry',
    (name) => {
      const whole = logOf(10, 7);
      const { log } = tampering[name]?.(whole) ?? { log: whole };
      expect(checkChain(whole, headOf(whole)).whole).toBe(true);
      expect(checkChain(log, headOf(whole)).whole).toBe(false);
    },
  );

  test('of a program that was killed may be ahead of its head, never behind it', () => {
    const log = logOf(10);
    expect(checkChain(log, headOf(log.slice(0, 8), false)).whole).toBe(true);
    expect(checkChain(log.slice(0, 8), headOf(log, false))).toEqual(broken('cut', 9));
  });

  test('with two heads is found, and so is one whose head is gone', () => {
    const log = logOf(10);
    const other = { ...headOf(log), digest: 'ab'.repeat(32) };
    expect(checkChain(log, other)).toEqual(broken('otherHead', 10));
    expect(checkChain(log, { ...other, sequence: 5 })).toEqual(broken('otherHead', 5));
    expect(checkChain(log, null)).toEqual(broken('headMissing', 10));
  });
});

describe('a head', () => {
  const key = randomBytes(32);
  const head = headOf(logOf(3));

  test('is read as it was written, by whoever has the key', () => {
    const path = join(testFolder(), 'head');
    new HeadFile(path, key).write(head);
    expect(new HeadFile(path, key).read()).toEqual({ head, confirmed: true });
    expect(new HeadFile(path, null).read()).toEqual({ head, confirmed: null });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['another sequence', { sequence: 2 }],
    ['another digest', { digest: 'cd'.repeat(32) }],
    ['another end', { closed: false }],
    ['no MAC', { mac: '' }],
    ['a MAC of another length', { mac: 'abcd' }],
  ])('with %s isn’t confirmed', (_, change) => {
    const path = join(testFolder(), 'head');
    new HeadFile(path, key).write(head);
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
    expect(new HeadFile(path, key).read()).toMatchObject({ confirmed: false });
  });

  test('written with another key isn’t confirmed', () => {
    const path = join(testFolder(), 'head');
    new HeadFile(path, randomBytes(32)).write(head);
    expect(new HeadFile(path, key).read()).toMatchObject({ confirmed: false });
  });

  test.each([
    '',
    '{',
    '[]',
    'null',
    '{"sequence":1}',
    `{"sequence":1,"digest":"x","closed":true,"mac":""}`,
    'x'.repeat(9000),
  ])('that is %j is none', (text) => {
    const path = join(testFolder(), 'head');
    writeFileSync(path, text);
    expect(new HeadFile(path, key).read()).toBeNull();
  });

  test('that can’t be written leaves nothing beside it', () => {
    const folder = testFolder();
    const path = join(folder, 'gone', 'head');
    expect(() => new HeadFile(path, key).write(head)).toThrow('ENOENT');
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});
