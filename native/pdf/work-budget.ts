import { AppError } from '../../contract/failure.ts';

/** That a file asks for more work than any honest one; nothing else of it is looked at, whatever a part of it may be good for. */
export class Exhausted extends AppError {
  constructor() {
    super('pdf-too-complex');
  }
}

/**
 * How much of one kind of work a file may cause: bytes read over, entries, operations. Limits on single things don't
 * suffice, since a small file can ask for the same large thing a million times.
 */
export class WorkBudget {
  #left: number;

  constructor(limit: number) {
    this.#left = limit;
  }

  /** Throws `pdf-too-complex`, as `Exhausted`, where the budget is used up. */
  spend(amount: number): void {
    this.#left -= amount;
    if (this.#left < 0) throw new Exhausted();
  }
}
