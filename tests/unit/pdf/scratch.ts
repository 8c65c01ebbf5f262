import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { MemorySource } from '../../../native/pdf/byte-source.ts';
import { PdfDocument } from '../../../native/pdf/document.ts';

/** A folder for the tests of one file, removed after them. */
export function scratchFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'antin-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writeFile(folder: string, name: string, bytes: Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

export function readPdf(bytes: Uint8Array): PdfDocument {
  return PdfDocument.read(new MemorySource(bytes));
}

/** The code with which `act` fails; a failure of ours always has one. */
export function failureOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'no failure';
}
