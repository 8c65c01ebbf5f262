import type { Victim } from './victim.ts';

/** One manipulated file of a published family, or of our own making. */
export interface Attack {
  readonly name: string;
  /**
   * What a person is shown that nobody signed; `structure` where the deceit is that a forged file looks signed at
   * all.
   */
  readonly shows: 'other page' | 'structure';
  make(victim: Victim): Uint8Array;
}

export type Family =
  | 'USF'
  | 'ISA'
  | 'SWA'
  | 'shadow hide'
  | 'shadow replace'
  | 'shadow hide-and-replace'
  | 'EAA'
  | 'SSA'
  | 'two readers'
  | 'repairing reader'
  | 'lying look'
  | 'lying font'
  | 'carrier'
  | 'open blank'
  | 'linearized';

/** Attacks by name, as data: the page that people see is another one than was signed. */
export function attacks(table: Readonly<Record<string, Attack['make']>>): Attack[] {
  return Object.entries(table).map(([name, make]) => ({ name, shows: 'other page', make }));
}

/** Attacks whose page may look as it was signed; what is forged stands behind it. */
export function structural(table: Readonly<Record<string, Attack['make']>>): Attack[] {
  return attacks(table).map((attack) => ({ ...attack, shows: 'structure' }));
}
