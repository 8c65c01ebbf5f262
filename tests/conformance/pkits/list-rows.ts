import { basicConstraints, freshestList, keyUsage, timeDer, unknownExtension } from './minter.ts';
import { authority, type Case, end, invalid, type ListSpec, named, own, valid } from './world.ts';

/** PKITS 4.4 and 4.15. Places: 0 is the root, 1 the authority, the last one the judged certificate. */

const chain = [authority(), end()];
const withLists = (...lists: (ListSpec | number)[]) => ({ lists });
const general = (iso: string) => timeDer(iso, true);
const serial = (octets: string) => [authority(), end({ serial: octets })];
/** An authority's second certificate, under the root, for signing lists alone. */
const listKey = authority({
  name: named('CA 1'),
  issuerName: named('Root'),
  issuerKey: 'root',
  key: 'lists',
  base: [keyUsage([6])],
  aside: true,
});
const separate = [authority({ base: [basicConstraints(true), keyUsage([5])] }), listKey, end()];

export const listRows: readonly Case[] = [
  invalid('4.4.1 Missing CRL Test1', chain, withLists(0)),
  invalid('4.4.2 Invalid Revoked CA Test2', chain, withLists({ by: 0, entries: [1] }, 1)),
  invalid('4.4.3 Invalid Revoked EE Test3', chain, withLists(0, { by: 1, entries: [2] })),
  invalid('4.4.4 Invalid Bad CRL Signature Test4', chain, withLists(0, { by: 1, brokenSignature: true })),
  invalid('4.4.5 Invalid Bad CRL Issuer Name Test5', chain, withLists(0, { by: 1, name: named('CA x') })),
  invalid('4.4.6 Invalid Wrong CRL Test6', chain, withLists(0, { by: 0, number: 2 })),
  valid(
    '4.4.7 Valid Two CRLs Test7',
    chain,
    withLists(0, { by: 0, entries: [2], name: named('CA x'), key: 'key 1' }, 1),
  ),
  invalid(
    '4.4.8 Invalid Unknown CRL Entry Extension Test8',
    chain,
    withLists(0, { by: 1, entries: [{ serial: '63', extensions: [unknownExtension(true)] }] }),
  ),
  invalid(
    '4.4.9 Invalid Unknown CRL Extension Test9',
    chain,
    withLists(0, { by: 1, entries: [2], extensions: [unknownExtension(true)] }),
  ),
  invalid(
    '4.4.10 Invalid Unknown CRL Extension Test10',
    chain,
    withLists(0, { by: 1, extensions: [unknownExtension(true)] }),
  ),
  invalid(
    '4.4.11 Invalid Old CRL nextUpdate Test11',
    chain,
    withLists(0, { by: 1, from: '2010-01-01T08:30:00', to: timeDer('2010-01-02T08:30:00') }),
  ),
  invalid(
    '4.4.12 Invalid pre2000 CRL nextUpdate Test12',
    chain,
    withLists(0, { by: 1, from: '1998-01-01T12:01:00', to: timeDer('1999-01-01T12:01:00') }),
  ),
  valid(
    '4.4.13 Valid GeneralizedTime CRL nextUpdate Test13',
    chain,
    withLists(0, { by: 1, to: general('2050-01-01T12:01:00') }),
  ),
  valid(
    '4.4.14 Valid Negative Serial Number Test14',
    serial('ff'),
    withLists(0, { by: 1, entries: [{ serial: '00ff' }] }),
  ),
  invalid(
    '4.4.15 Invalid Negative Serial Number Test15',
    serial('ff'),
    withLists(0, { by: 1, entries: [2] }),
  ),
  valid(
    '4.4.16 Valid Long Serial Number Test16',
    serial('7f0102030405060708090a0b0c0d0e0f10111212'),
    withLists(0, { by: 1, entries: [{ serial: '7f0102030405060708090a0b0c0d0e0f10111213' }] }),
  ),
  valid(
    '4.4.17 Valid Long Serial Number Test17',
    serial('7e0102030405060708090a0b0c0d0e0f10111212'),
    withLists(0, { by: 1, entries: [{ serial: '7f0102030405060708090a0b0c0d0e0f10111212' }] }),
  ),
  invalid(
    '4.4.18 Invalid Long Serial Number Test18',
    serial('7f0102030405060708090a0b0c0d0e0f10111213'),
    withLists(0, { by: 1, entries: [2] }),
  ),
  valid('4.4.19 Valid Separate Certificate and CRL Keys Test19', separate, withLists(0, 2)),
  invalid(
    '4.4.20 Invalid Separate Certificate and CRL Keys Test20',
    separate,
    withLists(0, { by: 2, entries: [3] }),
  ),
  invalid(
    '4.4.21 Invalid Separate Certificate and CRL Keys Test21',
    separate,
    withLists({ by: 0, entries: [2] }, 2),
  ),
  invalid(
    'beyond NIST: a list signed with the key of a certificate that only the list itself calls good',
    [authority(), own({ key: 'thief', aside: true, issuerKey: 'key 1', base: [keyUsage([6])] }), end()],
    withLists(0, { by: 2, name: named('CA 1') }),
  ),
];

const newest = { from: '2026-10-20T00:00:00' };
const delta = (rest: Partial<ListSpec>): ListSpec => ({ by: 1, number: 5, deltaOf: 1, ...newest, ...rest });
const held = { serial: '12', reason: 6 };
const released = { serial: '12', reason: 8 };

/** openssl looks at deltas only where the certificate or the list says that there are any. */
const fresh = [authority(), end({ more: [freshestList({ name: { directory: named('Delta') } })] })];

export const deltaRows: readonly Case[] = [
  invalid('4.15.1 Invalid deltaCRLIndicator No Base Test1', fresh, withLists(0, delta({}))),
  valid('4.15.2 Valid delta-CRL Test2', fresh, withLists(0, { by: 1 }, delta({}))),
  invalid('4.15.3 Invalid delta-CRL Test3', fresh, withLists(0, { by: 1, entries: [2] }, delta({}))),
  invalid('4.15.4 Invalid delta-CRL Test4', fresh, withLists(0, { by: 1 }, delta({ entries: [2] }))),
  valid(
    '4.15.5 Valid delta-CRL Test5',
    fresh,
    withLists(0, { by: 1, entries: [held] }, delta({ entries: [released] })),
  ),
  invalid(
    '4.15.6 Invalid delta-CRL Test6',
    fresh,
    withLists(0, { by: 1, entries: [held] }, delta({ entries: [{ serial: '12', reason: 1 }] })),
  ),
  valid(
    '4.15.7 Valid delta-CRL Test7',
    fresh,
    withLists(0, { by: 1, entries: [{ serial: '63', reason: 1 }] }, delta({ entries: [released] })),
  ),
  valid(
    '4.15.8 Valid delta-CRL Test8',
    fresh,
    withLists(0, { by: 1, number: 3 }, delta({ deltaOf: 2, number: 5 })),
  ),
  invalid(
    '4.15.9 Invalid delta-CRL Test9',
    fresh,
    withLists(0, { by: 1, number: 3 }, delta({ deltaOf: 2, number: 5, entries: [2] })),
  ),
  invalid('4.15.10 Invalid delta-CRL Test10', fresh, {
    ...withLists(
      0,
      { by: 1, number: 1, from: '2010-01-01T00:00:00', to: timeDer('2010-02-01T00:00:00') },
      delta({}),
    ),
    openssl: 'takes a complete list that has run out for good while its delta is fresh',
  }),
];
