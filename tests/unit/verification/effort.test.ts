import { afterEach, expect, test, vi } from 'vitest';
import { readCertificate, readCertificates } from '../../../native/verification/certificate/certificate.ts';
import { judgeCertificate } from '../../../native/verification/certificate/trust.ts';
import { Effort } from '../../../native/verification/effort.ts';
import { keyOf, mintCertificate, mintList, timeDer } from '../../conformance/pkits/minter.ts';
import { at, authority, authorityName, build, end, valid } from '../../conformance/pkits/world.ts';

afterEach(() => void vi.useRealTimers());

test('authorities and lists of a right name and wrong keys don’t hold up the many signatures of a file', async () => {
  const { root, end: judged, others } = build(valid('effort', [authority(), end()], { lists: [] }));
  const impostors = Array.from({ length: 40 }, (_, index) => ({
    name: authorityName(1),
    key: keyOf(`impostor ${index % 4}`),
  }));
  const times = { notBefore: timeDer('2020-01-01T00:00:00'), notAfter: timeDer('2040-01-01T00:00:00') };
  const fakes = impostors.map((subject, index) =>
    mintCertificate({ subject, issuer: subject, serial: `7${index + 10}0`, ...times, extensions: [] }),
  );
  const lists = impostors.map((issuer, number) =>
    mintList({
      ...{ issuer, number, entries: [] },
      thisUpdate: timeDer('2026-10-01T00:00:00'),
      nextUpdate: timeDer('2027-10-01T00:00:00'),
    }),
  );
  const effort = new Effort();
  for (let signature = 0; signature < 20; signature++) {
    const judgement = await judgeCertificate(
      {
        certificate: readCertificate(judged),
        ...{ purpose: 'signing', at, proven: true },
        certificates: readCertificates([...others, ...fakes]),
        revocation: { crls: lists, ocsps: [] },
      },
      {
        anchors: readCertificates([root]),
        ...{ intermediates: [], time: at, now: at, fetcher: null, policies: {}, effort },
      },
    );
    expect(judgement.revocation).toBe('notChecked');
  }
}, 10_000);

test('addresses that only a file vouches for are waited for so long and no longer, however many they are', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const effort = new Effort();
  let asked = 0;
  const slow = async () => {
    asked += 1;
    vi.advanceTimersByTime(9000);
    return asked;
  };
  for (let address = 0; address < 30; address++) await effort.wait(slow);
  expect(asked).toBe(3);
  expect(await effort.wait(slow)).toBeNull();
});
