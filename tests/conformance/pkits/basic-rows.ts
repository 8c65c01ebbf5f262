import { basicConstraints, keyUsage, type Name, timeDer, unknownExtension } from './minter.ts';
import { authority, authorityName, type Case, end, invalid, named, own, valid } from './world.ts';

/** PKITS 4.1 to 4.3, 4.5 to 4.7 and 4.16. Left out: DSA (4.1.4 to 4.1.6), which TT 15/2025 doesn't allow. */

const withPath = (pathLength: number) => ({ base: [basicConstraints(true, pathLength), keyUsage([5, 6])] });
const signers = { base: [keyUsage([0, 1])] };
const time = (iso: string, general = false) => timeDer(iso, general);

export const signatureRows: readonly Case[] = [
  valid('4.1.1 Valid Signatures Test1', [authority(), end()]),
  invalid('4.1.2 Invalid CA Signature Test2', [authority({ brokenSignature: true }), end()]),
  invalid('4.1.3 Invalid EE Signature Test3', [authority(), end({ brokenSignature: true })]),
];

export const validityRows: readonly Case[] = [
  invalid('4.2.1 Invalid CA notBefore Date Test1', [authority({ from: time('2047-01-01T12:01:00') }), end()]),
  invalid('4.2.2 Invalid EE notBefore Date Test2', [authority(), end({ from: time('2047-01-01T12:01:00') })]),
  valid('4.2.3 Valid pre2000 UTC notBefore Date Test3', [
    authority(),
    end({ from: time('1950-01-01T12:01:00') }),
  ]),
  valid('4.2.4 Valid GeneralizedTime notBefore Date Test4', [
    authority(),
    end({ from: time('2002-01-01T12:01:00', true) }),
  ]),
  invalid('4.2.5 Invalid CA notAfter Date Test5', [authority({ to: time('2011-01-01T08:30:00') }), end()]),
  invalid('4.2.6 Invalid EE notAfter Date Test6', [authority(), end({ to: time('2011-01-01T08:30:00') })]),
  invalid('4.2.7 Invalid pre2000 UTC EE notAfter Date Test7', [
    authority(),
    end({ from: time('1996-01-01T12:01:00'), to: time('1999-01-01T12:01:00') }),
  ]),
  valid('4.2.8 Valid GeneralizedTime notAfter Date Test8', [
    authority(),
    end({ to: time('2050-01-01T12:01:00') }),
  ]),
];

const two: Name = [
  ['C', 'VN'],
  ['O', 'PKITS'],
  ['OU', 'One'],
  ['OU', 'Two'],
  ['CN', 'CA'],
];
const swapped: Name = [
  ['C', 'VN'],
  ['O', 'PKITS'],
  ['OU', 'Two'],
  ['OU', 'One'],
  ['CN', 'CA'],
];
const printable = (commonName: string): Name => [
  ['C', 'VN'],
  ['O', 'PKITS', 'printable'],
  ['CN', commonName, 'printable'],
];
const utf8 = (commonName: string): Name => [
  ['C', 'VN'],
  ['O', 'PKITS', 'utf8'],
  ['CN', commonName, 'utf8'],
];
/** The list is by whichever name the authority has. */
const chained = (name: Name, issuerName: Name) => [authority({ name }), end({ issuerName })];
const mandatory: Name = [
  ['C', 'VN'],
  ['DC', 'testcertificates'],
  ['O', 'PKITS'],
  ['OU', 'Phòng', 'utf8'],
  ['dnQualifier', 'CA', 'printable'],
  ['serialNumber', '345', 'printable'],
  ['CN', 'CA'],
];
const optional: Name = [
  ['C', 'VN'],
  ['O', 'PKITS'],
  ['title', 'M.D.', 'printable'],
  ['pseudonym', 'Fictitious', 'printable'],
  ['CN', 'CA'],
];

export const nameRows: readonly Case[] = [
  invalid('4.3.1 Invalid Name Chaining EE Test1', chained(named('Good CA'), named('Good CA Root'))),
  invalid('4.3.2 Invalid Name Chaining Order Test2', chained(two, swapped)),
  valid('4.3.3 Valid Name Chaining Whitespace Test3', chained(named('Good CA'), named('Good     CA'))),
  valid('4.3.4 Valid Name Chaining Whitespace Test4', chained(named('Good CA'), named('   Good CA  '))),
  valid('4.3.5 Valid Name Chaining Capitalization Test5', chained(named('Good CA'), named('GOOD ca'))),
  valid('4.3.6 Valid Name Chaining UIDs Test6', [authority({ hasUniqueIds: true }), end()]),
  valid('4.3.7 Valid RFC3280 Mandatory Attribute Types Test7', [authority({ name: mandatory }), end()]),
  valid('4.3.8 Valid RFC3280 Optional Attribute Types Test8', [authority({ name: optional }), end()]),
  valid('4.3.9 Valid UTF8String Encoded Names Test9', [
    authority({ name: utf8('Tổ chức chứng thực') }),
    end(),
  ]),
  valid(
    '4.3.10 Valid Rollover from PrintableString to UTF8String Test10',
    chained(printable('Rollover CA'), utf8('Rollover CA')),
  ),
  valid(
    '4.3.11 Valid UTF8String Case Insensitive Match Test11',
    chained(utf8('Tổ chức chứng thực'), utf8(' TỔ CHỨC  chứng thực ')),
    { openssl: 'folds the case of ASCII letters only; RFC 5280, 7.1 wants all of them folded' },
  ),
];

const newKey = { key: 'new' };

export const selfIssuedRows: readonly Case[] = [
  valid('4.5.1 Valid Basic Self-Issued Old With New Test1', [authority(newKey), own({ key: 'old' }), end()]),
  invalid(
    '4.5.2 Invalid Basic Self-Issued Old With New Test2',
    [authority(newKey), own({ key: 'old' }), end()],
    {
      lists: [0, { by: 1, entries: [3] }, { by: 2, entries: [3] }],
    },
  ),
  valid('4.5.3 Valid Basic Self-Issued New With Old Test3', [
    authority({ key: 'old' }),
    own({ key: 'new' }),
    end(),
  ]),
  valid('4.5.4 Valid Basic Self-Issued New With Old Test4', [
    authority({ key: 'old' }),
    own({ key: 'new', aside: true }),
    end(),
  ]),
  invalid(
    '4.5.5 Invalid Basic Self-Issued New With Old Test5',
    [authority({ key: 'old' }), own({ key: 'new', aside: true }), end()],
    { lists: [0, { by: 1, entries: [3] }, { by: 2, entries: [3] }] },
  ),
  valid(
    '4.5.6 Valid Basic Self-Issued CRL Signing Key Test6',
    [
      authority({ base: [basicConstraints(true), keyUsage([5, 6])] }),
      own({ key: 'lists', aside: true, base: [keyUsage([6])] }),
      end(),
    ],
    { lists: [0, 1, { by: 2, name: authorityName(1) }] },
  ),
  invalid(
    '4.5.7 Invalid Basic Self-Issued CRL Signing Key Test7',
    [authority(), own({ key: 'lists', aside: true, base: [keyUsage([6])] }), end()],
    { lists: [0, { by: 2, entries: [3] }, { by: 1, entries: [3] }] },
  ),
  invalid('4.5.8 Invalid Basic Self-Issued CRL Signing Key Test8', [
    authority(),
    own({ key: 'lists', base: [basicConstraints(false), keyUsage([6])] }),
    end(),
  ]),
];

const sub = authority;

export const basicConstraintRows: readonly Case[] = [
  invalid('4.6.1 Invalid Missing basicConstraints Test1', [authority({ base: [keyUsage([5, 6])] }), end()]),
  invalid('4.6.2 Invalid cA False Test2', [
    authority({ base: [basicConstraints(false), keyUsage([5, 6])] }),
    end(),
  ]),
  invalid('4.6.3 Invalid cA False Test3', [
    authority({ base: [basicConstraints(false, undefined, false), keyUsage([5, 6])] }),
    end(),
  ]),
  valid(
    '4.6.4 Valid basicConstraints Not Critical Test4',
    [authority({ base: [basicConstraints(true, undefined, false), keyUsage([5, 6])] }), end()],
    {
      openssl: 'asked to be strict, refuses what RFC 5280, 4.2.1.9 forbids authorities, not those who check',
    },
  ),
  invalid('4.6.5 Invalid pathLenConstraint Test5', [authority(withPath(0)), sub(), end()]),
  invalid('4.6.6 Invalid pathLenConstraint Test6', [
    authority(withPath(0)),
    sub(),
    sub({ name: named('EE') }),
  ]),
  valid('4.6.7 Valid pathLenConstraint Test7', [authority(withPath(0)), end()]),
  valid('4.6.8 Valid pathLenConstraint Test8', [
    authority(withPath(0)),
    end({ base: [basicConstraints(true), keyUsage([0, 5, 6])] }),
  ]),
  invalid('4.6.9 Invalid pathLenConstraint Test9', [
    authority(withPath(6)),
    sub(withPath(0)),
    sub(withPath(0)),
    end(),
  ]),
  invalid('4.6.10 Invalid pathLenConstraint Test10', [
    authority(withPath(6)),
    sub(withPath(0)),
    sub(withPath(0)),
    end({ base: [basicConstraints(true), keyUsage([0, 5, 6])] }),
  ]),
  invalid('4.6.11 Invalid pathLenConstraint Test11', [
    authority(withPath(6)),
    sub(withPath(1)),
    sub(withPath(1)),
    sub(withPath(1)),
    end(),
  ]),
  invalid('4.6.12 Invalid pathLenConstraint Test12', [
    authority(withPath(6)),
    sub(withPath(1)),
    sub(withPath(1)),
    sub(withPath(1)),
    end({ base: [basicConstraints(true), keyUsage([0, 5, 6])] }),
  ]),
  valid('4.6.13 Valid pathLenConstraint Test13', [
    authority(withPath(6)),
    sub(withPath(4)),
    sub(withPath(1)),
    sub(withPath(0)),
    end(),
  ]),
  valid('4.6.14 Valid pathLenConstraint Test14', [
    authority(withPath(6)),
    sub(withPath(4)),
    sub(withPath(1)),
    sub(withPath(0)),
    end({ base: [basicConstraints(true), keyUsage([0, 5, 6])] }),
  ]),
  valid('4.6.15 Valid Self-Issued pathLenConstraint Test15', [authority(withPath(0)), own(), end()]),
  invalid('4.6.16 Invalid Self-Issued pathLenConstraint Test16', [
    authority(withPath(0)),
    own(),
    sub(),
    end(),
  ]),
  valid('4.6.17 Valid Self-Issued pathLenConstraint Test17', [
    authority(withPath(1)),
    own(),
    sub(),
    own(),
    end(),
  ]),
  invalid('beyond NIST: a version 1 certificate below the root issues nothing', [
    authority({ version1: true }),
    end(),
  ]),
  invalid('beyond NIST: a person’s certificate issues nothing', [authority(), sub(signers), end()]),
];

export const keyUsageRows: readonly Case[] = [
  invalid('4.7.1 Invalid keyUsage Critical keyCertSign False Test1', [
    authority({ base: [basicConstraints(true), keyUsage([0, 6])] }),
    end(),
  ]),
  invalid('4.7.2 Invalid keyUsage Not Critical keyCertSign False Test2', [
    authority({ base: [basicConstraints(true), keyUsage([0, 6], false)] }),
    end(),
  ]),
  valid('4.7.3 Valid keyUsage Not Critical Test3', [
    authority({ base: [basicConstraints(true), keyUsage([0, 5, 6], false)] }),
    end(),
  ]),
  invalid('4.7.4 Invalid keyUsage Critical cRLSign False Test4', [
    authority({ base: [basicConstraints(true), keyUsage([0, 5])] }),
    end(),
  ]),
  invalid('4.7.5 Invalid keyUsage Not Critical cRLSign False Test5', [
    authority({ base: [basicConstraints(true), keyUsage([0, 5], false)] }),
    end(),
  ]),
];

export const privateExtensionRows: readonly Case[] = [
  valid('4.16.1 Valid Unknown Not Critical Certificate Extension Test1', [
    authority(),
    end({ more: [unknownExtension(false)] }),
  ]),
  invalid('4.16.2 Invalid Unknown Critical Certificate Extension Test2', [
    authority(),
    end({ more: [unknownExtension(true)] }),
  ]),
];
