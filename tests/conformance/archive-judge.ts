import { execFileSync } from 'node:child_process';
import { inflateSync } from 'node:zlib';

/** A value as qpdf's JSON has it: names as "/Name", references as "12 0 R", strings as "u:…" or "b:…". */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Dict = { readonly [key: string]: Json };

/** An object of the file, and a stream's decoded bytes. */
export interface JudgedObject {
  readonly number: number;
  readonly value: Json;
  readonly stream: Buffer | null;
}

/** A file's objects as qpdf reads them, a reader that isn't ours. */
export class JudgedFile {
  readonly objects = new Map<number, JudgedObject>();
  readonly trailer: Dict;

  constructor(file: string) {
    const said = execFileSync(
      'qpdf',
      ['--json=2', '--json-stream-data=inline', '--decode-level=none', file],
      { maxBuffer: 1 << 28, encoding: 'utf8' },
    );
    const all = asDict((JSON.parse(said) as { qpdf: [Json, Json] }).qpdf[1]);
    for (const [key, entry] of Object.entries(all)) {
      const number = Number(/^obj:(\d+) /.exec(key)?.[1]);
      if (Number.isNaN(number)) continue;
      const { value, stream } = asDict(entry);
      const { dict, data } = asDict(stream ?? null);
      this.objects.set(number, {
        number,
        value: dict ?? value ?? null,
        stream: typeof data === 'string' ? decoded(asDict(dict ?? null), Buffer.from(data, 'base64')) : null,
      });
    }
    this.trailer = asDict(asDict(all['trailer'] ?? null)['value'] ?? null);
  }

  /** The object behind a reference, or the value itself. */
  object(value: Json | undefined): JudgedObject {
    const number = typeof value === 'string' ? Number(/^(\d+) \d+ R$/.exec(value)?.[1]) : Number.NaN;
    return this.objects.get(number) ?? { number: 0, value: value ?? null, stream: null };
  }

  dict(value: Json | undefined): Dict {
    return asDict(this.object(value).value);
  }
}

export function asDict(value: Json): Dict {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Dict) : {};
}

export function asArray(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function decoded(dict: Dict, data: Buffer): Buffer {
  return dict['/Filter'] === '/FlateDecode' && dict['/DecodeParms'] === undefined ? inflateSync(data) : data;
}
