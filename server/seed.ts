import { createHash, X509Certificate } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import * as z from 'zod';
import {
  agency,
  type DocumentFile,
  type IncomingDocument,
  incomingDocument,
  type OutgoingDocument,
  outgoingDocument,
  person,
  type Recipient,
  referenceNumber,
  urgency,
} from '../contract/document.ts';
import { documentType } from '../contract/document-type.ts';
import { AppError } from '../contract/failure.ts';
import { agencyCode, documentId } from '../contract/identity.ts';
import { fingerprintOf } from '../native/verification/index.ts';
import { actorName } from './act-rules.ts';
import type { ChangeLog } from './change-log.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { Directory } from './directory.ts';
import type { Documents } from './documents.ts';
import type { FileStore } from './file-store.ts';

const seedFiles = z
  .array(z.object({ path: z.string(), name: z.string().min(1).max(255), part: z.enum(['main', 'appendix']) }))
  .min(1)
  .max(20)
  .refine((files) => files.filter(({ part }) => part === 'main').length === 1, 'exactly one main file');

/**
 * What an office outside this province has sent, as the national exchange brings it: nobody here has checked it yet.
 */
const seedArrival = z.object({
  type: documentType,
  subject: z.string().min(1).max(500),
  urgency,
  signerPosition: z.string().max(100),
  issuer: agency,
  reference: referenceNumber,
  recipient: agencyCode,
  files: seedFiles,
});

const seedDocument = z.object({
  type: documentType,
  subject: z.string().min(1).max(500),
  /** The part of the symbol after the number: "QĐ-SKHCN". */
  symbol: z.string().min(1).max(40),
  urgency,
  /** As printed: "GIÁM ĐỐC". */
  signerPosition: z.string().max(100),
  issuer: agencyCode,
  recipients: z.array(agencyCode).max(500),
  files: seedFiles,
});

/** A province to begin with: its agencies, people and certificates, and documents that await a leader's signature. */
export const provinceSeed = z.object({
  agencies: z.array(agency),
  /** Certificates in DER, base64. */
  people: z.array(z.object({ person, certificate: z.base64() })),
  agencyCertificates: z.array(z.object({ agency: agencyCode, certificate: z.base64() })),
  documents: z.array(seedDocument),
  arrivals: z.array(seedArrival).default([]),
});
export type ProvinceSeed = z.infer<typeof provinceSeed>;

interface SeedTarget {
  database: Database;
  log: ChangeLog;
  documents: Documents;
  directory: Directory;
  files: FileStore;
  clock: Clock;
}

/**
 * Puts a seed into the province; what is there already stays as it is, so that seeding twice changes nothing. A
 * document is known again by its place in the seed and what it says. Relative file paths are relative to `folder`.
 *
 * Fails with `input-invalid` {field} for a seed that isn't whole, and as `FileStore.receive` for its files.
 */
export async function plantSeed(seed: ProvinceSeed, target: SeedTarget, folder = '.'): Promise<void> {
  const checked = provinceSeed.safeParse(seed);
  if (!checked.success) {
    const field = `seed.${checked.error.issues[0]?.path.join('.') ?? ''}`;
    throw new AppError('input-invalid', { field }, { cause: checked.error });
  }
  const { agencies, people, agencyCertificates, documents, arrivals } = checked.data;
  target.database.transaction(() => {
    plantPeople(target.database, { agencies, people, agencyCertificates });
  })();
  for (const [index, planned] of documents.entries()) {
    const id = seedId([index, planned.type, planned.subject, planned.symbol, planned.issuer]);
    await plantDocument(planned, id, target, folder);
  }
  for (const [index, planned] of arrivals.entries()) {
    const id = seedId([index, planned.recipient, planned.subject, planned.reference.code]);
    await plantArrival(planned, id, target, folder);
  }
}

function plantPeople(database: Database, seed: Omit<ProvinceSeed, 'documents' | 'arrivals'>): void {
  // A database from before there were other names learns them from the seed that it was made of.
  const addAgency = database.prepare(
    `INSERT INTO agencies (code, name, level, aliases, parent) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (code) DO UPDATE SET aliases = excluded.aliases, parent = excluded.parent
     WHERE aliases = '[]' AND parent IS NULL`,
  );
  for (const { code, name, level, aliases = [], parent = null } of seed.agencies) {
    addAgency.run(code, name, level, JSON.stringify(aliases), parent);
  }
  const addPerson = database.prepare(
    'INSERT OR IGNORE INTO people (id, agency, position, role) VALUES (?, ?, ?, ?)',
  );
  const addCertificate = database.prepare(
    'INSERT OR IGNORE INTO certificates (fingerprint, person_id, agency, der) VALUES (?, ?, ?, ?)',
  );
  const add = (base64: string, personId: string | null, code: string | null) => {
    const certificate = new X509Certificate(Buffer.from(base64, 'base64'));
    addCertificate.run(fingerprintOf(certificate), personId, code, certificate.raw);
  };
  for (const { person: someone, certificate } of seed.people) {
    addPerson.run(someone.id, someone.agency.code, someone.position, someone.role);
    add(certificate, someone.id, null);
  }
  for (const { agency: code, certificate } of seed.agencyCertificates) add(certificate, null, code);
}

async function plantDocument(
  planned: ProvinceSeed['documents'][number],
  id: ReturnType<typeof seedId>,
  target: SeedTarget,
  folder: string,
): Promise<void> {
  const { documents, directory, log, clock } = target;
  if (documents.find(id)) return;
  const held = await adoptFiles(planned.files, target, folder);
  const issuer = agencyOf(planned.issuer, directory);
  const at = clock().toISOString();
  const document: OutgoingDocument = {
    kind: 'outgoing',
    id,
    version: 1,
    type: planned.type,
    subject: planned.subject,
    urgency: planned.urgency,
    issuer,
    signerPosition: planned.signerPosition,
    files: held,
    history: [{ at, act: 'submit', actor: drafterOf(issuer.code, target), note: '' }],
    updatedAt: at,
    state: 'awaitingSignature',
    reference: null,
    symbol: planned.symbol,
    recipients: planned.recipients.map(
      (code): Recipient => ({
        agency: agencyOf(code, directory),
        state: 'sent',
        at: null,
        arrivalNumber: null,
        reason: null,
      }),
    ),
  };
  outgoingDocument.parse(document);
  log.transaction(() =>
    documents.insert({ document, agency: issuer.code, sourceId: null, approverId: null }),
  );
}

async function plantArrival(
  planned: ProvinceSeed['arrivals'][number],
  id: ReturnType<typeof seedId>,
  target: SeedTarget,
  folder: string,
): Promise<void> {
  const { documents, directory, log, clock } = target;
  if (documents.find(id)) return;
  const { recipient, ...facts } = planned;
  const at = clock().toISOString();
  const document: IncomingDocument = incomingDocument.parse({
    ...facts,
    kind: 'incoming',
    id,
    version: 1,
    files: await adoptFiles(planned.files, target, folder),
    history: [{ at, act: 'issue', actor: planned.issuer.name, note: planned.reference.code }],
    updatedAt: at,
    state: 'sent',
    issuedAt: at,
    arrivalNumber: null,
    registeredAt: null,
    reason: null,
  });
  const agency = agencyOf(recipient, directory).code;
  log.transaction(() => documents.insert({ document, agency, sourceId: null, approverId: null }));
}

async function adoptFiles(
  planned: z.infer<typeof seedFiles>,
  { files }: SeedTarget,
  folder: string,
): Promise<DocumentFile[]> {
  const held: DocumentFile[] = [];
  for (const { path, name, part } of planned) {
    const whole = isAbsolute(path) ? path : resolve(folder, path);
    held.push({ ...(await files.adopt(createReadStream(whole))), name, part });
  }
  return held;
}

function agencyOf(code: ProvinceSeed['documents'][number]['issuer'], directory: Directory) {
  const found = directory.agency(code);
  if (!found) throw new AppError('input-invalid', { field: 'seed.documents', agency: code });
  return found;
}

/** The issuer's specialist, where it has one. */
function drafterOf(code: string, { database, directory }: SeedTarget): string {
  const row = database
    .prepare<[string], { id: Parameters<Directory['person']>[0] }>(
      "SELECT id FROM people WHERE agency = ? AND role = 'specialist' ORDER BY id LIMIT 1",
    )
    .get(code);
  const drafter = row && directory.person(row.id);
  return drafter ? actorName(drafter) : code;
}

/** The same place and words give the same id (UUIDv8, RFC 9562 5.8); files may come from another folder next time. */
function seedId(identity: readonly (string | number)[]) {
  const bytes = createHash('sha256').update(JSON.stringify(identity)).digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex', 0, 16);
  return documentId.parse(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
}
