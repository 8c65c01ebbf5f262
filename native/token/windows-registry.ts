import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Reads the Windows registry: what `reg query KEY /s` prints, empty where there is no such key. A port, since it runs on
 * Windows alone.
 */
export type QueryRegistry = (key: string) => Promise<string>;

/**
 * There is no one place where Windows lists PKCS#11 modules. These keys are where makers' installers are known to leave the path
 * of theirs. `HKLM\SOFTWARE\Microsoft\Cryptography\Calais\SmartCards` isn't among them: it names minidrivers and
 * CSPs, which aren't PKCS#11. Whatever is found here is tried out in a process of its own before it is believed.
 */
const keys = [
  'HKLM\\SOFTWARE\\PKCS11',
  'HKCU\\SOFTWARE\\PKCS11',
  'HKLM\\SOFTWARE\\OpenSC Project\\OpenSC',
  'HKLM\\SOFTWARE\\SafeNet\\Authentication\\SAC',
  'HKLM\\SOFTWARE\\bit4id',
];

/** Paths of libraries among the text values that `reg query` prints. */
export function parseRegistry(text: string): string[] {
  const values = text.matchAll(/^\s+\S.*?\s+REG_(?:EXPAND_)?SZ\s+([A-Za-z]:\\[^\r\n"<>|?*]+\.dll)\s*$/gim);
  return [...values].map(([, path = '']) => path);
}

const deadlineMs = 5_000;

async function queryRegistry(key: string): Promise<string> {
  try {
    const options = { timeout: deadlineMs, windowsHide: true, maxBuffer: 1_000_000 };
    const { stdout } = await promisify(execFile)('reg.exe', ['query', key, '/s', '/reg:64'], options);
    return stdout;
  } catch {
    // No such key: that maker's software isn't installed.
    return '';
  }
}

/** Libraries that the registry names, in no particular order. */
export async function registryModules(query: QueryRegistry = queryRegistry): Promise<string[]> {
  return (await Promise.all(keys.map(query))).flatMap(parseRegistry);
}
