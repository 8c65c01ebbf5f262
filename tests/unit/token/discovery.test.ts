import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { discoverModules, eachOnce } from '../../../native/token/discovery.ts';
import { p11KitModules, parseDescription, parseListing } from '../../../native/token/p11-kit.ts';
import { parseRegistry, registryModules } from '../../../native/token/windows-registry.ts';

test.each([
  ['module: opensc-pkcs11.so\n', 'opensc-pkcs11.so'],
  ['# comment\n\n module : /usr/lib/x.so  \npriority: 1\n', '/usr/lib/x.so'],
  ['module: x.so\nenable-in: firefox\n', null],
  ['remote: |ssh host\n', null],
])('a p11-kit description %#', (text, module) => {
  expect(parseDescription(text)).toBe(module);
});

test('p11-kit’s listing is read in its old form and its new one', () => {
  const old =
    'opensc-pkcs11: /usr/lib/opensc-pkcs11.so\n    library-description: OpenSC\n    token: A: b.so c\n';
  expect(parseListing(old)).toEqual(['/usr/lib/opensc-pkcs11.so']);
  const young = 'module: opensc\n    path: /usr/lib/pkcs11/opensc-pkcs11.so.2\n    uri: pkcs11:x\n';
  expect(parseListing(young)).toEqual(['/usr/lib/pkcs11/opensc-pkcs11.so.2']);
});

test('a person’s own descriptions count, and modules that hold no keys do not', async () => {
  const home = mkdtempSync(join(tmpdir(), 'antin-home-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  mkdirSync(join(home, '.config/pkcs11/modules'), { recursive: true });
  writeFileSync(join(home, '.config/pkcs11/modules/mine.module'), 'module: /opt/maker/mine.so\n');
  writeFileSync(join(home, '.config/pkcs11/modules/trust.module'), 'module: /usr/lib/p11-kit-trust.so\n');
  const found = await p11KitModules(home);
  expect(found).toContainEqual(['/opt/maker/mine.so']);
  expect(found.flat().some((path) => path.includes('trust'))).toBe(false);
});

test('this system names SoftHSM and OpenSC, each once', async () => {
  const paths = eachOnce(await discoverModules('linux')).map(({ path }) => path);
  expect(paths.filter((path) => path.includes('softhsm'))).toHaveLength(1);
  expect(paths.filter((path) => path.includes('opensc-pkcs11'))).toHaveLength(1);
});

test('one file under two names is one module; a missing one stays', () => {
  const folder = mkdtempSync(join(tmpdir(), 'antin-once-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [real, link] = [join(folder, 'a.so'), join(folder, 'b.so')];
  writeFileSync(real, '');
  symlinkSync(real, link);
  const found = [link, real, '/none.so', '/none.so'].map((path) => ({ path, source: 'added' }) as const);
  expect(eachOnce(found).map(({ path }) => path)).toEqual([link, '/none.so']);
});

test('the registry’s libraries are taken from its text values', async () => {
  const printed = [
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\PKCS11\\Bit4id',
    '    Module    REG_SZ    C:\\Windows\\System32\\bit4xpki.dll',
    '    Version    REG_DWORD    0x1',
    '    Icon    REG_SZ    C:\\maker\\icon.ico',
    '    Path    REG_EXPAND_SZ    C:\\Program Files\\Maker\\p11.DLL',
    '',
  ].join('\r\n');
  const paths = ['C:\\Windows\\System32\\bit4xpki.dll', 'C:\\Program Files\\Maker\\p11.DLL'];
  expect(parseRegistry(printed)).toEqual(paths);
  expect(await registryModules(async (key) => (key === 'HKLM\\SOFTWARE\\PKCS11' ? printed : ''))).toEqual(
    paths,
  );
});
