import type { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { assertInDate } from '../../../native/core/key-use.ts';
import { Connection } from '../../../native/sync/connection.ts';

const certificate = {
  validFromDate: new Date('2026-01-01T00:00:00Z'),
  validToDate: new Date('2027-01-01T00:00:00Z'),
} as X509Certificate;

/** What a certificate of that year comes to by this computer's clock and a server's; null: there was no answer yet. */
function verdict(own: string, server: string | null): string {
  const line = new Connection(() => new Date(own), { onBack: () => undefined, onChange: () => undefined });
  if (server !== null) line.answered(new Date(server));
  try {
    assertInDate(certificate, line);
    return 'in date';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('a certificate’s dates by two clocks', () => {
  test.each([
    ['both are within', '2026-06-01T00:00:00Z', '2026-06-01T00:00:30Z', 'in date'],
    ['no server has answered', '2026-06-01T00:00:00Z', null, 'in date'],
    ['the clocks differ within the year', '2026-06-01T00:00:00Z', '2026-09-01T00:00:00Z', 'in date'],
    ['it has expired by both', '2027-06-01T00:00:00Z', '2027-06-01T00:00:30Z', 'certificate-expired'],
    ['it has expired and no server has answered', '2027-06-01T00:00:00Z', null, 'certificate-expired'],
    [
      'it isn’t valid yet by both',
      '2025-06-01T00:00:00Z',
      '2025-06-01T00:00:30Z',
      'certificate-not-yet-valid',
    ],
    [
      'a server says a time at which an expired one was good',
      '2027-06-01T00:00:00Z',
      '2026-06-01T00:00:00Z',
      'clock-differs',
    ],
    ['the person has put the clock back', '2026-06-01T00:00:00Z', '2027-06-01T00:00:00Z', 'clock-differs'],
    ['the battery is empty', '2015-01-01T00:00:00Z', '2026-06-01T00:00:00Z', 'clock-differs'],
    ['a server says that it has expired', '2026-06-01T00:00:00Z', '2031-01-01T00:00:00Z', 'clock-differs'],
    [
      'both are wrong in different ways',
      '2015-01-01T00:00:00Z',
      '2031-01-01T00:00:00Z',
      'certificate-not-yet-valid',
    ],
  ])('%s', (_, own, server, expected) => {
    expect(verdict(own, server)).toBe(expected);
  });
});
