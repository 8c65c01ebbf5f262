import { encode, objectIdentifier } from '../../../native/asn1/der.ts';
import {
  alternativeNames,
  distributionPoints,
  type Extension,
  type GeneralName,
  generalName,
  type ListScope,
  type Name,
  nameConstraints,
  seq,
} from './minter.ts';
import { authority, type Case, end, invalid, type Link, named, root, valid } from './world.ts';

/** Beyond NIST: names and lists made to slip past constraints and revocations. */

const base: Name = [
  ['C', 'VN'],
  ['O', 'PKITS'],
];
const under = (...units: string[]): Name => [...base, ...units.map((unit) => ['OU', unit] as const)];
const person = (name: Name): Name => [...name, ['CN', 'EE']];
const excluding = (...excluded: GeneralName[]) =>
  authority({ name: under('p'), more: [nameConstraints({ excluded })] });
const permitting = (...permitted: GeneralName[]) =>
  authority({ name: under('p'), more: [nameConstraints({ permitted })] });
const bearing = (...names: GeneralName[]) =>
  end({ name: person(under('p')), more: [alternativeNames(...names)] });
const host = (name: string): GeneralName => ({ host: name });
const mail = (address: string): GeneralName => ({ mail: address });
const uri = (address: string): GeneralName => ({ uri: address });
const address = (...octets: number[]): GeneralName => ({ address: octets });
const network = address(192, 0, 2, 0, 255, 255, 255, 0);
const mapped = (...octets: number[]) => address(...Array.from({ length: 10 }, () => 0), 255, 255, ...octets);
const lax = { openssl: 'compares the letters alone; what programs read differently is refused here' };

/** SmtpUTF8Mailbox (RFC 9598, 3). */
function internationalMail(value: string): Extension {
  const text = encode(0xa0, encode(0x0c, Buffer.from(value)));
  return { oid: '2.5.29.17', value: seq(encode(0xa0, objectIdentifier('1.3.6.1.5.5.7.8.9'), text)) };
}

export const slipperyNameRows: readonly Case[] = [
  invalid('a host with a dot at its end', [excluding(host('other.vn')), bearing(host('a.other.vn.'))], lax),
  invalid('a host of any name below', [excluding(host('a.other.vn')), bearing(host('*.other.vn'))], lax),
  invalid('a host with a NUL', [permitting(host('example.vn')), bearing(host('e.vn\0.example.vn'))], lax),
  invalid('a host with a space', [excluding(host('other.vn')), bearing(host('other.vn '))], lax),
  invalid('the very host of a constraint with a dot in front', [
    permitting(host('.example.vn')),
    bearing(host('example.vn')),
  ]),
  valid('a host below it', [permitting(host('.example.vn')), bearing(host('a.example.vn'))]),
  invalid('mail of a host with a dot at its end', [excluding(mail('o.vn')), bearing(mail('a@o.vn.'))], lax),
  invalid('mail with two signs', [excluding(mail('other.vn')), bearing(mail('a@other.vn@x.vn'))], lax),
  invalid('all mail excluded', [excluding(mail('')), bearing(mail('a@x.vn'))], {
    openssl: 'takes an empty constraint for a host without a name',
  }),
  invalid('mail in the subject, with a space at its end', [
    excluding(mail('other.vn')),
    end({ name: [...person(under('p')), ['E', 'a@other.vn ', 'utf8']] }),
  ]),
  invalid('mail beyond ASCII', [
    excluding(mail('other.vn')),
    end({ name: person(under('p')), more: [internationalMail('đ@other.vn')] }),
  ]),
  valid('mail beyond ASCII, within what is permitted', [
    permitting(mail('example.vn')),
    end({ name: person(under('p')), more: [internationalMail('đ@example.vn')] }),
  ]),
  invalid(
    'an address behind a name and a password',
    [excluding(uri('other.vn')), bearing(uri('http://u:p@other.vn:80/'))],
    { openssl: 'takes the user for the host' },
  ),
  invalid('a URI with a coded dot', [excluding(uri('other.vn')), bearing(uri('http://other%2evn/'))], lax),
  invalid(
    'a URI with a dot at the end',
    [excluding(uri('other.vn')), bearing(uri('http://other.vn./'))],
    lax,
  ),
  invalid('a URI with a backslash', [permitting(uri('x.vn')), bearing(uri('http://other.vn\\@x.vn/'))]),
  invalid(
    'a network whose mask has holes',
    [permitting(address(192, 0, 2, 0, 255, 0, 255, 0)), bearing(address(192, 9, 2, 7))],
    { openssl: 'applies any mask' },
  ),
  invalid(
    'an excluded address of IPv4 in the clothes of IPv6',
    [excluding(network), bearing(mapped(192, 0, 2, 7))],
    { openssl: 'compares addresses of one length alone; programs connect to the same host' },
  ),
  invalid('a permitted one in such clothes', [permitting(network), bearing(mapped(192, 0, 2, 7))]),
  valid('another one in such clothes, beside what is excluded', [
    excluding(network),
    bearing(mapped(192, 0, 3, 7)),
  ]),
  invalid('an address of five octets', [excluding(network), bearing(address(192, 0, 2, 7, 1))]),
  ...[
    ['a space of no width', 'x\u200b1'],
    ['a soft hyphen', 'x\u00ad1'],
    ['a wide digit', 'x\uff11'],
  ].map(([what = '', unit = '']) =>
    invalid(
      `an excluded name with ${what}`,
      [excluding({ directory: under('x1') }), end({ name: person(under(unit)) })],
      { openssl: 'folds case and spaces only; RFC 5280, 7.1 asks for all of RFC 4518' },
    ),
  ),
];

const september = '2026-09-01T00:00:00';
const later = '2026-10-20T00:00:00';
const chain = [authority(), end()];
const stray = { openssl: 'passes over a delta that doesn’t fit' };
const held = (reason: number) => ({ by: 1, number: 3, entries: [{ serial: '12', reason }] });
const removed = { by: 1, number: 4, deltaOf: 3, from: later, entries: [{ serial: '12', reason: 8 }] };

export const slipperyListRows: readonly Case[] = [
  invalid('a delta on a list that isn’t at hand names the certificate', chain, {
    lists: [0, { by: 1, number: 3 }, { by: 1, number: 9, deltaOf: 7, from: later, entries: [2] }],
    ...stray,
  }),
  invalid('a newer delta whose number goes back names the certificate', chain, {
    lists: [0, { by: 1, number: 9 }, { by: 1, number: 8, deltaOf: 7, from: later, entries: [2] }],
    ...stray,
  }),
  invalid('a list that tells its scope twice: some reasons, then all', chain, {
    lists: [
      0,
      { by: 1, scope: { reasons: [1] }, extensions: [{ oid: '2.5.29.28', critical: true, value: seq() }] },
    ],
    openssl: 'forgets a scope that is told twice',
  }),
  invalid('a delta takes back what is no hold', chain, { lists: [0, held(1), removed] }),
  valid('a delta takes a hold back', chain, {
    lists: [0, held(6), removed],
    openssl: 'finds the entry of the complete list',
  }),
];

const listIssuer: Link = {
  ...authority({ aside: true, name: named('Lists'), key: 'lists' }),
  ...{ issuerKey: 'root', issuerName: root.name },
};
const point = { name: { directory: named('P') } };
const names = [named('Former CA 1'), named('CA 1')];

export const indirectEntryRows: readonly Case[] = [
  invalid(
    'an indirect list whose entry names the issuer in two ways',
    [authority(), listIssuer, end({ more: [distributionPoints({ ...point, issuer: named('Lists') })] })],
    {
      lists: [
        0,
        {
          by: 2,
          scope: { ...point, indirect: true },
          entries: [
            {
              serial: '13',
              extensions: [
                {
                  ...{ oid: '2.5.29.29', critical: true },
                  value: seq(...names.map((directory) => generalName({ directory }))),
                },
              ],
            },
          ],
        },
      ],
    },
  ),
];

const evil: Partial<Link> = {
  aside: true,
  name: named('Other'),
  key: 'other authority',
  issuerName: root.name,
};
const namesake: Partial<Link> = {
  aside: true,
  name: named('CA 1'),
  key: 'namesake',
  issuerName: named('Other'),
};
const revoking = { by: 1, from: september, entries: [4] };
const bySomebody = (extra: Partial<Link>, scope?: ListScope) =>
  [
    [
      authority(),
      authority({ ...evil, issuerKey: 'root' }),
      authority({ ...namesake, issuerKey: 'other authority', ...extra }),
      end(),
    ],
    { lists: [0, revoking, 2, scope ? { by: 3, scope } : 3] },
  ] as const;

export const namesakeRows: readonly Case[] = [
  invalid('another authority under the anchor names an authority after the issuer', ...bySomebody({})),
  invalid('… or a person, with a key for anything', ...bySomebody({ base: [] })),
  invalid('… whose list says that it is indirect', ...bySomebody({}, { indirect: true })),
];

/** ExtKeyUsage under id-kp (RFC 5280, 4.2.1.12). */
const purposes = (...last: number[]): Extension => ({
  oid: '2.5.29.37',
  value: seq(...last.map((each) => objectIdentifier(`1.3.6.1.5.5.7.3.${each}`))),
});
const unasked = { openssl: 'isn’t asked about a purpose here; `-purpose smimesign` refuses it, too' };

export const purposeRows: readonly Case[] = [
  invalid('an authority for web servers', [authority({ more: [purposes(1)] }), end()], unasked),
  invalid(
    'one for programs’ signatures above the issuing one',
    [authority({ more: [purposes(3)] }), authority(), end()],
    unasked,
  ),
  valid('an authority for mail and clients', [authority({ more: [purposes(2, 4)] }), end()]),
];
