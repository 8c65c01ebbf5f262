import { randomUUID } from 'node:crypto';
import type { OutgoingDocument, Person } from '../contract/document.ts';
import { AppError } from '../contract/failure.ts';
import { type AgencyCode, documentId, type FileDigest } from '../contract/identity.ts';
import { fingerprintOf } from '../native/verification/index.ts';
import type { DecidedInput } from './act-input.ts';
import type { ActParts } from './act-parts.ts';
import { type HeldOutgoing, permit } from './act-rules.ts';
import type { ActCall } from './act-runner.ts';
import { approved, delivered, issued, mainFile, numbered, returned } from './outgoing-steps.ts';
import type { RequiredSigner } from './signed-file-check.ts';

/** The issuing agency's acts: approve, return, assign a number, issue. */
export class OutgoingActs {
  readonly #parts: ActParts;

  constructor(parts: ActParts) {
    this.#parts = parts;
  }

  async approve(by: Person, input: DecidedInput & { file: FileDigest }): Promise<OutgoingDocument> {
    const { id, key, file, ...seen } = input;
    const call: ActCall = { act: 'approve', by, key, request: { id, file, ...seen } };
    const known = this.#parts.runner.answered<OutgoingDocument>(call);
    if (known) return known;
    const held = permit('approve', this.#parts.documents.find(id), by, seen);
    await this.#checkFile(held, by, file, [this.#person(by)]);
    return this.#parts.runner.run(call, (now) => {
      // Asked again: the check above took its time, and another act may have come first.
      const current = permit('approve', this.#parts.documents.find(id), by, seen);
      const certificates = this.#parts.directory.personCertificates(by.id).map(fingerprintOf);
      const document = approved(current.document, by, this.#held(file, by), certificates, now.toISOString());
      this.#parts.documents.update({ ...current, document, approverId: by.id });
      return document;
    });
  }

  return(by: Person, input: DecidedInput & { reason: string }): OutgoingDocument {
    const { id, key, reason, ...seen } = input;
    return this.#parts.runner.run({ act: 'return', by, key, request: { id, reason, ...seen } }, (now) => {
      const current = permit('return', this.#parts.documents.find(id), by, seen);
      const document = returned(current.document, by, reason, now.toISOString());
      this.#parts.documents.update({ ...current, document });
      return document;
    });
  }

  assignNumber(by: Person, input: DecidedInput): OutgoingDocument {
    const { id, key, ...seen } = input;
    return this.#parts.runner.run({ act: 'assignNumber', by, key, request: { id, ...seen } }, (now) => {
      const current = permit('assignNumber', this.#parts.documents.find(id), by, seen);
      const { type, symbol } = current.document;
      const reference = this.#parts.register.takeReference({
        agency: current.agency,
        type,
        symbol,
        documentId: id,
        at: now,
      });
      const document = numbered(current.document, by, reference, now.toISOString());
      this.#parts.documents.update({ ...current, document });
      return document;
    });
  }

  async issue(
    by: Person,
    input: DecidedInput & { file: FileDigest; recipients: AgencyCode[] },
  ): Promise<OutgoingDocument> {
    const { id, key, file, recipients, ...seen } = input;
    const call: ActCall = { act: 'issue', by, key, request: { id, file, recipients, ...seen } };
    const known = this.#parts.runner.answered<OutgoingDocument>(call);
    if (known) return known;
    const held = permit('issue', this.#parts.documents.find(id), by, seen);
    const agencies = this.#recipients(held.agency, recipients);
    await this.#checkFile(held, by, file, [this.#approver(held), this.#agency(held)]);
    return this.#parts.runner.run(call, (now) => {
      const current = permit('issue', this.#parts.documents.find(id), by, seen);
      const document = issued(current.document, by, this.#held(file, by), agencies, now.toISOString());
      this.#parts.documents.update({ ...current, document });
      this.#deliver(document, agencies);
      return document;
    });
  }

  #deliver(document: OutgoingDocument, agencies: readonly { code: AgencyCode }[]): void {
    const { reference } = document;
    if (!reference) throw new AppError('internal', {}, { cause: `document ${document.id} has no number` });
    for (const { code } of agencies) {
      this.#parts.documents.insert({
        document: delivered(document, reference, documentId.parse(randomUUID())),
        agency: code,
        sourceId: document.id,
        approverId: null,
      });
    }
  }

  /** The named agencies, each known, each once, the issuer not among them; otherwise `input-invalid`. */
  #recipients(issuer: AgencyCode, codes: readonly AgencyCode[]) {
    if (new Set(codes).size !== codes.length) throw new AppError('input-invalid', { field: 'recipients' });
    return codes.map((code) => {
      const agency = code === issuer ? null : this.#parts.directory.agency(code);
      if (!agency) throw new AppError('input-invalid', { field: 'recipients', agency: code });
      return agency;
    });
  }

  /** The file that is to follow the document's main file, if this person may name it at all. */
  #held(digest: FileDigest, by: Person): { digest: FileDigest; bytes: number } {
    const bytes = this.#parts.files.bytesFor(digest, by);
    if (bytes === null) throw new AppError('signed-file-rejected', { reason: 'file-missing' });
    return { digest, bytes };
  }

  async #checkFile(held: HeldOutgoing, by: Person, digest: FileDigest, signers: RequiredSigner[]) {
    this.#held(digest, by);
    const previous = mainFile(held.document);
    if (!previous) throw new AppError('internal', {}, { cause: `${held.document.id} has no main file` });
    await this.#parts.signedFileCheck.check({
      path: this.#parts.files.pathOf(digest),
      previousPath: this.#parts.files.pathOf(previous.digest),
      signers,
      reference: held.document.reference,
    });
  }

  #person(person: Person): RequiredSigner {
    return { who: 'approver', certificates: this.#parts.directory.personCertificates(person.id) };
  }

  #approver(held: HeldOutgoing): RequiredSigner {
    const { approverId } = held;
    if (!approverId) throw new AppError('internal', {}, { cause: `${held.document.id} has no approver` });
    return { who: 'approver', certificates: this.#parts.directory.personCertificates(approverId) };
  }

  #agency(held: HeldOutgoing): RequiredSigner {
    return { who: 'agency', certificates: this.#parts.directory.agencyCertificates(held.agency) };
  }
}
