import { ProgressWriter } from '../../fuzz/progress.ts';
import type { Done, Order } from '../../fuzz/protocol.ts';

/** A worker to which certain numbers do what a reader with a fault would: `CORPUS SEED PROGRESS`. */
const progress = new ProgressWriter(process.argv[4] ?? '');
const kept: Buffer[] = [];

function suffer(index: number, { from, to }: Order): void {
  if (index === 3) for (;;);
  if (index === 5) for (;;) kept.push(Buffer.alloc(1 << 24, 1));
  if (index === 7) process.kill(process.pid, 'SIGSEGV');
  // What only the inputs before it are to blame for.
  if (index === 11 && to - from > 1) process.exit(3);
}

process.on('disconnect', () => process.exit(0));
process.on('message', (order: Order) => {
  for (let index = order.from; index < order.to; index++) {
    progress.begin(index);
    suffer(index, order);
  }
  const numbers = Array.from({ length: order.to - order.from }, (_, index) => order.from + index);
  const found = numbers.includes(9) ? [{ index: 9, what: 'thrown' }] : [];
  process.send?.({ tally: { fine: numbers.length }, found, next: order.to, isSpent: false } satisfies Done);
});
process.send?.('ready');
