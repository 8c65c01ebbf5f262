import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { agencyCode, documentId } from '../../../contract/identity.ts';
import { type Database, openDatabase } from '../../../server/database.ts';
import { printedCode, Register, type RegisterName } from '../../../server/register.ts';

const agency = agencyCode.parse('H99.18');
let dir: string;
let database: Database;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'antin-register-'));
  database = openDatabase(join(dir, 'province.db'));
  database.prepare("INSERT INTO agencies (code, name, level) VALUES (?, 'Sở', 'province')").run(agency);
});
afterEach(() => {
  database.close();
  rmSync(dir, { recursive: true, force: true });
});

let sequence = 0;
function take(at: string, register: RegisterName = 'outgoing', series = 'general') {
  const id = documentId.parse(randomUUID());
  sequence += 1;
  database
    .prepare('INSERT INTO documents VALUES (?, ?, ?, 1, ?, NULL, NULL, ?)')
    .run(id, register, agency, sequence, '{}');
  return new Register(database).take({ agency, register, series, documentId: id, at: new Date(at) });
}

test('the year turns at midnight in Viet Nam', () => {
  expect(take('2030-12-31T16:59:59.999Z')).toEqual({ number: 1, date: '2030-12-31' });
  expect(take('2030-12-31T17:00:00.000Z')).toEqual({ number: 1, date: '2031-01-01' });
});

test('a clock that was put back changes neither the year nor the order', () => {
  take('2031-01-02T00:00:00.000Z');
  expect(take('2030-12-30T00:00:00.000Z')).toEqual({ number: 2, date: '2031-01-02' });
});

test('registers and series count apart, agencies share nothing', () => {
  const day = '2031-05-05T05:00:00.000Z';
  expect(take(day).number).toBe(1);
  expect(take(day, 'incoming').number).toBe(1);
  expect(take(day, 'outgoing', 'secret').number).toBe(1);
  expect(take(day).number).toBe(2);
});

test('whatever the clock does, numbers of a year run from 1 without a gap and dates never fall', () => {
  fc.assert(
    fc.property(
      fc.array(fc.date({ min: new Date('2029-12-25'), max: new Date('2032-01-10'), noInvalidDate: true }), {
        maxLength: 30,
      }),
      (instants) => {
        database.exec('DELETE FROM register_numbers');
        const entries = instants.map((at) => take(at.toISOString()));
        const perYear = Map.groupBy(entries, ({ date }) => date.slice(0, 4));
        for (const year of perYear.values()) {
          expect(year.map(({ number }) => number)).toEqual(year.map((_, index) => index + 1));
        }
        expect(entries.map(({ date }) => date)).toEqual(entries.map(({ date }) => date).sort());
      },
    ),
    { numRuns: 25 },
  );
});

test('a number below ten is printed with a leading zero', () => {
  expect(printedCode(5, 'QĐ-SKHCN')).toBe('05/QĐ-SKHCN');
  expect(printedCode(10, 'UBND-VX')).toBe('10/UBND-VX');
  expect(printedCode(1234, 'QĐ-UBND')).toBe('1234/QĐ-UBND');
});
