import { alternativeNames, type GeneralName, type Name, nameConstraints } from './minter.ts';
import { authority, type Case, end, invalid, own, valid } from './world.ts';

/** PKITS 4.13. */

const base: Name = [
  ['C', 'VN'],
  ['O', 'PKITS'],
];
const under = (...units: string[]): Name => [...base, ...units.map((unit) => ['OU', unit] as const)];
const person = (name: Name): Name => [...name, ['CN', 'EE']];
const tree = (...units: string[]): GeneralName => ({ directory: under(...units) });

const permits = (...names: GeneralName[]) => ({ more: [nameConstraints({ permitted: names })] });
const excludes = (...names: GeneralName[]) => ({ more: [nameConstraints({ excluded: names })] });
const permitting = (...names: GeneralName[]) => authority({ name: under('p'), ...permits(...names) });
const excluding = (...names: GeneralName[]) => authority({ name: under('p'), ...excludes(...names) });
const ee = (...units: string[]) => end({ name: person(under(...units)) });
const alias = (subject: Name, ...names: GeneralName[]) =>
  end({ name: subject, more: [alternativeNames(...names)] });
const bearing = (...names: GeneralName[]) => alias(person(under('p')), ...names);

const mail = (address: string): GeneralName => ({ mail: address });
const host = (name: string): GeneralName => ({ host: name });
const uri = (address: string): GeneralName => ({ uri: address });

const dn: readonly Case[] = [
  valid('4.13.1 Valid DN nameConstraints Test1', [permitting(tree('p1')), ee('p1')]),
  invalid('4.13.2 Invalid DN nameConstraints Test2', [permitting(tree('p1')), ee('x1')]),
  invalid('4.13.3 Invalid DN nameConstraints Test3', [
    permitting(tree('p1')),
    alias(person(under('p1')), { directory: person(under('x1')) }),
  ]),
  valid('4.13.4 Valid DN nameConstraints Test4', [
    permitting(tree('p1')),
    alias(person(under('p1')), mail('test@example.vn')),
  ]),
  valid('4.13.5 Valid DN nameConstraints Test5', [
    permitting(tree('p1'), tree('p2')),
    alias(person(under('p1')), { directory: person(under('p2')) }),
  ]),
  valid('4.13.6 Valid DN nameConstraints Test6', [excluding(tree('x1')), ee('p1')]),
  invalid('4.13.7 Invalid DN nameConstraints Test7', [excluding(tree('x1')), ee('x1')]),
  invalid('4.13.8 Invalid DN nameConstraints Test8', [excluding(tree('x1'), tree('x2')), ee('x1')]),
  invalid('4.13.9 Invalid DN nameConstraints Test9', [excluding(tree('x1'), tree('x2')), ee('x2', 'deep')]),
  invalid('4.13.10 Invalid DN nameConstraints Test10', [
    authority({
      name: under('p'),
      more: [nameConstraints({ permitted: [tree('p1')], excluded: [tree('p1', 'x')] })],
    }),
    ee('p1', 'x'),
  ]),
  valid('4.13.11 Valid DN nameConstraints Test11', [
    authority({
      name: under('p'),
      more: [nameConstraints({ permitted: [tree('p1')], excluded: [tree('p1', 'x')] })],
    }),
    ee('p1', 'y'),
  ]),
  invalid('4.13.12 Invalid DN nameConstraints Test12', [
    permitting(tree('p1')),
    authority({ name: under('p1'), ...permits(tree('p1', 'a')) }),
    ee('p1', 'b'),
  ]),
  invalid('4.13.13 Invalid DN nameConstraints Test13', [
    permitting(tree('p1')),
    authority({ name: under('p1'), ...permits(tree('p2')) }),
    ee('p2'),
  ]),
  valid('4.13.14 Valid DN nameConstraints Test14', [
    permitting(tree('p1')),
    authority({ name: under('p1'), ...permits(tree('p1')) }),
    ee('p1', 'a'),
  ]),
  invalid('4.13.15 Invalid DN nameConstraints Test15', [
    excluding(tree('x1')),
    authority({ name: under('p1'), ...excludes(tree('x2')) }),
    ee('x1'),
  ]),
  invalid('4.13.16 Invalid DN nameConstraints Test16', [
    excluding(tree('x1')),
    authority({ name: under('p1'), ...excludes(tree('x2')) }),
    ee('x2'),
  ]),
  invalid('4.13.17 Invalid DN nameConstraints Test17', [
    excluding(tree('x1')),
    authority({ name: under('p1'), ...permits(tree('x1')) }),
    ee('x1', 'a'),
  ]),
  valid('4.13.18 Valid DN nameConstraints Test18', [
    excluding(tree('x1')),
    authority({ name: under('p1'), ...permits(tree('p1')) }),
    ee('p1'),
  ]),
  valid('4.13.19 Valid Self-Issued DN nameConstraints Test19', [permitting(tree('p1')), own(), ee('p1')]),
  invalid('4.13.20 Invalid Self-Issued DN nameConstraints Test20', [
    permitting(tree('p1')),
    end({ name: under('p') }),
  ]),
];

const other: readonly Case[] = [
  valid('4.13.21 Valid RFC822 nameConstraints Test21', [
    permitting(mail('.example.vn')),
    bearing(mail('a@mail.example.vn')),
  ]),
  invalid('4.13.22 Invalid RFC822 nameConstraints Test22', [
    permitting(mail('.example.vn')),
    bearing(mail('a@example.vn')),
  ]),
  valid('4.13.23 Valid RFC822 nameConstraints Test23', [
    permitting(mail('example.vn')),
    bearing(mail('a@example.vn')),
  ]),
  invalid('4.13.24 Invalid RFC822 nameConstraints Test24', [
    permitting(mail('example.vn')),
    bearing(mail('a@mail.example.vn')),
  ]),
  valid('4.13.25 Valid RFC822 nameConstraints Test25', [
    excluding(mail('example.vn')),
    bearing(mail('a@mail.example.vn')),
  ]),
  invalid('4.13.26 Invalid RFC822 nameConstraints Test26', [
    excluding(mail('example.vn')),
    bearing(mail('a@example.vn')),
  ]),
  valid('4.13.27 Valid DN and RFC822 nameConstraints Test27', [
    permitting(tree('p1'), mail('example.vn')),
    alias(person(under('p1')), mail('a@example.vn')),
  ]),
  invalid('4.13.28 Invalid DN and RFC822 nameConstraints Test28', [
    permitting(tree('p1'), mail('example.vn')),
    alias(person(under('p1')), mail('a@other.vn')),
  ]),
  invalid('4.13.29 Invalid DN and RFC822 nameConstraints Test29', [
    permitting(tree('p1'), mail('example.vn')),
    end({ name: [...person(under('p1')), ['E', 'a@other.vn']] }),
  ]),
  valid('4.13.30 Valid DNS nameConstraints Test30', [
    permitting(host('example.vn')),
    bearing(host('a.example.vn')),
  ]),
  invalid('4.13.31 Invalid DNS nameConstraints Test31', [
    permitting(host('example.vn')),
    bearing(host('a.other.vn')),
  ]),
  valid('4.13.32 Valid DNS nameConstraints Test32', [
    excluding(host('other.vn')),
    bearing(host('a.example.vn')),
  ]),
  invalid('4.13.33 Invalid DNS nameConstraints Test33', [
    excluding(host('other.vn')),
    bearing(host('a.other.vn')),
  ]),
  valid('4.13.34 Valid URI nameConstraints Test34', [
    permitting(uri('.example.vn')),
    bearing(uri('http://a.example.vn/x')),
  ]),
  invalid('4.13.35 Invalid URI nameConstraints Test35', [
    permitting(uri('.example.vn')),
    bearing(uri('http://example.vn/x')),
  ]),
  valid('4.13.36 Valid URI nameConstraints Test36', [
    excluding(uri('other.vn')),
    bearing(uri('http://a.other.vn/x')),
  ]),
  invalid('4.13.37 Invalid URI nameConstraints Test37', [
    excluding(uri('other.vn')),
    bearing(uri('ftp://other.vn:21/x')),
  ]),
  invalid('4.13.38 Invalid DNS nameConstraints Test38', [
    permitting(host('example.vn')),
    bearing(host('myexample.vn')),
  ]),
  invalid(
    'beyond NIST: a URI that names no host can’t be held against a constraint',
    [excluding(uri('other.vn')), bearing(uri('http://192.0.2.1/x'))],
    { openssl: 'compares an address as if it were a host; RFC 5280, 4.2.1.10 has it refused' },
  ),
  valid('beyond NIST: an address within the permitted network', [
    permitting({ address: [192, 0, 2, 0, 255, 255, 255, 0] }),
    bearing({ address: [192, 0, 2, 77] }),
  ]),
  invalid('beyond NIST: an address outside of it', [
    permitting({ address: [192, 0, 2, 0, 255, 255, 255, 0] }),
    bearing({ address: [192, 0, 3, 77] }),
  ]),
];

export const nameConstraintRows: readonly Case[] = [...dn, ...other];
