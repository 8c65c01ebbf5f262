import { spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignedRange } from '../signing-judges.ts';
import { isTimeStampToken, signatureStamp } from './stamp-tokens.ts';

/** The judges side by side: each is a process of its own, so a cell waits for the slowest and not for all in turn. */

interface Said {
  readonly code: number | null;
  /** On standard output. */
  readonly said: string;
  /** On standard error, where some put warnings of what they don't know. */
  readonly warned: string;
}

async function ask(program: string, args: readonly string[]): Promise<Said> {
  const env = { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (part: Buffer) => out.push(part));
  child.stderr.on('data', (part: Buffer) => err.push(part));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause) => reject(new Error(`${program} can't be run`, { cause })));
    child.once('close', resolve);
  });
  return { code, said: Buffer.concat(out).toString('utf8'), warned: Buffer.concat(err).toString('utf8') };
}

/** The parts of what a judge says, one a signature, without the line that begins each. */
function parts(said: string, heading: RegExp): string[] {
  return said.split(heading).slice(1);
}

/** What pdfsig says of each signature. It doesn't ask the network: the lab's responders are asked by our verifier. */
export async function askPdfsig(file: string, database: string, password?: string): Promise<string[]> {
  const key = password === undefined ? [] : ['-upw', password];
  const { said } = await ask('pdfsig', ['-no-ocsp', '-nssdir', database, ...key, file]);
  return parts(said, /^Signature #\d+:$/m).map((part) => {
    const [field, signature, certificate] = [
      'Signature Field Name',
      'Signature Validation',
      'Certificate Validation',
    ].map((label) => new RegExp(`- ${label}: (.*)`).exec(part)?.[1]);
    const coverage = /- ((?:Not t|T)otal document signed)/.exec(part)?.[1];
    return `${field}: ${[signature, certificate].filter(Boolean).join(' ')}; ${coverage}`;
  });
}

/** mutool's last word on each signature. */
export async function askMutool(file: string, password?: string): Promise<string[]> {
  const key = password === undefined ? [] : ['-p', password];
  const { said } = await ask('mutool', ['sign', ...key, '-v', file]);
  return parts(said, /^Verifying signature \d+:$/m).map((part) => part.trim().split(/\n\s*/).at(-1) ?? '');
}

/** What qpdf complains of in the file's structure. */
export async function askQpdf(file: string, password?: string): Promise<string[]> {
  const key = password === undefined ? [] : [`--password=${password}`];
  const { code, said, warned } = await ask('qpdf', [...key, '--check', file]);
  return code === 0 && warned === '' ? [] : [said, warned];
}

/** The authorities' certificates as files, PEM. */
export interface Authorities {
  readonly root: string;
  readonly issuing: string;
}

/**
 * openssl's word on one signature: `cms -verify` for a signer's, `ts -verify` for every time stamp. What it says, one
 * line each; files in `folder` begin with `name` and are taken away.
 */
export async function askOpenssl(
  { cms, signed }: SignedRange,
  authorities: Authorities,
  folder: string,
  name: string,
): Promise<string[]> {
  const written: string[] = [];
  const file = async (ending: string, bytes: Uint8Array) => {
    const path = join(folder, `${name}.${ending}`);
    written.push(path);
    await writeFile(path, bytes);
    return path;
  };
  const stampHolds = async (token: Uint8Array, data: Uint8Array, which: string) =>
    verdict(
      await ask('openssl', [
        ...['ts', '-verify', '-token_in', '-in', await file(`${which}.token`, token)],
        ...['-data', await file(`${which}.data`, data)],
        ...['-CAfile', authorities.root, '-untrusted', authorities.issuing],
      ]),
    );
  try {
    if (isTimeStampToken(cms)) return [`document time stamp: ${await stampHolds(cms, signed, 'document')}`];
    const stamp = signatureStamp(cms);
    const signature = verdict(
      await ask('openssl', [
        ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', await file('cms', cms)],
        ...['-content', await file('content', signed), '-CAfile', authorities.root],
        ...['-purpose', 'any', '-out', '/dev/null'],
      ]),
    );
    if (!stamp) return [`signature: ${signature}`];
    const held = await stampHolds(stamp.token, stamp.signature, 'signature');
    return [`signature: ${signature}`, `its time stamp: ${held}`];
  } finally {
    for (const path of written) await rm(path);
  }
}

function verdict({ code, said, warned }: Said): string {
  return code === 0 ? 'verified' : `${said}${warned}`;
}
