import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { agency, type OfficialDocument, type OutgoingDocument, person } from '../../../contract/document.ts';
import { type Failure, failure } from '../../../contract/failure.ts';
import { type FileDigest, fileDigest, idempotencyKey } from '../../../contract/identity.ts';
import { provinceContract } from '../../../contract/province.ts';
import { type ProvinceSeed, provinceSeed } from '../../../server/seed.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../../server/server.ts';
import type { LogEntry } from '../../../server/server-log.ts';
import { AppendedFileCheck } from './appended-file-check.ts';
import { Authority, answerOf, type Identity, ListedIdentityCheck } from './identities.ts';

export type Client = ContractRouterClient<typeof provinceContract>;

const department = agency.parse({ code: 'H99.18', name: 'Sở Thử Nghiệm', level: 'province' });
const commune = agency.parse({ code: 'H99.166', name: 'Xã Thử Nghiệm', level: 'commune' });
const otherCommune = agency.parse({ code: 'H99.167', name: 'Xã Thí Điểm', level: 'commune' });
export const agencies = { department, commune, otherCommune };

export const people = {
  leader: person.parse({ id: 'p-leader', position: 'Giám đốc', role: 'leader', agency: department }),
  clerk: person.parse({ id: 'p-clerk', position: 'Văn thư', role: 'clerk', agency: department }),
  specialist: person.parse({ id: 'p-spec', position: 'Chuyên viên', role: 'specialist', agency: department }),
  communeClerk: person.parse({ id: 'p-commune', position: 'Văn thư', role: 'clerk', agency: commune }),
};
export type Who = keyof typeof people;

/** A fresh key for each intention, as a client mints one. */
export const newKey = () => idempotencyKey.parse(randomUUID());

/** One province server with its people, on a folder of its own. */
export class TestProvince {
  readonly dir: string;
  readonly authority: Authority;
  readonly identities: Record<Who, Identity>;
  readonly identityCheck: ListedIdentityCheck;
  readonly seed: ProvinceSeed;
  readonly log: LogEntry[] = [];
  /** Null for the machine's own clock. */
  now: Date | null = null;
  #server: RunningServer | null = null;
  readonly #bearers = new Map<Who, string>();

  private constructor(
    dir: string,
    authority: Authority,
    identities: Record<Who, Identity>,
    seed: ProvinceSeed,
  ) {
    this.dir = dir;
    this.authority = authority;
    this.identities = identities;
    this.identityCheck = new ListedIdentityCheck(authority.certificate);
    this.seed = seed;
  }

  /** Mints the people and writes a seed with so many drafts; starts nothing yet. */
  static async create(drafts: number): Promise<TestProvince> {
    const dir = await mkdtemp(join(tmpdir(), 'antin-server-'));
    await mkdir(join(dir, 'pki'));
    const authority = await Authority.create(join(dir, 'pki'));
    const names = Object.keys(people) as Who[];
    const issued = await Promise.all(names.map(async (name) => [name, await authority.issue(name)] as const));
    const identities = Object.fromEntries(issued) as Record<Who, Identity>;
    const seal = await authority.issue('seal');
    const documents = [];
    for (let index = 0; index < drafts; index += 1) {
      const path = join(dir, `draft-${index}.pdf`);
      await writeFile(path, `%PDF-1.7\n% draft ${index}\n%%EOF\n`);
      documents.push({
        type: 'quyet-dinh',
        subject: `Về việc thử nghiệm ${index}`,
        symbol: 'QĐ-STN',
        urgency: 'normal',
        signerPosition: 'GIÁM ĐỐC',
        issuer: department.code,
        recipients: [commune.code],
        files: [{ path, name: 'quyet-dinh.pdf', part: 'main' }],
      });
    }
    const seed = provinceSeed.parse({
      agencies: Object.values(agencies),
      people: names.map((name) => ({ person: people[name], certificate: identities[name].encoded })),
      agencyCertificates: [{ agency: department.code, certificate: seal.encoded }],
      documents,
    });
    return new TestProvince(dir, authority, identities, seed);
  }

  get url(): string {
    if (!this.#server) throw new Error('the server is not running');
    return this.#server.url;
  }

  get dataDir(): string {
    return join(this.dir, 'data');
  }

  async start(options: Partial<ServerOptions> = {}): Promise<this> {
    this.#server = await startServer({
      dataDir: this.dataDir,
      port: 0,
      anchors: [this.authority.certificate],
      seed: this.seed,
      identityCheck: this.identityCheck,
      signedFileCheck: new AppendedFileCheck(),
      clock: () => this.now ?? new Date(),
      log: (entry) => this.log.push(entry),
      ...options,
    });
    return this;
  }

  async stop(): Promise<void> {
    await this.#server?.close();
    this.#server = null;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dir, { recursive: true, force: true });
  }

  /** A typed client of the contract, with a bearer or without. */
  client(bearer?: string, url = this.url): Client {
    return createORPCClient(
      new OpenAPILink(provinceContract, {
        url,
        headers: () => (bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      }),
    );
  }

  /** Signs in anew. */
  async signIn(who: Who, url = this.url): Promise<string> {
    const client = this.client(undefined, url);
    const identity = this.identities[who];
    const { challengeId, statement } = await client.auth.challenge({ certificate: identity.encoded });
    const signature = answerOf(identity, statement);
    const { bearer } = await client.auth.open({ challengeId, certificate: identity.encoded, signature });
    return bearer;
  }

  /** The bearer of a session of this person; sessions outlive a restart. */
  async bearer(who: Who): Promise<string> {
    const known = this.#bearers.get(who) ?? (await this.signIn(who));
    this.#bearers.set(who, known);
    return known;
  }

  async as(who: Who): Promise<Client> {
    return this.client(await this.bearer(who));
  }

  async drafts(): Promise<OutgoingDocument[]> {
    const { documents } = await (await this.as('leader')).sync.changes({});
    return documents.filter((document) => document.kind === 'outgoing');
  }

  async fetchFile(who: Who, digest: FileDigest, init: RequestInit = {}): Promise<Response> {
    const authorization = `Bearer ${await this.bearer(who)}`;
    return fetch(`${this.url}/files/${digest}`, { ...init, headers: { ...init.headers, authorization } });
  }

  /** Uploads bytes under their true digest. */
  async upload(who: Who, bytes: Uint8Array<ArrayBuffer>): Promise<FileDigest> {
    const digest = digestOf(bytes);
    const response = await this.fetchFile(who, digest, { method: 'PUT', body: bytes });
    if (!response.ok) throw new Error(`upload: ${response.status} ${await response.text()}`);
    return digest;
  }

  /** A document's main file with a line added, uploaded: what a signature looks like to `AppendedFileCheck`. */
  async uploadContinued(who: Who, document: OutgoingDocument, line: string): Promise<FileDigest> {
    const digest = document.files[0]?.digest ?? '';
    const held = await readFile(join(this.dataDir, 'files', digest.slice(0, 2), digest));
    return this.upload(who, new Uint8Array(Buffer.concat([held, Buffer.from(`${line}\n`)])));
  }

  async approve(document: OutgoingDocument): Promise<OutgoingDocument> {
    const file = await this.uploadContinued('leader', document, 'signed by approver');
    return (await this.as('leader')).documents.approve({ ...decidedOn(document), file });
  }

  async number(document: OutgoingDocument): Promise<OutgoingDocument> {
    return (await this.as('clerk')).documents.assignNumber(decidedOn(document));
  }

  async issue(document: OutgoingDocument, recipients = [commune.code]): Promise<OutgoingDocument> {
    const file = await this.uploadContinued('clerk', document, 'signed by agency');
    return (await this.as('clerk')).documents.issue({ ...decidedOn(document), file, recipients });
  }
}

/** What every act of a person's says of the document that they see, under a key of its own. */
export function decidedOn({ id, version, files }: OfficialDocument) {
  const main = files.find(({ part }) => part === 'main');
  if (!main) throw new Error('no main file');
  return { id, version, key: newKey(), basedOn: main.digest };
}

export function digestOf(bytes: Uint8Array): FileDigest {
  return fileDigest.parse(createHash('sha256').update(bytes).digest('hex'));
}

/** The contract's failure that a call ended with. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ORPCError && error.defined) return failure.parse(error.data);
    throw error;
  }
  throw new Error('the call succeeded');
}
