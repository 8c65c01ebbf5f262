import { expect, test } from 'vitest';
import { readCertificates } from '../../../native/verification/certificate/certificate.ts';
import { meantByLocalClock } from '../../../native/verification/pdf-date.ts';
import { notesOf } from '../../../native/verification/signature-notes.ts';
import { authority, build, end, valid } from '../../conformance/pkits/world.ts';

const world = build(valid('notes', [authority(), end()]));
const [leaf, issuing, root] = readCertificates([world.end, ...world.others, world.root]);
if (!leaf || !issuing || !root) throw new Error('no chain');
const judgement = { trusted: true, revocation: 'good', reasons: [], chain: [leaf, issuing, root] } as const;
const noLaterThan = new Date('2026-11-22T02:00:00Z');
const complete = {
  ...{ certificates: [leaf, issuing], judgement, claimed: null, isLocalAsUtc: false, noLaterThan },
  stamp: 'none',
} as const;

test('only the signer’s certificate in the message', () => {
  expect(notesOf(complete)).toEqual([]);
  expect(notesOf({ ...complete, certificates: [leaf] })).toEqual(['certificates-left-out']);
  // The anchor itself never has to be there.
  expect(
    notesOf({ ...complete, certificates: [leaf], judgement: { ...judgement, chain: [leaf, root] } }),
  ).toEqual([]);
  // Of a stranger's, nothing was found anywhere.
  expect(notesOf({ ...complete, certificates: [leaf], judgement: { ...judgement, trusted: false } })).toEqual(
    [],
  );
});

test.each([
  ['2026-11-22T02:00:00Z', []],
  ['2026-11-22T02:04:00Z', []],
  ['2026-11-21T02:00:00Z', []],
  ['2026-11-22T09:00:00Z', ['signing-time-shifted']],
  ['2026-11-22T08:40:00Z', ['signing-time-shifted']],
  ['2026-11-23T02:00:00Z', []],
])('claimed at %s, proven at 02:00', (claimed, notes) => {
  expect(notesOf({ ...complete, claimed: new Date(claimed) })).toEqual(notes);
});

test('a local clock’s time marked as UTC is told whenever it was', () => {
  expect(notesOf({ ...complete, isLocalAsUtc: true })).toEqual(['signing-time-shifted']);
});

test.each([
  ["D:20261122090000+07'00'", true],
  ["D:20261122090000+07'00", true],
  ['D:20261122090000+07', true],
  // Other digits, another zone, or none: nobody says what was meant.
  ["D:20261122090001+07'00'", false],
  ["D:20261122160000+07'00'", false],
  ["D:20261122090000+08'00'", false],
  ["D:20261122090000+07'30'", false],
  ['D:20261122020000Z', false],
  ['D:20261122090000', false],
  ['', false],
])('09:00 UTC beside /M %s', (written, isMeant) => {
  const meant = meantByLocalClock(new Date('2026-11-22T09:00:00Z'), written);
  expect(meant).toEqual(isMeant ? new Date('2026-11-22T02:00:00Z') : null);
});
