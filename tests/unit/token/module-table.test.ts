import { describe, expect, test } from 'vitest';
import { installedModules, knownModules, rescanOf } from '../../../native/token/module-table.ts';

describe('known modules', () => {
  test('are found where their makers put them, each once', () => {
    const present = new Set([
      '/usr/lib/bit4id/libbit4xpki.so',
      '/usr/lib/libbit4xpki.so',
      '/usr/lib/softhsm/libsofthsm2.so',
      '/usr/lib/libunknown.so',
    ]);
    expect(installedModules('linux', (path) => present.has(path))).toEqual([
      '/usr/lib/bit4id/libbit4xpki.so',
      '/usr/lib/softhsm/libsofthsm2.so',
    ]);
  });

  test('are none on a system that nobody has tried', () => {
    expect(installedModules('aix', () => true)).toEqual([]);
  });

  test('name no file twice', () => {
    for (const system of ['win32', 'linux', 'darwin'] as const) {
      const files = knownModules.flatMap((module) => module[system].map((file) => file.toLowerCase()));
      expect(new Set(files).size).toBe(files.length);
    }
  });

  test('are restarted for new tokens only where they have to be', () => {
    expect(rescanOf('/usr/lib/softhsm/libsofthsm2.so')).toBe('restart');
    expect(rescanOf('/Windows/System32/BIT4XPKI.DLL')).toBe('slotList');
    expect(rescanOf('/opt/new/maker.so')).toBe('restart');
  });
});
