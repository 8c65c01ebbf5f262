import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { assertLoadable, parseLibraryHeader } from '../../../native/token/library-header.ts';
import { fromLoadFailure } from '../../../native/token/load-failure.ts';

function elf(machine: number): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  bytes.writeUInt16LE(machine, 18);
  return bytes;
}

function pe(machine: number): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.write('MZ');
  bytes.writeUInt32LE(128, 60);
  bytes.write('PE\0\0', 128);
  bytes.writeUInt16LE(machine, 132);
  return bytes;
}

function universal(...machines: number[]): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.writeUInt32BE(0xcafebabe);
  bytes.writeUInt32BE(machines.length, 4);
  for (const [index, machine] of machines.entries()) bytes.writeUInt32BE(machine, 8 + index * 20);
  return bytes;
}

function thin(machine: number): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.writeUInt32LE(0xfeedfacf);
  bytes.writeUInt32LE(machine, 4);
  return bytes;
}

describe('a library’s header', () => {
  test.each([
    ['ELF', elf(62), ['x64']],
    ['ELF', elf(3), ['ia32']],
    ['ELF', elf(183), ['arm64']],
    ['ELF', elf(243), ['0xf3']],
    ['PE', pe(0x8664), ['x64']],
    ['PE', pe(0x14c), ['ia32']],
    ['Mach-O', universal(0x01000007, 0x0100000c), ['x64', 'arm64']],
    ['Mach-O', thin(0x0100000c), ['arm64']],
  ])('%s %#: names its machines', (format, bytes, machines) => {
    expect(parseLibraryHeader(bytes)).toEqual({ format, machines });
  });

  test('any other bytes are no library, and no bytes make it fail', () => {
    expect(parseLibraryHeader(Buffer.from('MZ but short'))).toBeNull();
    expect(parseLibraryHeader(Buffer.concat([Buffer.from('%PDF'), Buffer.alloc(600)]))).toBeNull();
    fc.assert(
      fc.property(
        fc.constantFrom(elf(62), pe(0x8664), universal(7), thin(7)),
        fc.array(fc.tuple(fc.nat(511), fc.nat(255)), { maxLength: 40 }),
        (bytes, changes) => {
          const damaged = Buffer.from(bytes);
          for (const [at, value] of changes) damaged[at] = value;
          parseLibraryHeader(damaged);
        },
      ),
    );
  });

  test('says whether it is for this computer', () => {
    const folder = mkdtempSync(join(tmpdir(), 'antin-header-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'driver.dll');
    const loadable = (bytes: Buffer, platform: NodeJS.Platform, arch: string) => {
      writeFileSync(path, bytes);
      return () => assertLoadable(path, platform, arch);
    };
    expect(loadable(pe(0x8664), 'win32', 'x64')).not.toThrow();
    expect(loadable(universal(0x01000007, 0x0100000c), 'darwin', 'arm64')).not.toThrow();
    const code = (failure: string) => expect.objectContaining({ code: failure });
    expect(loadable(pe(0x14c), 'win32', 'x64')).toThrowError(code('module-wrong-architecture'));
    expect(loadable(pe(0x8664), 'linux', 'x64')).toThrowError(code('module-wrong-architecture'));
    expect(loadable(Buffer.alloc(600), 'linux', 'x64')).toThrowError(code('module-not-pkcs11'));
    expect(() => assertLoadable(folder)).toThrowError(code('module-not-pkcs11'));
    expect(() => assertLoadable(join(folder, 'none'))).toThrowError(code('module-missing'));
  });
});

test.each([
  [
    'libx.so.1: cannot open shared object file: No such file or directory',
    'module-dependency-missing',
    'libx.so.1',
  ],
  [
    'dlopen(/d.dylib, 0x0005): Library not loaded: @rpath/libx.dylib',
    'module-dependency-missing',
    'libx.dylib',
  ],
  ['The specified module could not be found.', 'module-dependency-missing', undefined],
  ['/d.so: undefined symbol: C_GetFunctionList', 'module-not-pkcs11', undefined],
  ['/d.so: file too short', 'module-unusable', undefined],
])('a loader that says “%s” means %s', (said, code, library) => {
  const failed = fromLoadFailure(new Error(said), '/d.so');
  expect(failed).toMatchObject({ code, params: { path: '/d.so' } });
  expect(failed.params['library']).toBe(library);
});
