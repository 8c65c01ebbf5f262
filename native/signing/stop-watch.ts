/** Milliseconds between one step and the next, to a hundredth. */
export class StopWatch {
  #last = performance.now();

  /** Milliseconds since the last lap. */
  lap(): number {
    const now = performance.now();
    const elapsed = now - this.#last;
    this.#last = now;
    return roundMs(elapsed);
  }
}

export function roundMs(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
