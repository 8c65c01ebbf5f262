import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { AppError } from '../../../contract/failure.ts';
import { PdfDocument } from '../../../native/pdf/document.ts';
import { type FormField, formFields } from '../../../native/pdf/form.ts';
import { type SignedPdf, signPdf } from '../../../native/signing/sign-pdf.ts';
import type { Signer } from '../../../native/signing/signer.ts';
import type { Stamp } from '../../../native/signing/stamp.ts';
import { scratchFolder, writeFile } from '../pdf/scratch.ts';
import { createAuthority } from './software-key.ts';

export interface Outcome {
  readonly file: string;
  readonly signed: SignedPdf;
  readonly added: string;
}

/** A folder and a signer for the tests of one file; every file that is signed keeps its source as its beginning. */
export interface Desk {
  readonly folder: string;
  readonly signer: Signer;
  sign(bytes: Uint8Array, stamp?: Stamp, by?: Signer): Promise<Outcome>;
}

export function openDesk(): Desk {
  const folder = scratchFolder();
  const { signer } = createAuthority(path.join(folder, 'pki')).signer('P-256', 'Nguyễn Văn Thử');
  let count = 0;
  return {
    folder,
    signer,
    async sign(bytes, stamp = { kind: 'plain' }, by = signer) {
      const source = writeFile(folder, `${count++}.pdf`, bytes);
      const file = path.join(folder, `${count++}-signed.pdf`);
      const signed = await signPdf({ source, target: file, signer: by, stamp });
      const whole = readFileSync(file);
      expect(whole.subarray(0, bytes.length).equals(bytes)).toBe(true);
      return { file, signed, added: whole.toString('latin1', bytes.length) };
    },
  };
}

/** The code with which a call fails. */
export async function failure(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => 'no failure',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
}

export function inspect<T>(file: string, look: (document: PdfDocument) => T): T {
  const document = PdfDocument.open(file);
  try {
    return look(document);
  } finally {
    document.close();
  }
}

export function fieldOf(file: string, name: string): FormField | undefined {
  return inspect(file, (document) => formFields(document).find((field) => field.name === name));
}
