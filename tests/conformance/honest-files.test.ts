import { sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VerificationReport } from '../../contract/verdict.ts';
import { extendPdf } from '../../native/signing/long-term/extend-pdf.ts';
import { type SignRequest, signPdf } from '../../native/signing/sign-pdf.ts';
import { TimeStampAuthority } from '../../native/signing/time-stamp/authority.ts';
import { HttpFetcher, verifyPdf } from '../../native/verification/index.ts';
import { honestHabits } from '../attacks/honest-habit.ts';
import { readerHabits } from '../attacks/reader-habit.ts';
import { unprovenHabits } from '../attacks/unproven-habit.ts';
import { makeVictim, type Victim } from '../attacks/victim.ts';
import { makePapers, type Papers } from '../lab/papers.ts';
import { runProgram } from '../lab/program.ts';
import { handSign, opensslCms } from '../unit/verification/hand-signer.ts';
import { samplePdf } from '../unit/verification/sample-pdf.ts';
import { openWorkbench, type SoftSigner, type Workbench } from '../unit/verification/workbench.ts';

/** No honest file is refused: what other programs do to a signed file, and what our own offices do with theirs. */
let bench: Workbench;
let victim: Victim;
let leader: SoftSigner;
let agency: SoftSigner;
let papers: Papers;
const fetcher = new HttpFetcher({ allowPrivate: true });

beforeAll(async () => {
  bench = await openWorkbench();
  leader = await bench.signer({ commonName: 'Nguyễn Văn Thử' });
  agency = await bench.signer({ kind: 'agency', commonName: 'Sở Thử Nghiệm' });
  const cms = opensslCms(bench, leader);
  victim = makeVictim(cms, opensslCms(bench, agency), cms);
  papers = await makePapers(bench.path('papers'));
});
afterAll(() => bench.close());

function verify(name: string, extra: Parameters<Workbench['trust']>[0] = {}): Promise<VerificationReport> {
  return verifyPdf(bench.path(name), bench.trust({ fetcher, ...extra }));
}

/** Every signature without any reason against it, so that a failure names what was held against which. */
function faultsOf({ signatures }: VerificationReport): string[] {
  return signatures.flatMap(({ field, reasons, changes }) =>
    reasons.length === 0 ? [] : [`${field}: ${reasons.join(', ')}; ${changes.join(' ')}`],
  );
}

describe('what other programs do to a signed file', () => {
  test.each(Object.entries({ ...honestHabits, ...readerHabits }))('%s', async (_, { level, make }) => {
    writeFileSync(bench.path('habit.pdf'), make(victim));
    const report = await verify('habit.pdf');
    expect(faultsOf(report)).toEqual([]);
    expect([report.verdict, report.signatures[0]?.changesAfter]).toEqual(['valid', level]);
  });
});

describe('what other programs show so that nobody can tell what it says', () => {
  test.each(Object.entries(unprovenHabits))('%s', async (_, make) => {
    writeFileSync(bench.path('unproven.pdf'), make(victim));
    const report = await verify('unproven.pdf');
    const [{ reasons = [], changes = [], changesAfter = '' } = {}] = report.signatures;
    expect([report.verdict, changesAfter, ...reasons]).toEqual([
      'indeterminate',
      'formFilling',
      'appearance-unproven',
    ]);
    expect(changes.join(' ')).toContain('“so”; chưa xác định được');
  });
});

describe('mupdf at work on a signed file', () => {
  /** Runs a script on `file`, which names the document `pdf`; saved as an incremental update. */
  async function mutool(script: string): Promise<VerificationReport> {
    writeFileSync(bench.path('mu.pdf'), victim.signed);
    const lines = [
      `var pdf = new PDFDocument(${JSON.stringify(bench.path('mu.pdf'))});`,
      'var widgets = pdf.loadPage(0).getWidgets();',
      script,
      `pdf.save(${JSON.stringify(bench.path('mu.pdf'))}, "incremental");`,
    ];
    writeFileSync(bench.path('mu.js'), lines.join('\n'));
    await runProgram('mutool', ['run', bench.path('mu.js')]);
    expect(readFileSync(bench.path('mu.pdf')).subarray(0, victim.signed.length).equals(victim.signed)).toBe(
      true,
    );
    expect(readFileSync(bench.path('mu.pdf')).length).toBeGreaterThan(victim.signed.length);
    return verify('mu.pdf');
  }

  test.each([
    ['a text filled in', 'widgets[0].setTextValue("05/QD");'],
    ['a choice made', 'widgets[2].setChoiceValue("Huyen");'],
  ])('%s', async (_, script) => {
    const report = await mutool(`${script} widgets.forEach(function (one) { one.update(); });`);
    expect(faultsOf(report)).toEqual([]);
    expect(report).toMatchObject({ verdict: 'valid', signatures: [{ changesAfter: 'formFilling' }] });
  });
});

describe('our own offices', () => {
  async function signed(
    target: string,
    request: Omit<SignRequest, 'target' | 'signer'> & Partial<SignRequest>,
  ) {
    await signPdf({ signer: leader, ...request, target: bench.path(target) });
  }

  async function archive(source: string, target: string): Promise<void> {
    const trust = bench.trust({ fetcher });
    const authority = new TimeStampAuthority({ url: `${bench.pki.responders.url}/tsa`, trust });
    await extendPdf({
      source: bench.path(source),
      target: bench.path(target),
      level: 'lta',
      authority,
      trust,
    });
  }

  test('approve, number and seal, archive, archive again, and a copy’s stamp on top', async () => {
    const image = readFileSync(papers.approvalImage);
    await signed('1.pdf', { source: papers.documents.decision, stamp: { kind: 'approval', image } });
    const seal = {
      kind: 'seal',
      image: readFileSync(papers.sealImage),
      number: '05',
      date: '2026-11-22',
    } as const;
    await signed('2.pdf', { source: bench.path('1.pdf'), signer: agency, stamp: seal });
    await archive('2.pdf', '3.pdf');
    await archive('3.pdf', '4.pdf');
    await signed('5.pdf', {
      source: bench.path('4.pdf'),
      signer: agency,
      stamp: { kind: 'incoming', arrivalNumber: '7', date: '2026-11-23' },
    });
    for (const name of ['1.pdf', '2.pdf', '3.pdf', '4.pdf', '5.pdf']) {
      const report = await verify(name);
      expect(faultsOf(report), name).toEqual([]);
      expect(report.verdict).toBe('valid');
    }
  });

  test('certified with P=1 and archived', async () => {
    const request = {
      source: papers.documents.proposal,
      stamp: { kind: 'plain' },
      certification: 1,
    } as const;
    await signed('p1.pdf', request);
    await archive('p1.pdf', 'p1-lta.pdf');
    expect(await verify('p1-lta.pdf')).toMatchObject({
      verdict: 'valid',
      signatures: [{ changesAfter: 'validationData' }, {}],
    });
  });
});

describe('messages as others write them', () => {
  const signed = (name: string, file: Uint8Array) => {
    writeFileSync(bench.path(name), file);
    return verify(name);
  };

  test('the signer’s certificate alone, as VGCA’s tools embed it', async () => {
    const leafOnly = opensslCms(bench, leader, ['-cades', '-md', 'sha256'], false);
    const report = await signed('leaf.pdf', handSign(samplePdf(), { cms: leafOnly }));
    expect(faultsOf(report)).toEqual([]);
    expect(report.verdict).toBe('valid');
  });

  test('a local time that is marked as UTC, in the message and beside it', async () => {
    const inViet = new Date(Date.now() + 7 * 3_600_000);
    const written = inViet.toISOString().replace(/[-:T]|\.\d+Z/g, '');
    const made = opensslCms(bench, leader, ['-md', 'sha256']);
    const cms = (bytes: Uint8Array) => atTime(made(bytes), inViet, leader);
    const file = handSign(samplePdf(), {
      cms,
      subFilter: 'adbe.pkcs7.detached',
      dictEntries: `/M (D:${written}Z)`,
    });
    const report = await signed('local.pdf', file);
    expect(faultsOf(report)).toEqual([]);
    expect(report).toMatchObject({
      verdict: 'valid',
      signatures: [{ signedAt: `${inViet.toISOString().slice(0, 19)}.000Z` }],
    });
  });

  test('adbe.pkcs7.detached without the signing-certificate attribute, its room filled up with zeros', async () => {
    const cms = opensslCms(bench, leader, ['-md', 'sha256']);
    const report = await signed(
      'old.pdf',
      handSign(samplePdf(), { cms, subFilter: 'adbe.pkcs7.detached', room: 32_768 }),
    );
    expect(report).toMatchObject({ verdict: 'valid', signatures: [{ level: 'none' }] });
  });
});

/** openssl's message with another signing time in it, signed anew (RFC 5652, 5.4: over the attributes as a SET). */
function atTime(message: Buffer, signingTime: Date, signer: SoftSigner): Buffer {
  const changed = Buffer.from(message);
  const attribute = Buffer.from('06092a864886f70d010905310f170d', 'hex');
  const written = signingTime.toISOString().replace(/^..|[-:T]|\.\d+/g, '');
  changed.write(written, changed.indexOf(attribute) + attribute.length, 'latin1');
  const firstAttribute = changed.indexOf('301806092a864886f70d010903', 0, 'hex');
  const header = changed.lastIndexOf(0xa0, firstAttribute - 1);
  const length =
    changed[header + 1] === 0x82 ? changed.readUInt16BE(header + 2) : changed.readUInt8(header + 2);
  const attributes = Buffer.from(changed.subarray(header, firstAttribute + length));
  attributes[0] = 0x31;
  const value = sign('sha256', attributes, signer.key);
  value.copy(changed, changed.length - value.length);
  return changed;
}

test('the word /ByteRange, an empty field and usage rights make no signature', async () => {
  const objects = ['/ByteRange [0 1 2 3]', '/Type /Sig', '/#42yteRange [0 1]', '/DocTimeStamp'].map(
    (words) => `(${words})`,
  );
  const text = samplePdf([
    '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [3 0 R] /SigFlags 1 >> >>',
    '<< /Type /Pages /Kids [4 0 R] /Count 1 >>',
    '<< /Type /Annot /Subtype /Widget /FT /Sig /T (trong) /Rect [0 0 0 0] /P 4 0 R >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Annots [3 0 R] >>',
    ...objects,
  ]);
  writeFileSync(bench.path('words.pdf'), text);
  expect(await verify('words.pdf')).toMatchObject({ verdict: 'unsigned' });
});
