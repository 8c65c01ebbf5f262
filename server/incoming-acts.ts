import type { IncomingDocument, Person, Recipient } from '../contract/document.ts';
import { AppError } from '../contract/failure.ts';
import {
  findingsThat,
  type GateFinding,
  type GateOverride,
  overriddenFindings,
  overrideOf,
  unsoundParams,
} from '../contract/gate.ts';
import type { ActInput, DecidedInput } from './act-input.ts';
import type { ActParts } from './act-parts.ts';
import { type HeldIncoming, permit } from './act-rules.ts';
import type { ActCall } from './act-runner.ts';
import { admittedObsolete, arrived, overridden, refused, registered } from './incoming-steps.ts';
import { mainFile, withDelivery } from './outgoing-steps.ts';
import type { RequiredSigner } from './signed-file-check.ts';

/**
 * The receiving clerk's acts: acknowledge, register, refuse. Each one also moves the sender's line for this
 * recipient.
 */
export class IncomingActs {
  readonly #parts: ActParts;

  constructor(parts: ActParts) {
    this.#parts = parts;
  }

  acknowledge(by: Person, input: ActInput): IncomingDocument {
    const { id, key, version } = input;
    return this.#parts.runner.run({ act: 'acknowledge', by, key, request: { id, version } }, (now) => {
      const current = permit('acknowledge', this.#parts.documents.find(id), by, { version });
      return this.#save(current, arrived(current.document, by, now.toISOString()));
    });
  }

  /**
   * Fails with `incoming-unsound` (`unsoundParams`) where the main file lacks the authorised person's or the agency's
   * signature, or has an invalid one, unless the clerk says why it is registered all the same (NĐ 30/2020 Đ21.1).
   */
  async register(
    by: Person,
    input: DecidedInput & { override?: GateOverride | undefined },
  ): Promise<IncomingDocument> {
    const { id, key, override, ...seen } = input;
    const details = override?.details?.map((detail) => JSON.stringify(detail));
    const said = override && {
      ...{ override: override.reason, findings: override.findings },
      ...(details && { details }),
    };
    const call: ActCall = { act: 'register', by, key, request: { id, ...seen, ...said } };
    const known = this.#parts.runner.answered<IncomingDocument>(call);
    if (known) return known;
    const findings = await this.#findings(permit('register', this.#parts.documents.find(id), by, seen));
    const [first] = findingsThat('closes', findings);
    if (first && !override) throw new AppError('incoming-unsound', unsoundParams(first));
    return this.#parts.runner.run(call, (now) => {
      // Asked again: the check above took its time, and a colleague's act may have come first.
      const current = permit('register', this.#parts.documents.find(id), by, seen);
      // Số đến counts everything that arrives in one series, on paper or not (NĐ 30/2020 Đ22).
      const { number } = this.#parts.register.take({
        agency: current.agency,
        register: 'incoming',
        series: 'general',
        documentId: id,
        at: now,
      });
      const at = now.toISOString();
      const all = override && overrideOf([...findings, ...overriddenFindings(override)], override.reason);
      const decided = all ? overridden(current.document, by, all, at) : current.document;
      const isObsolete = findings.some(({ code }) => code === 'signature-obsolete');
      const document = isObsolete ? admittedObsolete(decided, by, at) : decided;
      return this.#save(current, registered(document, by, number, at));
    });
  }

  refuse(by: Person, input: DecidedInput & { reason: string }): IncomingDocument {
    const { id, key, reason, ...seen } = input;
    return this.#parts.runner.run({ act: 'refuse', by, key, request: { id, reason, ...seen } }, (now) => {
      const current = permit('refuse', this.#parts.documents.find(id), by, seen);
      return this.#save(current, refused(current.document, by, reason, now.toISOString()));
    });
  }

  #save(current: HeldIncoming, document: IncomingDocument): IncomingDocument {
    this.#parts.documents.update({ ...current, document });
    const { state, updatedAt: at, arrivalNumber, reason } = document;
    this.#tellSender(current, { state, at, arrivalNumber, reason });
    return document;
  }

  async #findings({ document, sourceId }: HeldIncoming): Promise<GateFinding[]> {
    const main = mainFile(document);
    if (!main) throw new AppError('internal', {}, { cause: `${document.id} has no main file` });
    const source = sourceId && this.#parts.documents.find(sourceId);
    const signers: RequiredSigner[] | null = source?.approverId
      ? [
          { who: 'approver', certificates: this.#parts.directory.personCertificates(source.approverId) },
          { who: 'agency', certificates: this.#parts.directory.agencyCertificates(source.agency) },
        ]
      : null;
    const path = this.#parts.files.pathOf(main.digest);
    return this.#parts.signedFileCheck.findings({ path, signers, document });
  }

  #tellSender({ agency, sourceId }: HeldIncoming, delivery: Omit<Recipient, 'agency'>): void {
    // From outside this province: its sender is told by whatever brought it here.
    if (sourceId === null) return;
    const source = this.#parts.documents.find(sourceId);
    if (source?.document.kind !== 'outgoing') {
      throw new AppError('internal', {}, { cause: `no outgoing document ${sourceId}` });
    }
    const document = withDelivery(
      source.document,
      agency,
      delivery,
      delivery.at ?? source.document.updatedAt,
    );
    this.#parts.documents.update({ ...source, document });
  }
}
