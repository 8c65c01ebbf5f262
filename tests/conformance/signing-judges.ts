import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Programs of other hands that say what they think of a signed file. A missing one fails with its name. */

function judge(program: string, args: readonly string[]): { code: number | null; said: string } {
  const result = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  });
  if (result.error) throw new Error(`${program} can't be run`, { cause: result.error });
  return { code: result.status, said: `${result.stdout}${result.stderr}` };
}

/** An NSS database that trusts this authority alone, for pdfsig. */
export function trustDatabase(folder: string, caFile: string): string {
  execFileSync('certutil', ['-N', '-d', folder, '--empty-password'], { stdio: 'pipe' });
  execFileSync('certutil', ['-A', '-d', folder, '-n', 'test', '-t', 'CT,C,C', '-i', caFile], {
    stdio: 'pipe',
  });
  return folder;
}

export interface PdfsigFinding {
  readonly field: string;
  readonly signer: string;
  readonly valid: boolean;
  readonly trusted: boolean;
  readonly whole: boolean;
  readonly type: string;
}

/** What poppler's pdfsig finds, signature by signature; fields that are still empty are left out. */
export function pdfsig(file: string, trust: string, password = ''): PdfsigFinding[] {
  const opening = password === '' ? [] : ['-upw', password];
  return pdfsigFindings(judge('pdfsig', ['-nssdir', trust, ...opening, file]).said);
}

function pdfsigFindings(said: string): PdfsigFinding[] {
  return said
    .split(/^Signature #\d+:$/m)
    .slice(1)
    .filter((part) => !part.includes('The signature form field is not signed.'))
    .map((part) => {
      const value = (label: string) => new RegExp(`- ${label}: (.*)`).exec(part)?.[1] ?? '';
      return {
        field: value('Signature Field Name'),
        signer: value('Signer Certificate Common Name'),
        valid: value('Signature Validation') === 'Signature is Valid.',
        trusted: value('Certificate Validation') === 'Certificate is Trusted.',
        whole: part.includes('- Total document signed'),
        type: value('Signature Type'),
      };
    });
}

/** Whether poppler opens the file at all; of one that it can't read, its silence says nothing. */
export function isReadByPoppler(file: string): boolean {
  return judge('pdfinfo', [file]).code === 0;
}

type MutoolFinding = 'unchanged' | 'edited' | 'broken';

/** mutool's verdict on each signature: nothing changed since, or edits after it. */
export function mutool(file: string, password = ''): MutoolFinding[] {
  return mutoolFindings(judge('mutool', ['sign', '-p', password, '-v', file]).said);
}

function mutoolFindings(said: string): MutoolFinding[] {
  return said
    .split(/^Verifying signature \d+:$/m)
    .slice(1)
    .filter((part) => !part.includes('Signature is not signed'))
    .map((part) => {
      if (part.includes('The document is unchanged since signing.')) return 'unchanged';
      return part.includes('The signature is valid but there have been edits') ? 'edited' : 'broken';
    });
}

/** What qpdf complains of in the file's structure; nothing for a sound file. */
export function qpdfComplaints(file: string, password = ''): string[] {
  const { code, said } = judge('qpdf', ['--check', `--password=${password}`, file]);
  return qpdfFindings(code, said);
}

function qpdfFindings(code: number | null, said: string): string[] {
  const lines = said
    .split('\n')
    .filter((line) => /warning|error/i.test(line) && !line.startsWith('No syntax'));
  return code === 0 ? lines.filter((line) => !line.includes('errors that qpdf cannot detect')) : [said];
}

export interface SignedRange {
  readonly range: readonly [number, number, number, number];
  /** The CMS, without the zeros that fill its room up. */
  readonly cms: Buffer;
  readonly signed: Buffer;
}

/** The signatures as they stand in the bytes, found without our reader: /ByteRange and what lies in its gap. */
export function signedRanges(bytes: Buffer): SignedRange[] {
  return [...bytes.toString('latin1').matchAll(/\/ByteRange \[(\d+) (\d+) (\d+) (\d+) *\]/g)].map((match) => {
    const range = match.slice(1).map(Number) as [number, number, number, number];
    const [start, length, behind, rest] = range;
    const hex = bytes.toString('latin1', start + length + 1, behind - 1);
    const padded = Buffer.from(hex, 'hex');
    const octets = padded[1] === 0x82 ? 4 + padded.readUInt16BE(2) : 2 + (padded[1] ?? 0);
    return {
      range,
      cms: padded.subarray(0, octets),
      signed: Buffer.concat([bytes.subarray(start, start + length), bytes.subarray(behind, behind + rest)]),
    };
  });
}

/** openssl's word on the CMS over the bytes: chain, digest and signature. Throws with what it said. */
export function opensslVerifies(folder: string, { cms, signed }: SignedRange, caFile: string): void {
  const [signature, content] = [path.join(folder, 'cms.der'), path.join(folder, 'content.bin')];
  writeFileSync(signature, cms);
  writeFileSync(content, signed);
  const { code, said } = judge('openssl', [
    ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', signature, '-content', content],
    ...['-CAfile', caFile, '-purpose', 'any', '-out', '/dev/null'],
  ]);
  if (code !== 0) throw new Error(`openssl: ${said}`);
}

/** Numbers of the objects that stand in the bytes behind `from`. */
export function objectsBehind(file: string, from: number): number[] {
  const text = readFileSync(file).toString('latin1', from);
  return [...text.matchAll(/^(\d+) \d+ obj$/gm)].map((match) => Number(match[1]));
}
