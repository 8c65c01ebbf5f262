import { expect, test } from 'vitest';
import { readCertificate, readCertificates } from '../../../native/verification/certificate/certificate.ts';
import { judgeCertificate } from '../../../native/verification/certificate/trust.ts';
import { Effort } from '../../../native/verification/effort.ts';
import {
  basicConstraints,
  keyOf,
  keyUsage,
  mintCertificate,
  mintList,
  type Party,
  timeDer,
} from '../../conformance/pkits/minter.ts';
import { at, build, end, named, root, valid } from '../../conformance/pkits/world.ts';

const validity = { notBefore: timeDer('2020-01-01T00:00:00'), notAfter: timeDer('2040-01-01T00:00:00') };
const party = (name: string): Party => ({ name: named(name), key: keyOf(name) });
const certify = (subject: Party, issuer: Party, serial: number) =>
  mintCertificate({
    ...{ subject, issuer, serial: serial.toString(16), ...validity },
    extensions: [basicConstraints(true), keyUsage([5, 6])],
  });
const list = (issuer: Party) =>
  mintList({
    ...{ issuer, number: 1, entries: [] },
    thisUpdate: timeDer('2026-10-01T00:00:00'),
    nextUpdate: timeDer('2027-10-01T00:00:00'),
  });

const [first, second] = [party('Above'), party('Issuing')];
const judged = mintCertificate({
  ...{ subject: party('EE'), issuer: second, serial: '77', ...validity },
  extensions: [keyUsage([0, 1])],
});

async function judge(certificates: readonly Uint8Array[]) {
  return await judgeCertificate(
    {
      certificate: readCertificate(judged),
      ...{ purpose: 'signing', at, proven: false },
      certificates: readCertificates(certificates),
      revocation: { crls: [root, first, second].map(list), ocsps: [] },
    },
    {
      anchors: readCertificates([build(valid('crowded', [end()])).root]),
      ...{ intermediates: [], time: at, now: at, fetcher: null, policies: {}, effort: new Effort() },
    },
  );
}

test('hundreds of authorities that certify each other and the true ones’ keys don’t hide the way to the anchor', async () => {
  const names = [second, first, ...Array.from({ length: 14 }, (_, index) => party(`Crowd ${index}`))];
  const crowd = names.slice(2);
  const pairs = names.flatMap((subject) => crowd.map((issuer) => [subject, issuer] as const));
  const mesh = pairs.map(([subject, issuer], index) => certify(subject, issuer, 0x1000 + index));
  const way = [certify(second, first, 0x31), certify(first, root, 0x32)];
  expect(mesh).toHaveLength(224);
  expect(await judge([...mesh, ...way])).toMatchObject({ trusted: true, revocation: 'good', reasons: [] });
  expect(await judge(mesh)).toMatchObject({ trusted: false });
});

test('authorities that certify each other are no way to an anchor, and don’t keep one from being found', async () => {
  const loop = [certify(second, first, 0x41), certify(first, second, 0x42)];
  expect((await judge(loop)).reasons).toContain('chain-untrusted');
  expect(await judge([...loop, certify(first, root, 0x43)])).toMatchObject({ trusted: true, reasons: [] });
});
