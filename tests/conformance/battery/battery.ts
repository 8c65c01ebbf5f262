import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cell, fields, levels, type SignerName, structures } from './axes.ts';
import { expectedOf } from './expected.ts';
import { produce } from './production.ts';
import { verdictsOn } from './verdicts.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

/**
 * One battery over kinds of key × structures × fields × levels. What we make must convince every judge, and keep the
 * bytes that it was made from as its prefix; where a judge can't judge, `expected.ts` says what it answers and why.
 */
export function battery(names: readonly SignerName[]): void {
  let shop: Workshop;
  beforeAll(async () => {
    shop = await openWorkshop(names);
  });
  afterAll(() => shop.close());

  describe.each(names)('%s', (signer) => {
    describe.each(structures)('%s', (structure) => {
      describe.each(fields)('%s', (field) => {
        it.each(levels)('%s', async (level) => {
          const cell: Cell = { signer, structure, field, level };
          const { path, password } = await produce(cell, shop);
          // From LT on a file has to carry all that is needed to judge it.
          const offline = level === 'lt' || level === 'lta';
          expect(await verdictsOn(path, shop, { password, offline })).toEqual(expectedOf(cell));
        });
      });
    });
  });
}
