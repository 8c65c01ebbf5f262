import { describe, expect, test } from 'vitest';
import { MemorySource } from '../../../native/pdf/byte-source.ts';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { fileFindings, requireOneReading } from '../../../native/verification/findings/file-findings.ts';
import {
  ambiguousDrafts,
  type DeceptiveDraft,
  plainDrafts,
  warnedDrafts,
} from '../../attacks/deceptive-draft.ts';

function findingsOf(file: Buffer) {
  return fileFindings(PdfDocument.read(new MemorySource(file), { lenient: true }));
}

/** Null where it may be signed. */
function refusalOf(file: Buffer): unknown {
  try {
    requireOneReading(PdfDocument.read(new MemorySource(file)));
    return null;
  } catch (error) {
    return error;
  }
}

const cases = (drafts: Readonly<Record<string, DeceptiveDraft>>) => Object.entries(drafts);

describe('what programs read differently closes signing', () => {
  test.each(cases(ambiguousDrafts))('%s', (_, { bytes, finding }) => {
    expect(findingsOf(bytes)).toContainEqual(
      expect.objectContaining({ weight: 'blocks', page: null, ...finding }),
    );
    expect(refusalOf(bytes)).toMatchObject({
      code: 'document-deceptive',
      params: { finding: finding.code },
    });
  });
});

describe('what runs or is hidden is told, and closes nothing', () => {
  test.each(cases(warnedDrafts))('%s', (_, { bytes, finding }) => {
    const findings = findingsOf(bytes);
    expect(findings).toEqual([
      {
        weight: 'warns',
        page: expect.toSatisfy((page) => page === null || page > 0),
        params: expect.anything(),
        ...finding,
        ...paramsOf(finding),
      },
    ]);
    expect(refusalOf(bytes)).toBeNull();
  });
});

/** A layer's name isn't every case's to repeat. */
function paramsOf({ params }: DeceptiveDraft['finding']) {
  return params ? { params: expect.objectContaining(params) } : {};
}

describe('nothing is said of', () => {
  test.each(Object.entries(plainDrafts))('%s', (_, file) => {
    expect(findingsOf(file)).toEqual([]);
    expect(refusalOf(file)).toBeNull();
  });
});
