import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VerificationReport } from '../../../contract/verdict.ts';
import { HttpFetcher, verifyPdf } from '../../../native/verification/index.ts';
import { dataPrefix } from '../../../native/verification/integrity/misplaced.ts';
import { handSign, opensslCms } from './hand-signer.ts';
import { appendUpdate, samplePdf } from './sample-pdf.ts';
import { openWorkbench, type SoftSigner, type Workbench } from './workbench.ts';

/** Remembers the responder's answer, so that three hundred verifications ask once. */
const fetcher = new HttpFetcher({ allowPrivate: true });
let bench: Workbench;
let signer: SoftSigner;
let signed: Buffer;

beforeAll(async () => {
  bench = await openWorkbench();
  signer = await bench.signer();
  signed = handSign(samplePdf(), { cms: opensslCms(bench, signer) });
});
afterAll(() => bench.close());

async function verify(file: Uint8Array): Promise<VerificationReport> {
  const path = bench.path('case.pdf');
  writeFileSync(path, file);
  return verifyPdf(path, bench.trust());
}

/** `file` with the first `from` replaced by `to` of the same length. */
function patched(file: Buffer, from: string, to: string, last = false): Buffer {
  const copy = Buffer.from(file);
  const at = last ? copy.lastIndexOf(from) : copy.indexOf(from);
  if (at < 0 || from.length !== to.length) throw new Error(`can't patch ${from}`);
  copy.write(to, at, 'latin1');
  return copy;
}

function byteRange(file: Buffer): { text: string; values: number[] } {
  const text = /\/ByteRange (\[[\d ]+\] *)/.exec(file.toString('latin1'))?.[1] ?? '';
  return { text, values: text.replace(/[[\]]/g, '').trim().split(/\s+/).map(Number) };
}

function withRange(values: readonly number[]): Buffer {
  const { text } = byteRange(signed);
  return patched(signed, text, `[${values.join(' ')}]`.padEnd(text.length));
}

describe('an honest signature', () => {
  test('is valid and covers the file', async () => {
    const report = await verify(signed);
    expect(report.verdict).toBe('valid');
    expect(report.signatures).toMatchObject([
      {
        verdict: 'valid',
        reasons: [],
        coverage: 'file',
        changesAfter: 'none',
        level: 'b',
        revocation: 'good',
      },
    ]);
  });

  test('stays valid with white space behind it', async () => {
    const report = await verify(Buffer.concat([signed, Buffer.from('\r\n')]));
    expect(report.signatures).toMatchObject([
      { verdict: 'valid', coverage: 'revision', changesAfter: 'none' },
    ]);
  });

  test('an unsigned file is unsigned, also with an empty signature field', async () => {
    expect((await verify(samplePdf())).verdict).toBe('unsigned');
    const field = '<< /FT /Sig /T (trong) /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R >>';
    const catalog = '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R 7 0 R] >> >>';
    expect((await verify(appendUpdate(samplePdf(), { 1: catalog, 7: field }))).verdict).toBe('unsigned');
  });
});

describe('bytes that were touched', () => {
  test('every part of the file is covered: one bit anywhere outside of /Contents shows', async () => {
    const { values } = byteRange(signed);
    const [, gapStart = 0, gapEnd = 0] = values;
    const pdf = signed.indexOf('Chi tra 100');
    for (const at of [12, pdf + 8, gapStart - 30, gapEnd + 3, signed.length - 9]) {
      const flipped = Buffer.from(signed);
      flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);
      expect((await verify(flipped)).verdict, `byte ${at}`).not.toMatch(/^(valid|unsigned|indeterminate)$/);
    }
  });

  test('any cut, insertion or change, wherever it is: an answer, and never "valid"', async () => {
    const [, gapStart = 0, gapEnd = 0] = byteRange(signed).values;
    const outside = fc.nat(signed.length - 1).filter((at) => at < gapStart || at >= gapEnd);
    const mutation = fc.record({ at: outside, cut: fc.nat(40), bytes: fc.uint8Array({ maxLength: 40 }) });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ at, cut, bytes }) => {
        const mutated = Buffer.concat([signed.subarray(0, at), bytes, signed.subarray(at + cut)]);
        if (mutated.equals(signed)) return;
        writeFileSync(bench.path('mutated.pdf'), mutated);
        const report = await verifyPdf(bench.path('mutated.pdf'), bench.trust({ fetcher }));
        expect(report.verdict).not.toMatch(/^(valid|indeterminate)$/);
        if (mutated.includes('/ByteRange [')) expect(report.verdict).not.toBe('unsigned');
      }),
      { numRuns: 300 },
    );
  });

  test('the signature value', async () => {
    const { values } = byteRange(signed);
    const cms = Buffer.from(signed);
    // Somewhere in the last hundred bytes of the message: the value itself.
    const end = /(?:00)+>/.exec(cms.toString('latin1').slice(values[1]))?.index ?? 0;
    const at = (values[1] ?? 0) + end - 40;
    cms.write(cms.toString('latin1', at, at + 1) === '0' ? '1' : '0', at, 'latin1');
    expect((await verify(cms)).signatures[0]?.reasons).toContain('signature-mismatch');
  });

  test('a truncated file', async () => {
    for (const length of [signed.length - 7, signed.length - 200, 3000, 700]) {
      expect((await verify(signed.subarray(0, length))).verdict, `${length} bytes`).not.toBe('valid');
    }
    expect((await verify(signed.subarray(0, signed.length - 200))).verdict).not.toBe('unsigned');
  });
});

describe('what happened to a file whose signature doesn’t stand where it says', () => {
  /** The same file, written anew by another program. */
  function rewritten(program: string, args: (from: string, to: string) => readonly string[]): Buffer {
    const [from, to] = [bench.path('before.pdf'), bench.path('after.pdf')];
    writeFileSync(
      from,
      appendUpdate(signed, { 30: '<< /Producer (PDF Printer 1.0) >>' }, { extra: '/Info 30 0 R' }),
    );
    const { status, stderr } = spawnSync(program, args(from, to), { encoding: 'utf8' });
    // qpdf ends with 3 where it has something to warn of.
    if (status !== 0 && status !== 3) throw new Error(`${program}: ${stderr}`);
    return readFileSync(to);
  }

  test.each([
    ['qpdf', (from: string, to: string) => [from, to]],
    ['qpdf', (from: string, to: string) => ['--object-streams=generate', '--linearize', from, to]],
    ['mutool', (from: string, to: string) => ['clean', '-gggg', '-z', from, to]],
  ])('written anew by %s', async (program, args) => {
    const report = await verify(rewritten(program, args));
    expect(report.verdict).toBe('invalid');
    expect(report.signatures[0]?.reasons).toEqual(['file-rewritten']);
    expect(report.signatures[0]?.rewrittenBy).toBe('PDF Printer 1.0');
  });

  test('an extract, or the beginning, of a larger file', async () => {
    const [, gapStart = 0, gapEnd = 0, rest = 0] = byteRange(signed).values;
    const extract = withRange([0, gapStart, gapEnd, rest + 5_000_000]);
    expect((await verify(extract)).signatures[0]?.reasons).toEqual(['signed-larger-file']);
    const elsewhere = withRange([0, gapStart + 900_000, gapEnd + 900_000, rest]);
    expect((await verify(elsewhere)).signatures[0]?.reasons).toEqual(['signed-larger-file']);
  });

  test('a decoded data: address before it; with other bytes there, or the file changed, it isn’t that', async () => {
    const behind = (head: Uint8Array, file = signed) => Buffer.concat([head, file]);
    const prefixed = await verify(behind(dataPrefix));
    expect(prefixed).toMatchObject({ verdict: 'invalid', signatures: [{ reasons: ['data-prefix'] }] });
    expect(dataPrefix.toString('hex')).toMatch(/^75ab5a01aa69/);
    expect(dataPrefix).toHaveLength(21);
    const other = await verify(behind(Buffer.alloc(dataPrefix.length, 0x20)));
    expect(other.verdict).not.toBe('valid');
    expect(other.signatures.flatMap(({ reasons }) => reasons)).not.toContain('data-prefix');
    const [, gapStart = 0, gapEnd = 0, rest = 0] = byteRange(signed).values;
    const wider = await verify(behind(dataPrefix, withRange([0, gapStart - 30, gapEnd, rest])));
    expect(wider.signatures[0]?.reasons).toEqual(['byte-range-malformed']);
  });
});

describe('/ByteRange and /Contents', () => {
  const reasonsOf = async (file: Uint8Array) => (await verify(file)).signatures[0]?.reasons;

  test('covering little of the file', async () => {
    const [, gapStart = 0, gapEnd = 0] = byteRange(signed).values;
    expect(await reasonsOf(withRange([0, gapStart, gapEnd, 4]))).toContain('not-whole-revision');
    expect(await reasonsOf(withRange([0, 10, gapEnd, signed.length - gapEnd]))).toContain(
      'byte-range-malformed',
    );
  });

  test('shifted, swapped, negative, reaching beyond the file, or overlapping', async () => {
    const [, gapStart = 0, gapEnd = 0, rest = 0] = byteRange(signed).values;
    expect(await reasonsOf(withRange([1, gapStart, gapEnd, rest]))).toContain('byte-range-malformed');
    expect(await reasonsOf(withRange([gapEnd, rest, 0, gapStart]))).toContain('byte-range-malformed');
    expect(await reasonsOf(withRange([0, gapStart, gapEnd, rest + 1]))).toContain('byte-range-malformed');
    expect(await reasonsOf(withRange([0, gapEnd + 5, gapEnd, rest]))).toContain('byte-range-overlap');
    expect(await reasonsOf(withRange([0, gapStart + 1, gapEnd - 1, rest]))).toContain('byte-range-malformed');
    expect(await reasonsOf(withRange([0, gapStart, gapEnd]))).toContain('byte-range-malformed');
  });

  test('missing, null, or not an array', async () => {
    const { text } = byteRange(signed);
    const gone = patched(signed, '/ByteRange', '/ByteRangE');
    expect(await reasonsOf(gone)).toContain('byte-range-malformed');
    expect(await reasonsOf(patched(signed, text, 'null'.padEnd(text.length)))).toContain(
      'byte-range-malformed',
    );
    expect(await reasonsOf(patched(signed, text, '(0 0)'.padEnd(text.length)))).toContain(
      'byte-range-malformed',
    );
  });

  test('/Contents missing, empty, zero, or garbage', async () => {
    const [, gapStart = 0, gapEnd = 0] = byteRange(signed).values;
    const hex = signed.toString('latin1', gapStart, gapEnd);
    const cases = [
      patched(signed, '/Contents', '/Contempt'),
      patched(signed, hex, `<>${' '.repeat(hex.length - 2)}`),
      patched(signed, hex, `<${'0'.repeat(hex.length - 2)}>`),
      patched(signed, hex, `<${'ab'.repeat((hex.length - 2) / 2)}>`),
      patched(signed, hex, 'null'.padEnd(hex.length)),
    ];
    for (const file of cases) expect((await verify(file)).verdict).toBe('invalid');
  });

  test('bytes other than zeros behind the message', async () => {
    const padded = handSign(samplePdf(), { cms: opensslCms(bench, signer), padding: 0x20 });
    expect(await reasonsOf(padded)).toContain('cms-malformed');
  });

  test('a dictionary that gives /Contents twice', async () => {
    const doubled = handSign(samplePdf(), {
      cms: opensslCms(bench, signer),
      dictEntries: '/Contents <00>',
    });
    expect((await verify(doubled)).verdict).toBe('invalid');
  });
});

describe('claims that the structure hides', () => {
  test('a damaged file with a signature is unreadable', async () => {
    const broken = patched(signed, 'startxref', 'startxxxx', true).subarray(0, signed.length - 30);
    const first = patched(Buffer.from(broken), 'startxref', 'startxxxx');
    expect((await verify(first)).verdict).toBe('unreadable');
  });

  test('a field taken out of the form is still a signature, and its removal a change', async () => {
    const catalog = '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>';
    const report = await verify(appendUpdate(signed, { 1: catalog }));
    expect(report.verdict).toBe('invalid');
    expect(report.signatures[0]?.reasons).toContain('changed-after-signing');
  });

  test('a signature dictionary that nothing refers to', async () => {
    const orphan = '<< /Type /Sig /SubFilter /adbe.pkcs7.detached /ByteRange [0 1 2 3] /Contents <00> >>';
    expect((await verify(appendUpdate(samplePdf(), { 30: orphan }))).verdict).toBe('unreadable');
  });

  test('text about /ByteRange in a page is no claim', async () => {
    const page = '<< /Length 40 >>\nstream\nBT (/Type /Sig /ByteRange [0 1 2 3]) Tj ET\nendstream';
    expect((await verify(appendUpdate(samplePdf(), { 4: page }))).verdict).toBe('unsigned');
  });
});
