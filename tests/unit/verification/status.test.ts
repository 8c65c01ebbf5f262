import { describe, expect, test } from 'vitest';
import type { Fetcher } from '../../../native/verification/index.ts';
import {
  type Extension,
  keyOf,
  keyUsage,
  mintCertificate,
  type Party,
  responders,
  seq,
  timeDer,
  unknownExtension,
} from '../../conformance/pkits/minter.ts';
import { mintAnswer, type SingleAnswer } from '../../conformance/pkits/ocsp-minter.ts';
import { authority, build, end, named, valid } from '../../conformance/pkits/world.ts';
import {
  answer,
  type Circumstances,
  issuer,
  issuerCertificate,
  judgeEnd,
  status,
  worldOf,
} from './asked-certificate.ts';

const oid = { ocspSigning: '1.3.6.1.5.5.7.3.9', timeStamping: '1.3.6.1.5.5.7.3.8' };

const extendedUsage = (purpose: string): Extension => ({
  oid: '2.5.29.37',
  value: seq(
    Buffer.from(purpose === oid.ocspSigning ? '06082b06010505070309' : '06082b06010505070308', 'hex'),
  ),
});
const delegate: Party = { name: named('Responder'), key: keyOf('responder') };
const delegateCertificate = (
  purpose: string,
  by: Party = issuer,
  usages = [0],
  { to = '2040-01-01T00:00:00', subject = delegate } = {},
) =>
  mintCertificate({
    ...{ subject, issuer: by, serial: '55' },
    notBefore: timeDer('2020-01-01T00:00:00'),
    notAfter: timeDer(to),
    extensions: [keyUsage(usages), extendedUsage(purpose)],
  });

describe('answers of responders', () => {
  const good = [{ status: 'good' }] as const;
  const cutoff = (date: string): Extension => ({
    oid: '1.3.6.1.5.5.7.48.1.6',
    value: timeDer(date, true),
  });

  test.each([
    ['good', answer(good), 'good'],
    ['named by its key', answer(good, { by: 'key' }), 'good'],
    ['SHA-256 in its CertID', answer(good, { hash: 'sha256' }), 'good'],
    ['revoked', answer([{ status: { revokedAt: '2026-06-01T00:00:00' } }]), 'revoked'],
    ['unknown', answer([{ status: 'unknown' }]), 'notChecked'],
    [
      'good and revoked at once',
      answer([...good, { status: { revokedAt: '2026-06-01T00:00:00' } }]),
      'revoked',
    ],
    [
      'good, then revoked',
      answer([
        { status: { revokedAt: '2026-10-21T00:00:00' }, thisUpdate: '2026-10-22T00:00:00' },
        { status: 'good' },
      ]),
      'revoked',
    ],
    ['good and unknown', answer([...good, { status: 'unknown' }]), 'notChecked'],
    ['out of date', answer([{ status: 'good', nextUpdate: '2026-10-30T00:00:00' }]), 'notChecked'],
    ['from the future', answer([{ status: 'good', thisUpdate: '2026-11-03T00:00:00' }]), 'notChecked'],
    ['old and open-ended', answer([{ status: 'good', nextUpdate: null }]), 'notChecked'],
    ['something critical about all', answer(good, { extensions: [unknownExtension(true)] }), 'notChecked'],
    ['something more about all', answer(good, { extensions: [unknownExtension(false)] }), 'good'],
    [
      'something critical about it',
      answer([{ status: 'good', extensions: [unknownExtension(true)] }]),
      'notChecked',
    ],
    ['by somebody else', answer(good, { responder: delegate }), 'notChecked'],
    [
      'by a delegate',
      answer(good, { responder: delegate, embedded: [delegateCertificate(oid.ocspSigning)] }),
      'good',
    ],
    [
      'by a delegate for something else',
      answer(good, { responder: delegate, embedded: [delegateCertificate(oid.timeStamping)] }),
      'notChecked',
    ],
    [
      'by a delegate whose key may not sign',
      answer(good, { responder: delegate, embedded: [delegateCertificate(oid.ocspSigning, issuer, [2])] }),
      'notChecked',
    ],
    [
      'by another authority’s delegate',
      answer(good, {
        responder: delegate,
        embedded: [delegateCertificate(oid.ocspSigning, { name: named('Other'), key: keyOf('other') })],
      }),
      'notChecked',
    ],
    ['about another certificate', answer(good, { certificate: issuerCertificate }), 'notChecked'],
  ] as const)('%s', async (_, bytes, expected) => {
    expect(await status({ answers: [bytes] })).toBe(expected);
  });

  test('by a delegate whose certificate has run out: it can’t speak of today, whatever it writes', async () => {
    const to = '2026-10-20T12:00:00';
    const embedded = [delegateCertificate(oid.ocspSigning, issuer, [0], { to })];
    const by = { responder: delegate, embedded, producedAt: '2026-10-20T00:00:00' };
    const long = { status: 'good', nextUpdate: '2030-01-01T00:00:00' } as const;
    const then = new Date('2026-10-20T06:00:00Z');
    expect(await status({ answers: [answer([long], by)], at: then, proven: true })).toBe('good');
    expect(await status({ answers: [answer([long], by)] })).toBe('notChecked');
    const ahead = { ...long, thisUpdate: '2026-10-31T00:00:00' };
    expect(await status({ answers: [answer([ahead], by)] })).toBe('notChecked');
  });

  test('by the one of several certificates of a name whose key it was', async () => {
    const by = (subject: Party) => delegateCertificate(oid.ocspSigning, issuer, [0], { subject });
    const older = by({ name: delegate.name, key: keyOf('older responder') });
    const embedded = [older, by(delegate)];
    expect(await status({ answers: [answer(good, { responder: delegate, embedded })] })).toBe('good');
    const namesake = { name: issuer.name, key: delegate.key };
    const own = answer(good, { responder: namesake, embedded: [by(namesake)] });
    expect(await status({ answers: [own] })).toBe('good');
  });

  test('about a certificate that had run out: only where the responder says that it remembers', async () => {
    const until = '2026-10-01T00:00:00';
    const own = worldOf({ until }).end;
    const about = (extensions: readonly Extension[]) =>
      answer([{ status: 'good', extensions }], { certificate: own });
    expect(await status({ until, answers: [about([])] })).toBe('notChecked');
    expect(await status({ until, answers: [about([cutoff('2026-10-15T00:00:00')])] })).toBe('notChecked');
    expect(await status({ until, answers: [about([cutoff('2020-01-01T00:00:00')])] })).toBe('good');
  });
});

test('the state’s responder is asked under its public name', async () => {
  const both = [responders('http://ocsp.ca.ptc/x', 'http://ocsp.ca.ptcx/')];
  const ptc = build(valid('ptc', [authority(), end({ more: both })]));
  const asked: string[] = [];
  const fetcher: Fetcher = {
    get: () => Promise.reject(new Error('never')),
    post: async (url) => {
      asked.push(url);
      return mintAnswer({
        ...{ certificate: ptc.end, issuer: ptc.others[0] ?? ptc.root, responder: issuer },
        singles: [{ status: asked.length === 1 ? 'unknown' : 'good' }],
      });
    },
  };
  const { revocation } = await judgeEnd(ptc, {}, { fetcher });
  expect(asked).toEqual(['http://ocsp.ca.gov.vn/x', 'http://ocsp.ca.ptcx/']);
  expect(revocation).toBe('good');
});

describe('when it was revoked', () => {
  const revoked = (entry: { reason?: number; invalidFrom?: string }): Circumstances => ({
    lists: [0, { by: 1, entries: [{ serial: '12', at: '2026-06-01T00:00:00', ...entry }] }],
    proven: true,
  });
  const signedAt = (day: string) => new Date(`2026-${day}T00:00:00Z`);

  test('after the instant that a stamp proves: it was good then', async () => {
    expect(await status({ ...revoked({}), at: signedAt('05-31') })).toBe('good');
    expect(await status({ ...revoked({}), at: signedAt('06-02') })).toBe('revoked');
  });

  test('later than now by the responder’s clock, which is ahead of ours: who asks about today is told today', async () => {
    const said = answer([
      { status: { revokedAt: '2026-11-01T00:03:00' }, thisUpdate: '2026-11-01T00:03:00' },
    ]);
    const entries = [{ serial: '12', at: '2026-11-01T00:03:00' }];
    const lists: Circumstances['lists'] = [0, { by: 1, from: '2026-11-01T00:03:00', entries }];
    expect(await status({ answers: [said] })).toBe('revoked');
    expect(await status({ lists })).toBe('revoked');
    // A stamp proves that it was signed before.
    expect(await status({ answers: [said], proven: true })).toBe('good');
  });

  test('before the instant, and a “good” from before that is carried along: whoever can be asked is', async () => {
    const said = (facts: SingleAnswer) => answer([facts]);
    const answers = [
      said({ status: 'good', thisUpdate: '2026-05-20T00:00:00', nextUpdate: '2026-06-20T00:00:00' }),
    ];
    const online = said({ status: { revokedAt: '2026-06-01T00:00:00' } });
    const stolen = { answers, at: signedAt('06-10'), proven: true };
    expect(await status({ ...stolen, online })).toBe('revoked');
    expect(await status({ ...stolen, at: signedAt('05-25'), online })).toBe('good');
    // Nobody can be asked: what is carried is all that there is.
    expect(await status(stolen)).toBe('good');
    expect(await status({ ...stolen, online: Buffer.from('nonsense') })).toBe('good');
  });

  test('its key was stolen before that was known: what was signed in between proves nothing', async () => {
    const stolen = revoked({ reason: 1, invalidFrom: '2026-05-01T00:00:00' });
    expect(await status({ ...stolen, at: signedAt('05-15') })).toBe('revoked');
    expect(await status({ ...stolen, at: signedAt('04-15') })).toBe('good');
  });

  test('its holder left before that was told: what was signed in between stands', async () => {
    const left = revoked({ reason: 3, invalidFrom: '2026-05-01T00:00:00' });
    expect(await status({ ...left, at: signedAt('05-15') })).toBe('good');
  });

  test('a time-stamp authority that ended orderly leaves its earlier stamps good, and only those', async () => {
    const stamp = (reason: number | undefined, day: string) =>
      status({ ...revoked(reason === undefined ? {} : { reason }), proven: false, stampedAt: signedAt(day) });
    expect(await stamp(4, '05-31')).toBe('good');
    expect(await stamp(5, '06-02')).toBe('revoked');
    expect(await stamp(1, '05-31')).toBe('revoked');
    expect(await stamp(undefined, '05-31')).toBe('revoked');
    // Its own documents, were it to sign any, are another matter.
    expect(await status({ ...revoked({ reason: 4 }), proven: false })).toBe('revoked');
  });

  test('held: not good as long as it is', async () => {
    expect(await status({ ...revoked({ reason: 6 }), at: signedAt('07-01') })).toBe('revoked');
  });

  test('a newer list without it outweighs an older one with it', async () => {
    const lists: Circumstances['lists'] = [
      0,
      { by: 1, entries: [{ serial: '12', reason: 6 }] },
      { by: 1, from: '2026-10-25T00:00:00', number: 2 },
    ];
    expect(await status({ lists })).toBe('good');
  });

  test('is found however many lists of other authorities a document has gathered over the years', async () => {
    const strangers = Array.from({ length: 70 }, (_, number) => ({ by: 1, name: named('Other'), number }));
    expect(await status({ lists: [...strangers, 0, 1] })).toBe('good');
  });

  test.each([
    ['0012', '12'],
    ['000092', '0092'],
    ['ffff92', '92'],
  ])('by a list that writes its number as %s', async (written, serial) => {
    const links = [authority(), end({ serial })];
    const lists = [0, { by: 1, entries: [{ serial: written }] }];
    const { revocation } = await judgeEnd(build(valid('padded', links, { lists })));
    expect(revocation).toBe('revoked');
  });

  test('a list from the future says nothing', async () => {
    expect(await status({ lists: [0, { by: 1, from: '2026-11-02T00:00:00' }] })).toBe('notChecked');
  });
});
