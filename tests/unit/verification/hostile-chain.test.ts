import { describe, expect, test } from 'vitest';
import { Effort } from '../../../native/verification/effort.ts';
import {
  certificatePolicies,
  keyOf,
  policyConstraints,
  policyMappings,
} from '../../conformance/pkits/minter.ts';
import { authority, authorityName, build, end, named, valid } from '../../conformance/pkits/world.ts';
import { answer, issuer, judgeEnd, status, world, worldOf } from './asked-certificate.ts';

describe('hostile chains', () => {
  test('policies that multiply at each step are followed in a moment', async () => {
    const policies = Array.from({ length: 40 }, (_, index) => `1.3.6.1.4.1.99999.${index}`);
    const pairs = policies.flatMap((from) => policies.map((to) => [from, to] as const));
    const more = [certificatePolicies(policies), policyMappings(pairs), policyConstraints(0)];
    const links = [
      ...Array.from({ length: 6 }, () => authority({ more })),
      end({ more: [certificatePolicies(policies)] }),
    ];
    const { reasons } = await judgeEnd(build(valid('policies', links)));
    expect(reasons).toEqual([]);
  }, 5000);

  test('long answers in the responder’s name are passed over for each of many signatures', async () => {
    const responder = { name: issuer.name, key: keyOf('stranger') };
    const singles = Array.from({ length: 900 }, () => ({ status: 'good' }) as const);
    const forged = answer(singles, { responder });
    expect(forged.length).toBeLessThan(100_000);
    const answers = [...Array.from({ length: 100 }, () => Buffer.from(forged)), answer([{ status: 'good' }])];
    for (let signatures = 0; signatures < 5; signatures++) expect(await status({ answers })).toBe('good');
  }, 10_000);

  test('a long list in the issuer’s name is passed over for each of many signatures', async () => {
    const name = authorityName(1);
    const entries = Array.from({ length: 20_000 }, (_, index) => ({
      serial: (0x10000 + index).toString(16).padStart(6, '0'),
      issuer: name,
    }));
    const delta = { number: 9, deltaOf: 7, from: '2026-10-20T00:00:00', scope: { indirect: true } };
    const { lists } = worldOf({ lists: [0, 1, { by: 1, key: 'stranger', entries, ...delta }] });
    // One verification has one measure of effort for all of its signatures.
    const effort = new Effort();
    for (let signatures = 0; signatures < 30; signatures++) {
      const { revocation } = await judgeEnd({ ...world, lists }, {}, { effort });
      expect(revocation).toBe('good');
    }
  }, 10_000);

  test('a bag of authorities that all certify each other ends', async () => {
    const names = Array.from({ length: 12 }, (_, index) => ({
      name: named(`Ring ${index}`),
      key: keyOf(`ring ${index}`),
    }));
    const links = names.flatMap((subject) =>
      names.map((by) =>
        authority({
          ...subject,
          key: subject.name[2]?.[1].toLowerCase() ?? '',
          issuerName: by.name,
          issuerKey: by.name[2]?.[1].toLowerCase() ?? '',
          aside: true,
        }),
      ),
    );
    const judged = end({ issuerName: named('Ring 0'), issuerKey: 'ring 0' });
    const { reasons } = await judgeEnd(build(valid('ring', [...links, judged], { lists: [] })));
    expect(reasons).toContain('chain-untrusted');
  }, 10_000);
});
