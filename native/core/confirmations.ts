import type { Confirmation } from '../../contract/consent.ts';
import { AppError } from '../../contract/failure.ts';
import { refusalOf } from './consent-question.ts';
import type { PersonPort } from './ports.ts';

/**
 * Steps with lasting consequences that take no PIN: whom the office trusts, which drivers are loaded, evidence, PINs.
 * The shell asks the person, since whatever the page asks, the page could answer.
 */
export class Confirmations {
  readonly #person: () => PersonPort | null;

  constructor(person: () => PersonPort | null) {
    this.#person = person;
  }

  /** Fails with `cancelled` unless the person says yes, and with `consent-…` where they can't be asked. */
  async require(confirmation: Confirmation): Promise<void> {
    const person = this.#person();
    if (person === null) throw new AppError('consent-missing');
    const answer = await person.confirm(confirmation).catch((cause: unknown) => {
      throw new AppError('consent-failed', {}, { cause });
    });
    if (answer.answer === 'refused') throw refusalOf(answer);
  }
}
