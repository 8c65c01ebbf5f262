import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../document.ts';
import { type PdfDict, PdfName, type PdfObject, PdfString } from '../object.ts';

/** How bytes are enciphered: a crypt filter's /CFM (ISO 32000-2, table 25). */
export type Method = 'identity' | 'rc4' | 'aes128' | 'aes256';

/** What is enciphered how (7.6.6). */
export interface CryptFilters {
  readonly streams: Method;
  readonly strings: Method;
  readonly embeddedFiles: Method;
  /** By name, for streams that name their own. */
  readonly named: ReadonlyMap<string, Method>;
}

interface CommonSettings {
  readonly filters: CryptFilters;
  readonly encryptsMetadata: boolean;
  readonly owner: Uint8Array;
  readonly user: Uint8Array;
}

/** Up to revision 4: keys from MD5. */
export interface OldSettings extends CommonSettings {
  readonly revision: 2 | 3 | 4;
  /** In bytes, the likeliest first: which one is right, the password tells. */
  readonly keyLengths: readonly number[];
  /** /P, which goes into the key. */
  readonly permissions: number;
}

/** Revisions 5 and 6: a random key, wrapped for each password. */
export interface NewSettings extends CommonSettings {
  readonly revision: 5 | 6;
  readonly ownerKey: Uint8Array;
  readonly userKey: Uint8Array;
}

export type EncryptionSettings = OldSettings | NewSettings;

const [oldEntryLength, newEntryLength, wrappedLength] = [32, 48, 32];

/**
 * Reads an encryption dictionary (7.6.2, tables 20 and 21). Throws `pdf-encryption-unsupported` for another handler than
 * the standard one (certificates) or an algorithm that no standard names, `pdf-damaged` where entries are missing.
 */
export function readSettings(dict: PdfDict, document: PdfDocument): EncryptionSettings {
  const handler = document.resolve(dict.get('Filter'));
  if (!(handler instanceof PdfName) || handler.value !== 'Standard')
    throw unsupported(handler instanceof PdfName ? handler.value : '');
  const number = (key: string, byDefault: number) => document.number(dict.get(key)) ?? byDefault;
  const version = number('V', 0);
  const revision = number('R', 0);
  const declared = bytesOfKey(number('Length', 40));
  const common = {
    filters: readFilters(dict, document, version),
    encryptsMetadata: version < 4 || document.resolve(dict.get('EncryptMetadata')) !== false,
  };
  const entry = (key: string, length: number) => {
    const value = document.resolve(dict.get(key));
    // Some writers fill them up with zeros.
    if (value instanceof PdfString && value.bytes.length >= length) return value.bytes.subarray(0, length);
    throw new AppError('pdf-damaged', { entry: key });
  };
  switch (revision) {
    case 2:
    case 3:
    case 4:
      return {
        ...common,
        revision,
        owner: entry('O', oldEntryLength),
        user: entry('U', oldEntryLength),
        keyLengths: [
          ...new Set(version === 1 ? [5, declared, 16] : [version === 4 ? 16 : declared, declared, 16, 5]),
        ],
        permissions: number('P', 0) | 0,
      };
    case 5:
    case 6:
      return {
        ...common,
        revision,
        owner: entry('O', newEntryLength),
        user: entry('U', newEntryLength),
        ownerKey: entry('OE', wrappedLength),
        userKey: entry('UE', wrappedLength),
      };
    default:
      throw unsupported(`Standard R${revision}`);
  }
}

function unsupported(handler: string): AppError {
  return new AppError('pdf-encryption-unsupported', { handler });
}

/** /Length is in bits; some writers say bytes. Between 40 and 128 bits. */
function bytesOfKey(length: number): number {
  const bytes = length < 40 ? length : length / 8;
  return Math.min(16, Math.max(5, Math.floor(bytes)));
}

function readFilters(dict: PdfDict, document: PdfDocument, version: number): CryptFilters {
  if (version === 1 || version === 2)
    return { streams: 'rc4', strings: 'rc4', embeddedFiles: 'rc4', named: new Map() };
  if (version !== 4 && version !== 5) throw unsupported(`Standard V${version}`);
  const named = new Map<string, Method>();
  for (const [name, value] of document.dict(dict.get('CF'))?.entries ?? [])
    named.set(name, methodOf(document.dict(value), document));
  named.set('Identity', 'identity');
  const filter = (key: string, byDefault: Method) => {
    const name = document.resolve(dict.get(key));
    if (!(name instanceof PdfName)) return byDefault;
    const method = named.get(name.value);
    if (method === undefined) throw new AppError('pdf-damaged', { entry: key });
    return method;
  };
  const streams = filter('StmF', 'identity');
  return { streams, strings: filter('StrF', 'identity'), embeddedFiles: filter('EFF', streams), named };
}

function methodOf(filter: PdfDict | null, document: PdfDocument): Method {
  const name: PdfObject = document.resolve(filter?.get('CFM'));
  switch (name instanceof PdfName ? name.value : 'None') {
    case 'V2':
      return 'rc4';
    case 'AESV2':
      return 'aes128';
    case 'AESV3':
      return 'aes256';
    case 'None':
      return 'identity';
    default:
      throw unsupported(name instanceof PdfName ? name.value : '');
  }
}
