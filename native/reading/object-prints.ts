import { fontPrint, type Print, printOf } from './fingerprint.ts';

/**
 * The prints of the objects that pages are drawn with, as they come: pictures come later than the lists that name
 * them.
 */
export class ObjectPrints {
  readonly prints = new Map<string, Print>();
  readonly #awaited = new Map<string, PromiseWithResolvers<void>>();

  add(name: string, kind: string, value: unknown): void {
    if (this.prints.has(name)) return;
    this.prints.set(name, kind === 'Font' ? fontPrint(value) : printOf(withoutRef(value)));
    this.#awaited.get(name)?.resolve();
  }

  /** Until all of them have come. What never comes is the deadline's. */
  async known(names: readonly unknown[]): Promise<void> {
    await Promise.all(
      names.map((name) => {
        if (typeof name !== 'string' || this.prints.has(name)) return undefined;
        const waiting = this.#awaited.get(name) ?? Promise.withResolvers<void>();
        this.#awaited.set(name, waiting);
        return waiting.promise;
      }),
    );
  }
}

/** A picture's object number says nothing of how it looks. */
function withoutRef(value: unknown): unknown {
  return value && typeof value === 'object' && 'ref' in value ? { ...value, ref: null } : value;
}
