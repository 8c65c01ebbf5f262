import { certificatePolicies, inhibitAny, policyConstraints, policyMappings } from './minter.ts';
import { authority, type Case, end, invalid, type Link, own, valid } from './world.ts';

/** PKITS 4.8 to 4.12. Left out: the texts for people (4.8.15 to 4.8.20), which we don't show. */

const arc = '2.16.840.1.101.3.2.1.48';
const [P1, P2, P3, P4, P5, P6] = [1, 2, 3, 4, 5, 6].map((n) => `${arc}.${n}`) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const any = '2.5.29.32.0';

type Mapping = readonly [string, string];
interface Says {
  readonly p?: readonly string[];
  readonly map?: readonly Mapping[];
  readonly require?: number;
  readonly inhibitMap?: number;
  readonly inhibitAny?: number;
}

function says({ p, map, require, inhibitMap, inhibitAny: after }: Says): Partial<Link> {
  const isConstrained = require !== undefined || inhibitMap !== undefined;
  return {
    more: [
      ...(p ? [certificatePolicies(p)] : []),
      ...(map ? [policyMappings(map)] : []),
      ...(isConstrained ? [policyConstraints(require ?? null, inhibitMap ?? null)] : []),
      ...(after === undefined ? [] : [inhibitAny(after)]),
    ],
  };
}
const ca = (what: Says = {}) => authority(says(what));
const again = (what: Says = {}) => own(says(what));
const ee = (what: Says = {}) => end(says(what));
const explicit = { policies: { requireExplicit: true } };
const only = (...acceptable: string[]) => ({ policies: { requireExplicit: true, acceptable } });

const same = [ca({ p: [P1] }), ee({ p: [P1] })];
const none = [ca(), ee()];
const different = [ca({ p: [P1] }), ca({ p: [P2] }), ee({ p: [P1] })];
const overlapping = [ca({ p: [P1, P2], require: 0 }), ca({ p: [P1] }), ee({ p: [P1] })];
const anyEverywhere = [ca({ p: [any] }), ee({ p: [any] })];
const both = [ca({ p: [P1, P2] }), ee({ p: [P1, P2] })];
const anyThenOne = [ca({ p: [any], require: 0 }), ee({ p: [P1] })];

export const policyRows: readonly Case[] = [
  valid('4.8.1 All Certificates Same Policy Test1 (1: explicit)', same, explicit),
  valid('4.8.1 All Certificates Same Policy Test1 (2: P1)', same, only(P1)),
  invalid('4.8.1 All Certificates Same Policy Test1 (3: P2)', same, only(P2)),
  valid('4.8.1 All Certificates Same Policy Test1 (4: P1, P2)', same, only(P1, P2)),
  valid('4.8.2 All Certificates No Policies Test2 (1)', none),
  invalid('4.8.2 All Certificates No Policies Test2 (2: explicit)', none, explicit),
  valid('4.8.3 Different Policies Test3 (1)', different),
  invalid('4.8.3 Different Policies Test3 (2: explicit)', different, explicit),
  invalid('4.8.3 Different Policies Test3 (3: P1, P2)', different, only(P1, P2)),
  invalid('4.8.4 Different Policies Test4', [ca({ p: [P1], require: 0 }), ca({ p: [P2] }), ee({ p: [P1] })]),
  invalid('4.8.5 Different Policies Test5', [ca({ p: [P1], require: 0 }), ca({ p: [P1] }), ee({ p: [P2] })]),
  valid('4.8.6 Overlapping Policies Test6 (1)', overlapping),
  valid('4.8.6 Overlapping Policies Test6 (2: P1)', overlapping, only(P1)),
  invalid('4.8.6 Overlapping Policies Test6 (3: P2)', overlapping, only(P2)),
  invalid('4.8.7 Different Policies Test7', [
    ca({ p: [P1, P2, P3], require: 0 }),
    ca({ p: [P1, P2] }),
    ca({ p: [P1] }),
    ee({ p: [P2] }),
  ]),
  invalid('4.8.8 Different Policies Test8', [
    ca({ p: [P1, P2, P3], require: 0 }),
    ca({ p: [P1, P2] }),
    ca({ p: [P3] }),
    ee({ p: [P3] }),
  ]),
  invalid('4.8.9 Different Policies Test9', [
    ca({ p: [P1, P2, P3], require: 0 }),
    ca({ p: [P1, P2] }),
    ca({ p: [P1] }),
    ca({ p: [P2] }),
    ee({ p: [P1] }),
  ]),
  valid('4.8.10 All Certificates Same Policies Test10 (1)', both, explicit),
  valid('4.8.10 All Certificates Same Policies Test10 (2: P1)', both, only(P1)),
  valid('4.8.10 All Certificates Same Policies Test10 (3: P2)', both, only(P2)),
  valid('4.8.11 All Certificates AnyPolicy Test11 (1)', anyEverywhere, explicit),
  valid('4.8.11 All Certificates AnyPolicy Test11 (2: P1)', anyEverywhere, only(P1)),
  invalid('4.8.12 Different Policies Test12', [ca({ p: [P3], require: 0 }), ee({ p: [P4] })]),
  valid(
    '4.8.13 All Certificates Same Policies Test13 (P3)',
    [ca({ p: [P1, P2, P3] }), ee({ p: [P1, P2, P3] })],
    only(P3),
  ),
  valid('4.8.14 AnyPolicy Test14 (1: P1)', anyThenOne, only(P1)),
  invalid('4.8.14 AnyPolicy Test14 (2: P2)', anyThenOne, only(P2)),
];

const chainOf = (require: number) => [ca({ require }), ca(), ca(), ca(), ee()];

export const explicitRows: readonly Case[] = [
  valid('4.9.1 Valid RequireExplicitPolicy Test1', chainOf(10)),
  valid('4.9.2 Valid RequireExplicitPolicy Test2', chainOf(5)),
  invalid('4.9.3 Invalid RequireExplicitPolicy Test3', chainOf(4)),
  valid('4.9.4 Valid RequireExplicitPolicy Test4', [
    ca({ p: [P1], require: 0 }),
    ca({ p: [P1] }),
    ca({ p: [P1] }),
    ca({ p: [P1] }),
    ee({ p: [P1] }),
  ]),
  invalid('4.9.5 Invalid RequireExplicitPolicy Test5', [
    ca({ require: 7 }),
    ca({ require: 2 }),
    ca({ require: 4 }),
    ca(),
    ee(),
  ]),
  valid('4.9.6 Valid Self-Issued requireExplicitPolicy Test6', [ca({ require: 2 }), again(), ee()]),
  invalid('4.9.7 Invalid Self-Issued requireExplicitPolicy Test7', [ca({ require: 2 }), again(), ca(), ee()]),
  invalid('4.9.8 Invalid Self-Issued requireExplicitPolicy Test8', [
    ca({ require: 2 }),
    again(),
    ca(),
    again(),
    ee(),
  ]),
  invalid('beyond NIST: the judged certificate itself requires a policy', [ca(), ee({ require: 0 })]),
];

const one = [ca({ p: [P1], map: [[P1, P2]], require: 0 }), ee({ p: [P2] })];
const twoSteps = [
  ca({ p: [P1, P2], map: [[P1, P3]], require: 0 }),
  ca({ p: [P3], map: [[P3, P5]] }),
  ee({ p: [P5] }),
];
const fromAny = [ca({ p: [any], require: 0 }), ca({ p: [P1], map: [[P1, P2]] }), ee({ p: [P2] })];
const severalTo = [
  ca({
    p: [P1, P4],
    map: [
      [P1, P2],
      [P1, P3],
    ],
    require: 0,
  }),
  ee({ p: [P3] }),
];

export const mappingRows: readonly Case[] = [
  valid('4.10.1 Valid Policy Mapping Test1 (1: P1)', one, only(P1)),
  invalid('4.10.1 Valid Policy Mapping Test1 (2: P2)', one, only(P2)),
  invalid('4.10.1 Valid Policy Mapping Test1 (3: mapping inhibited)', one, {
    policies: { inhibitMapping: true },
  }),
  invalid('4.10.2 Invalid Policy Mapping Test2', [
    ca({ p: [P1], map: [[P1, P2]], require: 0 }),
    ee({ p: [P1] }),
  ]),
  valid('4.10.3 Valid Policy Mapping Test3 (1: P1)', twoSteps, only(P1)),
  invalid('4.10.3 Valid Policy Mapping Test3 (2: P2)', twoSteps, only(P2)),
  invalid('4.10.4 Invalid Policy Mapping Test4', [
    ca({ p: [P1, P2], map: [[P1, P3]], require: 0 }),
    ca({ p: [P3], map: [[P3, P5]] }),
    ee({ p: [P4] }),
  ]),
  valid('4.10.5 Valid Policy Mapping Test5 (1: P1)', fromAny, only(P1)),
  invalid('4.10.5 Valid Policy Mapping Test5 (2: P6)', fromAny, only(P6)),
  valid('4.10.6 Valid Policy Mapping Test6 (1: P1)', severalTo, only(P1)),
  invalid('4.10.6 Valid Policy Mapping Test6 (2: P6)', severalTo, only(P6)),
  invalid('4.10.7 Invalid Mapping From anyPolicy Test7', [
    ca({ p: [any], map: [[any, P1]], require: 0 }),
    ee({ p: [P1] }),
  ]),
  invalid('4.10.8 Invalid Mapping To anyPolicy Test8', [
    ca({ p: [P1], map: [[P1, any]], require: 0 }),
    ee({ p: [P1] }),
  ]),
  valid('4.10.9 Valid Policy Mapping Test9', [
    ca({ p: [any], map: [[P1, P2]], require: 0 }),
    ee({ p: [P2] }),
  ]),
  invalid('4.10.10 Invalid Policy Mapping Test10', [
    ca({ p: [P1], require: 0 }),
    ca({ p: [any], map: [[P1, P2]] }),
    ee({ p: [P1] }),
  ]),
  valid('4.10.11 Valid Policy Mapping Test11', [
    ca({ p: [P1], require: 0 }),
    ca({ p: [any], map: [[P1, P2]] }),
    ee({ p: [P2] }),
  ]),
  valid(
    '4.10.12 Valid Policy Mapping Test12 (P2)',
    [ca({ p: [P1, P2], map: [[P1, P3]], require: 0 }), ee({ p: [P3, P2] })],
    only(P2),
  ),
  valid('4.10.13 Valid Policy Mapping Test13', [
    ca({ p: [P1, any], map: [[P1, P2]], require: 0 }),
    ee({ p: [P2] }),
  ]),
  valid('4.10.14 Valid Policy Mapping Test14', [
    ca({ p: [P1, any], map: [[P1, P2]], require: 0 }),
    ee({ p: [P1] }),
  ]),
];

const mapsBelow = (inhibitMap: number) => [
  ca({ p: [P1], require: 0, inhibitMap }),
  ca({ p: [P1], map: [[P1, P3]] }),
  ee({ p: [P3] }),
];
const mapsTwiceBelow = (inhibitMap: number) => [
  ca({ p: [P1], require: 0, inhibitMap }),
  ca({ p: [P1], map: [[P1, P3]] }),
  ca({ p: [P3], map: [[P3, P5]] }),
  ee({ p: [P5] }),
];

export const inhibitMappingRows: readonly Case[] = [
  invalid('4.11.1 Invalid inhibitPolicyMapping Test1', mapsBelow(0)),
  valid('4.11.2 Valid inhibitPolicyMapping Test2', mapsBelow(1)),
  invalid('4.11.3 Invalid inhibitPolicyMapping Test3', mapsTwiceBelow(1)),
  valid('4.11.4 Valid inhibitPolicyMapping Test4', mapsTwiceBelow(2)),
  invalid('4.11.5 Invalid inhibitPolicyMapping Test5', [
    ca({ p: [P1], require: 0, inhibitMap: 5 }),
    ca({ p: [P1], inhibitMap: 1 }),
    ca({ p: [P1], map: [[P1, P2]] }),
    ca({ p: [P2], map: [[P2, P3]] }),
    ee({ p: [P3] }),
  ]),
  invalid('4.11.6 Invalid inhibitPolicyMapping Test6', [
    ca({ p: [P1], require: 0, inhibitMap: 1 }),
    ca({ p: [P1], inhibitMap: 5 }),
    ca({ p: [P1], map: [[P1, P2]] }),
    ee({ p: [P2] }),
  ]),
  valid('4.11.7 Valid Self-Issued inhibitPolicyMapping Test7', [
    ca({ p: [P1], require: 0, inhibitMap: 1 }),
    again({ p: [P1] }),
    ca({ p: [P1], map: [[P1, P2]] }),
    ee({ p: [P2] }),
  ]),
  invalid('4.11.8 Invalid Self-Issued inhibitPolicyMapping Test8', [
    ca({ p: [P1], require: 0, inhibitMap: 1 }),
    again({ p: [P1] }),
    ca({ p: [P1], map: [[P1, P2]] }),
    ca({ p: [P2], map: [[P2, P3]] }),
    ee({ p: [P3] }),
  ]),
  invalid('4.11.9 Invalid Self-Issued inhibitPolicyMapping Test9', [
    ca({ p: [P1], require: 0, inhibitMap: 1 }),
    again({ p: [P1] }),
    ca({ p: [P1] }),
    ca({ p: [P1], map: [[P1, P2]] }),
    ee({ p: [P2] }),
  ]),
  invalid('4.11.10 Invalid Self-Issued inhibitPolicyMapping Test10', [
    ca({ p: [P1], require: 0, inhibitMap: 0 }),
    again({ p: [P1], map: [[P1, P2]] }),
    ee({ p: [P2] }),
  ]),
  invalid('4.11.11 Invalid Self-Issued inhibitPolicyMapping Test11', [
    ca({ p: [P1], require: 0, inhibitMap: 1 }),
    ca({ p: [P1] }),
    again({ p: [P1], map: [[P1, P2]] }),
    ee({ p: [P2] }),
  ]),
];

const anyAfter = (after: number) => ca({ p: [P1], require: 0, inhibitAny: after });
const anyOneBelow = [anyAfter(1), ca({ p: [any] }), ee({ p: [P1] })];

export const inhibitAnyRows: readonly Case[] = [
  invalid('4.12.1 Invalid inhibitAnyPolicy Test1', [anyAfter(0), ee({ p: [any] })]),
  valid('4.12.2 Valid inhibitAnyPolicy Test2', [anyAfter(0), ee({ p: [any, P1] })]),
  valid('4.12.3 inhibitAnyPolicy Test3 (1)', anyOneBelow),
  invalid('4.12.3 inhibitAnyPolicy Test3 (2: inhibited from the start)', anyOneBelow, {
    policies: { inhibitAny: true },
  }),
  invalid('4.12.4 Invalid inhibitAnyPolicy Test4', [anyAfter(1), ca({ p: [any] }), ee({ p: [any] })]),
  invalid('4.12.5 Invalid inhibitAnyPolicy Test5', [
    anyAfter(5),
    ca({ p: [P1], inhibitAny: 1 }),
    ca({ p: [any] }),
    ca({ p: [any] }),
    ee({ p: [P1] }),
  ]),
  invalid('4.12.6 Invalid inhibitAnyPolicy Test6', [
    anyAfter(1),
    ca({ p: [P1], inhibitAny: 5 }),
    ca({ p: [any] }),
    ee({ p: [P1] }),
  ]),
  valid('4.12.7 Valid Self-Issued inhibitAnyPolicy Test7', [
    anyAfter(1),
    again({ p: [P1] }),
    ca({ p: [any] }),
    ee({ p: [P1] }),
  ]),
  invalid('4.12.8 Invalid Self-Issued inhibitAnyPolicy Test8', [
    anyAfter(1),
    again({ p: [P1] }),
    ca({ p: [any] }),
    ca({ p: [any] }),
    ee({ p: [P1] }),
  ]),
  valid('4.12.9 Valid Self-Issued inhibitAnyPolicy Test9', [
    anyAfter(1),
    again({ p: [P1] }),
    ca({ p: [any] }),
    again({ p: [any] }),
    ee({ p: [P1] }),
  ]),
  invalid('4.12.10 Invalid Self-Issued inhibitAnyPolicy Test10', [
    anyAfter(1),
    ca({ p: [any] }),
    end({ ...says({ p: [any] }) }),
  ]),
];
