import type { IncomingDocument, Person, Recipient } from '../contract/document.ts';
import { AppError } from '../contract/failure.ts';
import type { ActInput } from './act-input.ts';
import { type HeldIncoming, permit } from './act-rules.ts';
import type { ActRunner } from './act-runner.ts';
import type { Documents } from './documents.ts';
import { arrived, refused, registered } from './incoming-steps.ts';
import { withDelivery } from './outgoing-steps.ts';
import type { Register } from './register.ts';

/** The receiving clerk's acts: acknowledge, register, refuse. Each one also moves the sender's line for this recipient. */
export class IncomingActs {
  readonly #runner: ActRunner;
  readonly #documents: Documents;
  readonly #register: Register;

  constructor(parts: { runner: ActRunner; documents: Documents; register: Register }) {
    this.#runner = parts.runner;
    this.#documents = parts.documents;
    this.#register = parts.register;
  }

  acknowledge(by: Person, input: ActInput): IncomingDocument {
    const { id, key, version } = input;
    return this.#runner.run({ act: 'acknowledge', by, key, request: { id, version } }, (now) => {
      const current = permit('acknowledge', this.#documents.find(id), by, version);
      return this.#save(current, arrived(current.document, by, now.toISOString()));
    });
  }

  register(by: Person, input: ActInput): IncomingDocument {
    const { id, key, version } = input;
    return this.#runner.run({ act: 'register', by, key, request: { id, version } }, (now) => {
      const current = permit('register', this.#documents.find(id), by, version);
      // Số đến counts everything that arrives in one series, on paper or not (NĐ 30/2020 Đ22).
      const { number } = this.#register.take({
        agency: current.agency,
        register: 'incoming',
        series: 'general',
        documentId: id,
        at: now,
      });
      return this.#save(current, registered(current.document, by, number, now.toISOString()));
    });
  }

  refuse(by: Person, input: ActInput & { reason: string }): IncomingDocument {
    const { id, key, version, reason } = input;
    return this.#runner.run({ act: 'refuse', by, key, request: { id, version, reason } }, (now) => {
      const current = permit('refuse', this.#documents.find(id), by, version);
      return this.#save(current, refused(current.document, by, reason, now.toISOString()));
    });
  }

  #save(current: HeldIncoming, document: IncomingDocument): IncomingDocument {
    this.#documents.update({ ...current, document });
    const { state, updatedAt: at, arrivalNumber, reason } = document;
    this.#tellSender(current, { state, at, arrivalNumber, reason });
    return document;
  }

  #tellSender({ agency, sourceId }: HeldIncoming, delivery: Omit<Recipient, 'agency'>): void {
    const source = sourceId && this.#documents.find(sourceId);
    if (source?.document.kind !== 'outgoing') {
      throw new AppError('internal', {}, { cause: `no outgoing document ${sourceId}` });
    }
    const document = withDelivery(
      source.document,
      agency,
      delivery,
      delivery.at ?? source.document.updatedAt,
    );
    this.#documents.update({ ...source, document });
  }
}
