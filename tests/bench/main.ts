import { table } from './table.ts';

/**
 * Measurements, each against something plain in the same run: `npm run bench -- NAME…`, all of them without a name.
 * Each prints one JSON object, or a table for people where it has one and `--json` isn't asked for.
 */
type Bench = () => Promise<string>;

const asJson = process.argv.includes('--json');

/** Measures, and says it as JSON, or in the words of `table` where people read it. */
async function run<T extends object>(name: string, measure: () => Promise<T>, table?: (result: T) => string) {
  const result = await measure();
  return table && !asJson ? table(result) : JSON.stringify({ bench: name, ...result }, null, 2);
}

const benches: Readonly<Record<string, Bench>> = {
  batch: async () => run('batch', (await import('./batch.ts')).measure),
  reading: async () => run('reading', (await import('./reading.ts')).measure, table),
  sha1: async () => run('sha1', (await import('./sha1.ts')).measure, table),
  sign: async () => run('sign', (await import('./sign.ts')).measure, table),
  token: async () => run('token', (await import('./token.ts')).measure),
  verify: async () => run('verify', (await import('./verify.ts')).measure, table),
};

const wanted = process.argv.slice(2).filter((argument) => argument !== '--json');
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) {
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!bench) throw new Error(`no such measurement: ${name}; there are ${Object.keys(benches).join(', ')}`);
  console.log(await bench());
}
