import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { AppError } from '../../contract/failure.ts';
import { shownPath } from './token-text.ts';

/** What a program library's first bytes say of the computer that it is for. */
export interface LibraryHeader {
  readonly format: 'ELF' | 'PE' | 'Mach-O';
  /** As Node names architectures; what isn't known here is its number in hexadecimal. A universal Mach-O has several. */
  readonly machines: readonly string[];
}

/** e_machine of ELF (System V ABI), Machine of PE (Microsoft PE format), cputype of Mach-O. */
const elfMachines: Readonly<Record<number, string>> = { 3: 'ia32', 40: 'arm', 62: 'x64', 183: 'arm64' };
const peMachines: Readonly<Record<number, string>> = {
  332: 'ia32',
  452: 'arm',
  34404: 'x64',
  43620: 'arm64',
};
const machMachines: Readonly<Record<number, string>> = {
  7: 'ia32',
  12: 'arm',
  16777223: 'x64',
  16777228: 'arm64',
};

const formats: Partial<Record<NodeJS.Platform, LibraryHeader['format']>> = { win32: 'PE', darwin: 'Mach-O' };

/** Enough for a PE's DOS stub and for a universal Mach-O's table. */
const headerBytes = 4096;
/** A universal file holds a handful of architectures; more is nonsense. */
const mostSlices = 16;

function name(table: Readonly<Record<number, string>>, machine: number): string {
  return table[machine] ?? `0x${machine.toString(16)}`;
}

function readElf(bytes: Buffer): LibraryHeader {
  const isLittle = bytes[5] === 1;
  return {
    format: 'ELF',
    machines: [name(elfMachines, isLittle ? bytes.readUInt16LE(18) : bytes.readUInt16BE(18))],
  };
}

function readPe(bytes: Buffer): LibraryHeader | null {
  const at = bytes.readUInt32LE(60);
  if (at > bytes.length - 6 || bytes.readUInt32LE(at) !== 0x4550) return null;
  return { format: 'PE', machines: [name(peMachines, bytes.readUInt16LE(at + 4))] };
}

function readUniversal(bytes: Buffer): LibraryHeader | null {
  const count = bytes.readUInt32BE(4);
  if (count === 0 || count > mostSlices) return null;
  const machines = Array.from({ length: count }, (_, index) =>
    name(machMachines, bytes.readUInt32BE(8 + index * 20)),
  );
  return { format: 'Mach-O', machines };
}

/** Reads a library's header; null where the bytes are no program library's. */
export function parseLibraryHeader(bytes: Buffer): LibraryHeader | null {
  // Room for every fixed offset below; a shorter file is no library.
  if (bytes.length < 512) return null;
  if (bytes.readUInt32BE(0) === 0x7f454c46) return readElf(bytes);
  if (bytes.readUInt16BE(0) === 0x4d5a) return readPe(bytes);
  const magic = bytes.readUInt32BE(0);
  if (magic === 0xcafebabe) return readUniversal(bytes);
  if (magic === 0xcffaedfe || magic === 0xcefaedfe) {
    return { format: 'Mach-O', machines: [name(machMachines, bytes.readUInt32LE(4))] };
  }
  return null;
}

/**
 * Fails unless the file at `path` is a library for this very computer, without loading it: what a loader says of the wrong
 * kind differs from system to system and helps nobody.
 * @throws AppError `module-missing`, `module-not-pkcs11`, `module-wrong-architecture` {architecture}
 */
export function assertLoadable(path: string, platform = process.platform, arch: string = process.arch): void {
  const header = parseLibraryHeader(readStart(path));
  if (header === null) throw new AppError('module-not-pkcs11', { path: shownPath(path) });
  const { format, machines } = header;
  if (format === (formats[platform] ?? 'ELF') && machines.includes(arch)) return;
  const architecture = `${format} ${machines.join(', ')}`;
  throw new AppError('module-wrong-architecture', { path: shownPath(path), architecture });
}

function readStart(path: string): Buffer {
  try {
    // A pipe or a device would make whoever opens it wait for ever.
    if (!statSync(path).isFile()) throw new AppError('module-not-pkcs11', { path: shownPath(path) });
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(headerBytes);
      return bytes.subarray(0, readSync(file, bytes, 0, headerBytes, 0));
    } finally {
      closeSync(file);
    }
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw new AppError('module-missing', { path: shownPath(path) }, { cause: thrown });
  }
}
