import { distributionPoints, type ListScope, type Name, type Point } from './minter.ts';
import { authority, authorityName, type Case, end, invalid, type ListSpec, named, valid } from './world.ts';

/** PKITS 4.14. Place 1 is the authority; where there is a place 2 before the judged one, it issues lists for others. */

const full = (commonName: string): Point => ({ name: { directory: named(commonName) } });
const ee = (...points: Point[]) => end({ more: [distributionPoints(...points)] });
const plain = [authority(), end()];
const scoped = (scope: ListScope, rest: Partial<ListSpec> = {}) => ({
  lists: [0, { by: 1, scope, ...rest }] as const,
});

/** Indices of ReasonFlags. */
const some = [1, 2];
const others = [3, 4, 5, 6, 7, 8];

export const pointRows: readonly Case[] = [
  valid('4.14.1 Valid distributionPoint Test1', [authority(), ee(full('L1'))], scoped(full('L1'))),
  invalid(
    '4.14.2 Invalid distributionPoint Test2',
    [authority(), ee(full('L1'))],
    scoped(full('L1'), { entries: [2] }),
  ),
  invalid('4.14.3 Invalid distributionPoint Test3', [authority(), ee(full('L2'))], scoped(full('L1'))),
  valid(
    '4.14.4 Valid distributionPoint Test4',
    [authority(), ee({ relative: ['CN', 'L1'] })],
    scoped({ name: { directory: [...authorityName(1), ['CN', 'L1']] } }),
  ),
  valid(
    '4.14.5 Valid distributionPoint Test5',
    [authority(), ee({ relative: ['CN', 'L1'] })],
    scoped({ relative: ['CN', 'L1'] }),
  ),
  invalid(
    '4.14.6 Invalid distributionPoint Test6',
    [authority(), ee({ relative: ['CN', 'L1'] })],
    scoped({ relative: ['CN', 'L1'] }, { entries: [2] }),
  ),
  valid(
    '4.14.7 Valid distributionPoint Test7',
    [authority(), ee({ name: { directory: [...authorityName(1), ['CN', 'L1']] } })],
    scoped({ relative: ['CN', 'L1'] }),
  ),
  invalid(
    '4.14.8 Invalid distributionPoint Test8',
    [authority(), ee(full('L2'))],
    scoped({ relative: ['CN', 'L1'] }),
  ),
  invalid('4.14.9 Invalid distributionPoint Test9', [authority(), end()], scoped(full('L1'))),
  valid('4.14.10 Valid No issuingDistributionPoint Test10', [authority(), ee(full('L1'))]),
  invalid('4.14.11 Invalid onlyContainsUserCerts CRL Test11', [authority(), authority()], {
    lists: [0, { by: 1, scope: { onlyUsers: true } }],
  }),
  invalid('4.14.12 Invalid onlyContainsCACerts CRL Test12', plain, scoped({ onlyAuthorities: true })),
  valid('4.14.13 Valid onlyContainsCACerts CRL Test13', [authority(), authority(), end()], {
    lists: [0, { by: 1, scope: { onlyAuthorities: true } }, 2],
  }),
  invalid('4.14.14 Invalid onlyContainsAttributeCerts Test14', plain, scoped({ onlyAttributes: true })),
  invalid('4.14.15 Invalid onlySomeReasons Test15', plain, {
    lists: [0, { by: 1, scope: { reasons: some }, entries: [2] }, { by: 1, scope: { reasons: others } }],
  }),
  invalid('4.14.16 Invalid onlySomeReasons Test16', plain, {
    lists: [0, { by: 1, scope: { reasons: some } }, { by: 1, scope: { reasons: others }, entries: [2] }],
  }),
  invalid('4.14.17 Invalid onlySomeReasons Test17', plain, {
    lists: [0, { by: 1, scope: { reasons: [1] } }, { by: 1, scope: { reasons: [3] } }],
  }),
  valid('4.14.18 Valid onlySomeReasons Test18', plain, {
    lists: [0, { by: 1, scope: { reasons: some } }, { by: 1, scope: { reasons: others } }],
  }),
  valid(
    '4.14.19 Valid onlySomeReasons Test19',
    [authority(), ee({ ...full('L1'), reasons: some }, { ...full('L2'), reasons: others })],
    {
      lists: [
        0,
        { by: 1, scope: { ...full('L1'), reasons: some } },
        { by: 1, scope: { ...full('L2'), reasons: others } },
      ],
    },
  ),
  invalid(
    '4.14.20 Invalid onlySomeReasons Test20',
    [authority(), ee({ ...full('L1'), reasons: some }, { ...full('L2'), reasons: others })],
    {
      lists: [
        0,
        { by: 1, scope: { ...full('L1'), reasons: some }, entries: [2] },
        { by: 1, scope: { ...full('L2'), reasons: others } },
      ],
    },
  ),
  invalid(
    '4.14.21 Invalid onlySomeReasons Test21',
    [authority(), ee({ ...full('L1'), reasons: some }, { ...full('L2'), reasons: others })],
    {
      lists: [
        0,
        { by: 1, scope: { ...full('L1'), reasons: some } },
        { by: 1, scope: { ...full('L2'), reasons: others }, entries: [2] },
      ],
    },
  ),
];

const indirect = { indirect: true };
/** The judged certificate's issuer, then whoever issues lists in its place, both right below the root. */
const lister = authority({
  name: named('Lister'),
  key: 'lister',
  issuerName: named('Root'),
  issuerKey: 'root',
  aside: true,
});
const byLister: Point = { issuer: named('Lister') };
const listed = (...points: Point[]) => [authority(), lister, ee(...points)];
const entry = (issuer: Name) => ({ serial: '13', issuer });

export const indirectRows: readonly Case[] = [
  valid('4.14.22 Valid IDP with indirectCRL Test22', plain, scoped(indirect)),
  invalid('4.14.23 Invalid IDP with indirectCRL Test23', plain, scoped(indirect, { entries: [2] })),
  valid('4.14.24 Valid IDP with indirectCRL Test24', listed(byLister), {
    lists: [0, { by: 2, scope: indirect }],
  }),
  valid('4.14.25 Valid IDP with indirectCRL Test25', listed(byLister), {
    lists: [0, { by: 2, scope: indirect, entries: [{ serial: '13' }, entry(named('CA x'))] }],
  }),
  invalid('4.14.26 Invalid IDP with indirectCRL Test26', listed(byLister), {
    lists: [0, { by: 2 }],
  }),
  invalid('4.14.27 Invalid cRLIssuer Test27', listed({ issuer: named('Nobody') }), {
    lists: [0, { by: 2, scope: indirect }],
  }),
  valid('4.14.28 Valid cRLIssuer Test28', listed({ ...full('L1'), issuer: named('Lister') }), {
    lists: [0, { by: 2, scope: { ...full('L1'), ...indirect } }],
  }),
  valid('4.14.29 Valid cRLIssuer Test29', listed({ relative: ['CN', 'L1'], issuer: named('Lister') }), {
    lists: [0, { by: 2, scope: { relative: ['CN', 'L1'], ...indirect } }],
  }),
  valid('4.14.30 Valid cRLIssuer Test30', listed(byLister), {
    lists: [0, { by: 2, scope: indirect, entries: [entry(named('CA x'))] }],
  }),
  invalid('4.14.31 Invalid cRLIssuer Test31', listed(byLister), {
    lists: [0, { by: 2, scope: indirect, entries: [{ serial: '63', issuer: authorityName(1) }, 3] }],
  }),
  invalid('4.14.32 Invalid cRLIssuer Test32', listed(byLister), {
    lists: [0, { by: 2, scope: indirect, entries: [entry(authorityName(1))] }],
  }),
  valid('4.14.33 Valid cRLIssuer Test33', listed(byLister), {
    lists: [
      0,
      {
        by: 2,
        scope: indirect,
        entries: [{ serial: '63', issuer: authorityName(1) }, entry(named('CA x')), { serial: '13' }],
      },
    ],
  }),
  invalid('4.14.34 Invalid cRLIssuer Test34', [authority(), lister, end()], {
    lists: [0, { by: 1, scope: indirect, entries: [entry(authorityName(1))] }],
  }),
  invalid('4.14.35 Invalid cRLIssuer Test35', listed({ ...full('L2'), issuer: named('Lister') }), {
    lists: [0, { by: 2, scope: { ...full('L1'), ...indirect } }],
  }),
];
