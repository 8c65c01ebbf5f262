import { describe, expect, it } from 'vitest';
import { boxOption, dateOption, positiveInteger, readOptions } from '../../../native/cli/options.ts';
import { failureOf } from '../pdf/scratch.ts';

describe('--box', () => {
  it.each(['10,20,30,40', '0,0,0.5,1', '-3,2.5,1,1'])('%s', (text) => {
    const [x, y, width, height] = text.split(',').map(Number);
    expect(boxOption(text)).toEqual({ x, y, width, height });
  });

  it.each([
    '',
    '1,2,3',
    '1,2,3,4,5',
    '1,2,0,4',
    '1,2,3,-4',
    '1,,3,4',
    'a,b,c,d',
    '1e3,2,3,4',
    '0x1,2,3,4',
    'Infinity,2,3,4',
    ' 1,2,3,4',
  ])('refuses %j', (text) => {
    expect(failureOf(() => boxOption(text))).toBe('input-invalid');
  });
});

describe('--date', () => {
  it.each(['2026-11-22', '2028-02-29', '1999-12-31'])('%s', (text) => {
    expect(dateOption(text)).toBe(text);
  });

  it.each([
    '2026-02-30',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '22-11-2026',
    '2026-1-2',
    '2026-11-22T00:00',
    'hôm nay',
    '',
  ])('refuses %j', (text) => {
    expect(failureOf(() => dateOption(text))).toBe('input-invalid');
  });
});

it('--page counts from one', () => {
  expect(positiveInteger('12', '--page')).toBe(12);
  for (const text of ['0', '-1', '1.5', '', '01', '99999999999'])
    expect([text, failureOf(() => positiveInteger(text, '--page'))]).toEqual([text, 'input-invalid']);
});

it('what is left out stays left out', () => {
  expect([boxOption(undefined), dateOption(undefined), positiveInteger(undefined, '--page')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it('an option that is not known, or lacks its value, is refused', () => {
  const table = { out: { type: 'string' }, force: { type: 'boolean' } } as const;
  expect(readOptions(['a.pdf', '--out', 'b', '--force'], table)).toMatchObject({
    positionals: ['a.pdf'],
    values: { out: 'b', force: true },
  });
  expect(readOptions(['--', '--out.pdf'], table).positionals).toEqual(['--out.pdf']);
  for (const args of [['--pin', '1'], ['--out'], ['--force=yes']])
    expect([args, failureOf(() => readOptions(args, table))]).toEqual([args, 'input-invalid']);
});
