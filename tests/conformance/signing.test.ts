import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PdfDocument } from '../../native/pdf/document.ts';
import { formFields } from '../../native/pdf/form.ts';
import { PdfRef } from '../../native/pdf/object.ts';
import { pages } from '../../native/pdf/page.ts';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { Signer } from '../../native/signing/signer.ts';
import type { Stamp } from '../../native/signing/stamp.ts';
import { officialDocument } from '../unit/pdf/official-document.ts';
import { asHybrid, withXrefStream } from '../unit/pdf/restructure.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority, type TestAuthority } from '../unit/signing/software-key.ts';
import { withEmptyField } from '../unit/signing/template.ts';
import {
  mutool,
  objectsBehind,
  opensslVerifies,
  pdfsig,
  qpdfComplaints,
  signedRanges,
  trustDatabase,
} from './signing-judges.ts';

/**
 * Every stamp in every structure: what we sign must convince every judge, keep the original bytes as its prefix, and touch no
 * object but those that signing has to touch. Kinds of key and levels are the battery's (`battery/`).
 */

const structures = {
  classic: (file: string) => readFileSync(file),
  'cross-reference stream': (file: string) => withXrefStream(readFileSync(file)),
  'object streams': (file: string) => rewritten(file, '--object-streams=generate'),
  linearized: (file: string) => rewritten(file, '--linearize', '--object-streams=disable'),
  'linearized, object streams': (file: string) => rewritten(file, '--linearize', '--object-streams=generate'),
  hybrid: (file: string) => asHybrid(readFileSync(file)),
};

const date = '2026-11-22';

/** What each way of signing appends, one stamp a revision. */
const ways: Record<string, { stamps: Stamp[]; template?: boolean }> = {
  'plain, invisible': { stamps: [{ kind: 'plain' }] },
  'plain, visible': {
    stamps: [{ kind: 'plain', page: 2, box: { x: 20, y: 200, width: 60, height: 12 } }],
  },
  approval: { stamps: [{ kind: 'approval' }] },
  'approval, then seal': {
    stamps: [{ kind: 'approval' }, { kind: 'seal', number: '05/QĐ-SKHCN', date }],
  },
  'existing empty field': { stamps: [{ kind: 'plain', field: 'cho-ky' }], template: true },
  'initial, then appendix': {
    stamps: [
      { kind: 'initial', answersFor: 'content' },
      { kind: 'appendix', referenceCode: '05/QĐ-SKHCN' },
    ],
  },
  'directive, then incoming': {
    stamps: [
      { kind: 'directive', text: 'Giao Phòng Tổng hợp xử lý.' },
      { kind: 'incoming', arrivalNumber: '12', date },
    ],
  },
  copy: { stamps: [{ kind: 'copy', form: 'sao-y' }] },
};

const folder = scratchFolder();
let authority: TestAuthority;
let trust: string;
/** The leader's key and the agency's: pdfsig trips over one certificate that signs twice in a file. */
let signers: Signer[] = [];
const holders = ['Nguyễn Văn Ký', 'Sở Khoa học và Công nghệ'];

function rewritten(file: string, ...options: string[]): Buffer {
  const out = `${file}.rewritten`;
  execFileSync('qpdf', [...options, file, out]);
  return readFileSync(out);
}

beforeAll(() => {
  authority = createAuthority(path.join(folder, 'pki'));
  signers = holders.map((name) => authority.signer('P-256', name).signer);
  trust = trustDatabase(folder, authority.caFile);
  const typeset = writeFile(folder, 'typeset.pdf', officialDocument(2));
  execFileSync('qpdf', ['--object-streams=disable', typeset, path.join(folder, 'plain.pdf')]);
  writeFile(folder, 'template.pdf', withEmptyField(readFileSync(path.join(folder, 'plain.pdf')), 'cho-ky'));
  execFileSync('qpdf', [
    '--object-streams=disable',
    path.join(folder, 'template.pdf'),
    path.join(folder, 'form.pdf'),
  ]);
});

function signerOf(index: number): Signer {
  const signer = signers[index];
  if (!signer) throw new Error('no key');
  return signer;
}

/** Objects that signing has to change: the catalog, the form, its list, and of the signed pages page, widgets and lists. */
function changeable(file: string): Set<number> {
  const document = PdfDocument.open(file);
  try {
    const { catalog, catalogRef } = document;
    const form = document.dict(catalog.get('AcroForm'));
    const refs = [catalogRef, catalog.get('AcroForm'), form?.get('Fields')];
    for (const page of pages(document)) refs.push(page.ref, page.dict.get('Annots'));
    for (const field of formFields(document)) refs.push(field.ref);
    return new Set(refs.flatMap((ref) => (ref instanceof PdfRef ? [ref.number] : [])));
  } finally {
    document.close();
  }
}

function numbersIn(file: string): Set<number> {
  const document = PdfDocument.open(file);
  try {
    return new Set(document.revisions.flatMap(({ numbers }) => [...numbers()]));
  } finally {
    document.close();
  }
}

describe.each(Object.keys(structures) as (keyof typeof structures)[])('%s', (structure) => {
  it.each(Object.keys(ways))('%s', async (way) => {
    const { stamps, template } = ways[way] ?? { stamps: [] };
    const signed: string[] = [];
    const name = `${structure}-${way}`.replaceAll(/\W+/g, '-');
    const bytes = structures[structure](path.join(folder, template ? 'form.pdf' : 'plain.pdf'));
    let source = writeFile(folder, `${name}-0.pdf`, bytes);
    for (const [index, stamp] of stamps.entries()) {
      const signer = signerOf(index);
      const target = path.join(folder, `${name}-${index + 1}.pdf`);
      const before = readFileSync(source);
      signed.push((await signPdf({ source, target, signer, stamp })).field);

      expect(readFileSync(target).subarray(0, before.length).equals(before)).toBe(true);
      const known = numbersIn(source);
      const touched = objectsBehind(target, before.length).filter((number) => known.has(number));
      const allowed = changeable(source);
      expect(touched.filter((number) => !allowed.has(number))).toEqual([]);
      source = target;
    }

    expect(pdfsig(source, trust)).toEqual(
      signed.map((field, index) => ({
        field,
        signer: holders[index],
        valid: true,
        trusted: true,
        whole: index === signed.length - 1,
        type: 'ETSI.CAdES.detached',
      })),
    );
    expect(mutool(source)).toEqual(
      signed.map((_, index) => (index === signed.length - 1 ? 'unchanged' : 'edited')),
    );
    expect(qpdfComplaints(source)).toEqual([]);
    const ranges = signedRanges(readFileSync(source));
    expect(ranges).toHaveLength(signed.length);
    for (const range of ranges) opensslVerifies(folder, range, authority.caFile);
  });
});

it('a judge can tell: a changed byte makes every one of them object', async () => {
  const source = path.join(folder, 'plain.pdf');
  const target = path.join(folder, 'to-break.pdf');
  const signer = signerOf(0);
  await signPdf({ source, target, signer, stamp: { kind: 'plain' } });
  copyFileSync(target, path.join(folder, 'sound.pdf'));
  const bytes = readFileSync(target);
  bytes[200] = (bytes[200] ?? 0) ^ 1;
  const broken = writeFile(folder, 'broken.pdf', bytes);
  expect(pdfsig(broken, trust)[0]?.valid).toBe(false);
  expect(mutool(broken)).toEqual(['broken']);
  const [range] = signedRanges(bytes);
  expect(() => range && opensslVerifies(folder, range, authority.caFile)).toThrow('openssl');
});
