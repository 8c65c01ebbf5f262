import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../../lab/program.ts';
import { officialDocument } from '../../unit/pdf/official-document.ts';
import { asHybrid, withXrefStream } from '../../unit/pdf/restructure.ts';
import { withEmptyField } from '../../unit/signing/template.ts';
import { type Structure, structures } from './axes.ts';

/** What opens the encrypted files; it guards what everybody can make again, and stands for nothing secret. */
const openingPassword = 'tai-lieu-thu';

/** A file to be signed; a person needs `password` to open it. */
export interface BaseFile {
  readonly path: string;
  readonly password: string | undefined;
}

/** The same document in every structure, with and without an empty field `cho-ky`. */
export interface BaseFiles {
  readonly plain: Record<Structure, BaseFile>;
  readonly withField: Record<Structure, BaseFile>;
}

export const emptyField = 'cho-ky';

export async function makeBaseFiles(folder: string): Promise<BaseFiles> {
  const path = (name: string) => join(folder, name);
  await writeFile(path('typeset.pdf'), officialDocument());
  const plain = await rewritten(path('typeset.pdf'), path('plain.pdf'), ['--object-streams=disable']);
  await writeFile(path('template.pdf'), withEmptyField(plain, emptyField));
  await rewritten(path('template.pdf'), path('form.pdf'), ['--object-streams=disable']);
  return { plain: await inAll(path('plain')), withField: await inAll(path('form')) };
}

async function rewritten(source: string, target: string, options: readonly string[]): Promise<Buffer> {
  await runProgram('qpdf', [...options, source, target]);
  return readFile(target);
}

async function inAll(stem: string): Promise<Record<Structure, BaseFile>> {
  const source = `${stem}.pdf`;
  const classic = await readFile(source);
  const byQpdf = (options: readonly string[]) => (path: string) => rewritten(source, path, options);
  const encrypt = (userPassword: string, ...options: string[]) =>
    byQpdf(['--object-streams=disable', '--encrypt', userPassword, 'chu-so-huu', ...options, '--']);
  const make: Record<Structure, (path: string) => Promise<Buffer> | Buffer> = {
    classic: () => classic,
    stream: () => withXrefStream(classic),
    hybrid: () => asHybrid(classic),
    linearized: byQpdf(['--linearize', '--object-streams=disable']),
    'object streams': byQpdf(['--object-streams=generate']),
    'AES-256': encrypt(openingPassword, '256'),
    // Opens without asking: the user password is empty.
    'AES-128': encrypt('', '128', '--use-aes=y'),
    recovered: () => withoutXref(classic),
  };
  const entries = structures.map(async (structure) => {
    const path = `${stem}-${structure.replaceAll(' ', '-')}.pdf`;
    await writeFile(path, await make[structure](path));
    const password = structure === 'AES-256' ? openingPassword : undefined;
    return [structure, { path, password }] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<Structure, BaseFile>;
}

/** As a broken transfer leaves it: ten bytes in front of all objects, and a cross-reference that doesn't know. */
function withoutXref(classic: Buffer): Buffer {
  const header = classic.indexOf('\n') + 1;
  return Buffer.concat([classic.subarray(0, header), Buffer.from('%23456789\n'), classic.subarray(header)]);
}
