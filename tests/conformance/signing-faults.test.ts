import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { signPdf } from '../../native/signing/sign-pdf.ts';
import type { Signer } from '../../native/signing/signer.ts';
import { officialDocument } from '../unit/pdf/official-document.ts';
import { scratchFolder, writeFile } from '../unit/pdf/scratch.ts';
import { createAuthority, type TestAuthority } from '../unit/signing/software-key.ts';
import {
  mutool,
  opensslVerifies,
  pdfsig,
  qpdfComplaints,
  signedRanges,
  trustDatabase,
} from './signing-judges.ts';

/** Files with the faults that real writers and transports leave: signed, they convince the judges all the same. */

const folder = scratchFolder();
let authority: TestAuthority;
let signers: Signer[] = [];
let trust: string;
let sound: Buffer;

beforeAll(() => {
  authority = createAuthority(path.join(folder, 'pki'));
  signers = ['Nguyễn Văn Ký', 'Sở Thử'].map((name) => authority.signer('P-256', name).signer);
  trust = trustDatabase(folder, authority.caFile);
  const file = path.join(folder, 'sound.pdf');
  execFileSync('qpdf', [
    '--object-streams=disable',
    writeFile(folder, 'typeset.pdf', officialDocument()),
    file,
  ]);
  sound = readFileSync(file);
});

function edited(from: RegExp, to: string): Buffer {
  const text = sound.toString('latin1');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return Buffer.from(changed, 'latin1');
}

interface Fault {
  readonly make: () => Buffer;
  readonly recovered?: boolean;
  /** What a judge says even of the unsigned file. */
  readonly mutoolCannot?: boolean;
}

const faults: Record<string, Fault> = {
  'generation 65536 on object 0': { make: () => edited(/0000000000 65535 f/, '0000000000 65536 f') },
  'lines of 19 bytes': { make: () => edited(/(\d{10} \d{5} [nf]) \n/g, '$1\n') },
  'no end of line at the end': { make: () => sound.subarray(0, -1) },
  'bytes behind the end': { make: () => Buffer.concat([sound, Buffer.from('\r\nContent-Length: 0')]) },
  'bytes before the header': {
    make: () => Buffer.concat([Buffer.from('HTTP\r\n\r\n'), sound]),
    mutoolCannot: true,
  },
  'no /ID': { make: () => edited(/\/ID \[.*?\]/, '') },
  'startxref into nowhere': { make: () => edited(/startxref\n\d+/, 'startxref\n77'), recovered: true },
  'no cross-reference at all': {
    make: () => sound.subarray(0, sound.lastIndexOf('xref\n0 ')),
    recovered: true,
  },
  'objects moved by ten bytes': {
    make: () => Buffer.concat([sound.subarray(0, 9), Buffer.from('%23456789\n'), sound.subarray(9)]),
    recovered: true,
  },
};

describe.each(Object.keys(faults))('%s', (name) => {
  it('is approved and sealed', async () => {
    const { make, recovered = false, mutoolCannot = false } = faults[name] ?? { make: () => sound };
    const stem = name.replaceAll(/\W+/g, '-');
    let source = writeFile(folder, `${stem}-0.pdf`, make());
    const stamps = [{ kind: 'approval' }, { kind: 'seal', number: '5', date: '2026-11-22' }] as const;
    for (const [index, stamp] of stamps.entries()) {
      const before = readFileSync(source);
      const target = path.join(folder, `${stem}-${index + 1}.pdf`);
      const [leader, agency] = signers;
      const signer = index === 0 ? leader : agency;
      if (!signer) throw new Error('no key');
      const signed = await signPdf({ source, target, signer, stamp });
      expect(signed.recovered).toBe(recovered && index === 0);
      expect(readFileSync(target).subarray(0, before.length).equals(before)).toBe(true);
      source = target;
    }
    expect(pdfsig(source, trust).map(({ valid, trusted, whole }) => [valid, trusted, whole])).toEqual([
      [true, true, false],
      [true, true, true],
    ]);
    if (!mutoolCannot) expect(mutool(source)).toEqual(['edited', 'unchanged']);
    expect(qpdfComplaints(source)).toEqual([]);
    const ranges = signedRanges(readFileSync(source));
    expect(ranges).toHaveLength(2);
    for (const range of ranges) opensslVerifies(folder, range, authority.caFile);
  });
});
