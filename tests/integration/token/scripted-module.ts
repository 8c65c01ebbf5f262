import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const source = fileURLToPath(new URL('./scripted-module.c', import.meta.url));
const headers = join(
  dirname(createRequire(import.meta.url).resolve('pkcs11js/package.json')),
  'includes/pkcs11',
);

/** The habits that scripted-module.c knows, each a piece of C. */
export interface Habits {
  ON_INITIALIZE?: string;
  ON_SLOTS?: string;
  ON_LOGIN?: string;
  ON_SET_PIN?: string;
  TOKEN_FLAGS?: string;
}

/** Compiles a PKCS#11 module with bad habits; returns its path. */
export async function compileModule(folder: string, habits: Habits): Promise<string> {
  const path = join(folder, `scripted-${randomBytes(4).toString('hex')}.so`);
  const defines = Object.entries(habits).map(([name, code]) => `-D${name}=${code}`);
  await promisify(execFile)('gcc', ['-shared', '-fPIC', '-I', headers, ...defines, '-o', path, source]);
  return path;
}
