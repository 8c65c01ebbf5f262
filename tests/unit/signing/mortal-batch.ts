import { X509Certificate } from 'node:crypto';
import fs, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/** What to sign, and at which of its deeds the process dies; `null`: it lives, and tells how many there were. */
export interface MortalOrder {
  files: { source: string; target: string; replace: boolean }[];
  certificate: Uint8Array;
  diesAt: { deed: number } | { event: number } | null;
}

/** The batch' key is with the parent: it signs what comes as `sign`. */
export type FromMortal = { sign: Uint8Array; number: number } | { deeds: number; events: number };
export type Signature = { number: number; signature: Uint8Array };

let deeds = 0;
let events = 0;
let diesAt: MortalOrder['diesAt'] = null;

/** Kill -9 comes before the deed: the last one is done, this one isn't. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
  // It comes at once, but not always before the next line.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

type Deed = (...given: unknown[]) => unknown;

function count(owner: object, name: string): void {
  const real = Reflect.get(owner, name) as Deed;
  Reflect.set(owner, name, function (this: unknown, ...given: unknown[]) {
    if (name === 'open' && (given[1] ?? 'r') === 'r') return real.apply(this, given);
    deeds += 1;
    if (diesAt && 'deed' in diesAt && diesAt.deed === deeds) die();
    return real.apply(this, given);
  });
}

// Whatever changes a folder or a file; before the code under test takes its names.
for (const name of ['open', 'copyFile', 'chmod', 'link', 'rename', 'rm', 'unlink']) count(fs, name);
const handle: FileHandle = await fs.open(import.meta.filename);
for (const name of ['write', 'truncate', 'chmod', 'sync']) count(Object.getPrototypeOf(handle), name);
await handle.close();
syncBuiltinESMExports();
const { SigningBatch } = await import('../../../native/signing/batch.ts');

const asked: PromiseWithResolvers<Uint8Array>[] = [];
const tell = (message: FromMortal) => process.send?.(message);

process.once('message', async (order: MortalOrder) => {
  process.on('message', ({ number, signature }: Signature) => asked[number]?.resolve(signature));
  deeds = 0;
  diesAt = order.diesAt;
  const items = order.files.map((file) => ({ ...file, stamp: { kind: 'plain' } as const }));
  const batch = new SigningBatch(items, {
    signer: {
      certificate: new X509Certificate(order.certificate),
      chain: [],
      sign: async (_, data) => {
        const number = asked.push(Promise.withResolvers<Uint8Array>()) - 1;
        tell({ sign: data, number });
        return asked[number]?.promise ?? data;
      },
    },
    onEvent: () => {
      events += 1;
      if (diesAt && 'event' in diesAt && diesAt.event === events) die();
    },
  });
  await batch.run();
  tell({ deeds, events });
  process.disconnect();
});
