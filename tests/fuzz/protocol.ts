/** What a worker and its watcher tell each other. */

/** What one input may cost. Processor time: a busy machine doesn't lengthen it. */
export const bounds = { cpuMs: 2000, memoryMb: 300 } as const;

/** Numbers of inputs, the last one not included. */
export interface Order {
  readonly from: number;
  readonly to: number;
}

export interface Found {
  readonly index: number;
  readonly what: string;
  /** Costs are the process' too, not only the input's: to be seen again in a fresh one before it counts. */
  readonly isSuspicion?: boolean;
}

export interface Done {
  /** Inputs by outcome. */
  readonly tally: Readonly<Record<string, number>>;
  readonly found: readonly Found[];
  /** The first input that wasn't judged. */
  readonly next: number;
  /** The process has to be replaced. */
  readonly isSpent: boolean;
}
