import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processesOf } from '../launch.ts';

/** Every file below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Where a secret's bytes stand below a folder, as text in any of the encodings that programs keep text in. */
export function filesWith(secret: string, folder: string): string[] {
  const forms = (['utf8', 'utf16le', 'base64', 'hex'] as const).map((form) =>
    Buffer.from(
      form === 'utf8' || form === 'utf16le' ? secret : Buffer.from(secret).toString(form),
      form === 'utf16le' ? form : 'utf8',
    ),
  );
  return filesBelow(folder).filter((file) => {
    const bytes = readFileSync(file);
    return forms.some((form) => bytes.includes(form));
  });
}

/** Which of a profile's processes carry a secret in their arguments or their environment. */
export function processesWith(secret: string, profile: string): number[] {
  return processesOf(profile).filter((pid) =>
    ['cmdline', 'environ'].some((part) => readFileSync(`/proc/${pid}/${part}`).includes(secret)),
  );
}

/** The token process of a profile's program. */
export function tokenProcess(profile: string): number {
  const pid = processesOf(profile).find((candidate) =>
    readFileSync(`/proc/${candidate}/cmdline`, 'utf8').includes('token.js'),
  );
  if (pid === undefined) throw new Error('no token process runs');
  return pid;
}
