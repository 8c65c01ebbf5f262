import { X509Certificate } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import { plainLine } from '../../contract/plain-text.ts';
import type { AnchorCertificate, KnownAuthority, TrustAnchor, TrustState } from '../../contract/trust.ts';
import type { StoredAnchor } from '../store/added-anchor.ts';
import { fileFailure } from '../store/file-failure.ts';
import type { WorkStore } from '../store/work-store.ts';
import {
  anchorFacts,
  anchorFault,
  type Fetcher,
  fetchLimits,
  fingerprintOf,
  readAnchors,
} from '../verification/index.ts';
import type { Confirmations } from './confirmations.ts';
import { knownAuthorities } from './known-authorities.ts';
import type { FilePicker } from './ports.ts';
import type { OpenSession, Session } from './session.ts';

const maxFileBytes = 1024 * 1024;
const maxAdded = 64;
const maxNameLength = 200;

export interface TrustStoreParts {
  readonly work: WorkStore;
  readonly session: Pick<Session, 'require' | 'current'>;
  /** No server, no sign-in: whoever sits here decides, with the shell's dialog before them. */
  readonly withoutServer: boolean;
  /** What the configuration names. */
  readonly configured: readonly X509Certificate[];
  readonly picker: () => Pick<FilePicker, 'pickCertificate'> | null;
  readonly confirmations: Pick<Confirmations, 'require'>;
  readonly fetcher: Fetcher;
  readonly now: () => Date;
  /** Every verdict may be another one now. */
  readonly onChange: () => void;
  /** For tests; by default, the state's. */
  readonly known?: readonly KnownAuthority[];
}

/**
 * Whom this desk trusts (TT 15/2025 Đ5 K4, Đ6 K2): the configuration's authorities and those that a person added. A
 * page can't add what it likes: only a certificate out of a file that the person chose in the shell's own dialog, in
 * this run, or one of the state's authorities, whose fingerprint is known beforehand. Each change names its person in
 * the audit.
 */
export class TrustStore {
  readonly #parts: TrustStoreParts;
  readonly #known: readonly KnownAuthority[];
  readonly #configured: readonly X509Certificate[];
  /** What the person picked in this run, by fingerprint. */
  readonly #picked = new Map<string, X509Certificate>();
  #anchors: X509Certificate[];

  constructor(parts: TrustStoreParts) {
    this.#parts = parts;
    this.#known = parts.known ?? knownAuthorities;
    // One that our reader can't take would be no use to a verdict, and must not keep the list from being shown.
    this.#configured = parts.configured.filter(({ raw }) => readAnchors(raw).length === 1);
    this.#anchors = this.#read();
    this.#noteUnconfirmed();
  }

  /** The certificates that verdicts rest on, as they are now. */
  get anchors(): X509Certificate[] {
    return this.#anchors;
  }

  state(): TrustState {
    const configured = this.#configured.map(
      (certificate): TrustAnchor => ({
        ...this.#facts(certificate),
        ...{ source: 'configured', addedAt: null, addedBy: null },
      }),
    );
    const added = this.#added();
    const shown = (anchors: readonly StoredAnchor[]) => anchors.map((each) => this.#shown(each));
    const anchors = onceEach([...configured, ...shown(added.filter((each) => this.#isConfirmed(each)))]);
    const trusted = new Set(anchors.map(({ fingerprint }) => fingerprint));
    return {
      anchors,
      known: this.#known.filter(({ fingerprint }) => !trusted.has(fingerprint)),
      unconfirmed: shown(added.filter((each) => !this.#isConfirmed(each)).slice(0, maxAdded)),
    };
  }

  /**
   * Has the person choose a certificate's file and tells what is in it; nothing is trusted yet. Null where they
   * cancel, or there is no shell to ask them. Fails with `anchor-unsuitable` {file, reason} where it holds no
   * certificate of an authority, and as reading a file does.
   */
  async pick(): Promise<AnchorCertificate[] | null> {
    const path = (await this.#parts.picker()?.pickCertificate()) ?? null;
    return path === null ? null : this.offer(path);
  }

  /** What the file holds, ready to be added. Fails as `pick`. */
  async offer(path: string): Promise<AnchorCertificate[]> {
    const found = readAnchors(await readBounded(path));
    const suitable = found.filter((certificate) => anchorFault(certificate) === null);
    if (suitable.length === 0) {
      const reason = found[0] ? anchorFault(found[0]) : null;
      throw new AppError('anchor-unsuitable', {
        file: basename(path),
        reason: reason ?? 'no-certificate',
      });
    }
    for (const certificate of suitable) this.#picked.set(fingerprintOf(certificate), certificate);
    return suitable.map((certificate) => this.#facts(certificate));
  }

  /**
   * Trusts what was picked, or one of the state's authorities, whose certificate is then fetched, once the person has
   * said yes to its fingerprint in the shell's dialog. Changes nothing where it is trusted already. Fails with
   * `cancelled` where they don't, `session-missing`, `not-permitted` for a fingerprint of neither kind,
   * `anchor-unavailable` {subject, url, reason} where no answer came or another certificate, and as writing to the
   * store does.
   */
  async add(fingerprint: string): Promise<TrustState> {
    this.#requireWritable();
    if (this.state().anchors.some((anchor) => anchor.fingerprint === fingerprint)) return this.state();
    const certificate = this.#picked.get(fingerprint) ?? (await this.#fetch(fingerprint));
    const { work, now, confirmations } = this.#parts;
    const { subject } = anchorFacts(certificate);
    await confirmations.require({ step: 'trustAdd', subject, fingerprint });
    // After all waiting: whoever has signed out meanwhile adds nothing.
    const person = this.#who();
    work.transaction(() => {
      if (work.addedAnchors.list().filter((each) => this.#isConfirmed(each)).length >= maxAdded) {
        throw new AppError('anchor-unsuitable', { reason: 'anchors-too-many', limit: maxAdded });
      }
      const at = { addedAt: now(), addedBy: person ? `${person.position}, ${person.agency.name}` : '' };
      work.addedAnchors.add({ fingerprint, certificate: certificate.raw, ...at });
      this.#record('trustAdd', fingerprint, certificate, person?.id ?? null);
    });
    return this.#changed();
  }

  /**
   * Takes an added one away, with the person's yes. Fails with `session-missing`, `cancelled`, and with
   * `not-permitted` for the configuration's own.
   */
  async remove(fingerprint: string): Promise<TrustState> {
    this.#requireWritable();
    const { work, confirmations } = this.#parts;
    const added = work.addedAnchors.list().find((each) => each.fingerprint === fingerprint);
    if (added) {
      const certificate = readable(added);
      const subject = certificate ? anchorFacts(certificate).subject : fingerprint;
      await confirmations.require({ step: 'trustRemove', subject, fingerprint });
    }
    const person = this.#who();
    const removed = work.transaction(() => {
      const found = work.addedAnchors.list().find((each) => each.fingerprint === fingerprint);
      if (!found) return false;
      work.addedAnchors.remove(fingerprint);
      this.#record('trustRemove', fingerprint, readable(found), person?.id ?? null);
      return true;
    });
    if (removed) return this.#changed();
    if (this.#configured.some((each) => fingerprintOf(each) === fingerprint)) {
      throw new AppError('not-permitted');
    }
    return this.state();
  }

  async #fetch(fingerprint: string): Promise<X509Certificate> {
    const known = this.#known.find((each) => each.fingerprint === fingerprint);
    if (!known) throw new AppError('not-permitted');
    const { name: subject, url } = known;
    let answer: Uint8Array;
    try {
      answer = await this.#parts.fetcher.get(url, fetchLimits.certificates);
    } catch (cause) {
      throw new AppError('anchor-unavailable', { subject, url, reason: 'no-answer' }, { cause });
    }
    // Over plain HTTP anybody on the way could have answered: the fingerprint alone decides.
    const found = readAnchors(answer).find((each) => fingerprintOf(each) === fingerprint);
    if (!found) throw new AppError('anchor-unavailable', { subject, url, reason: 'other-certificate' });
    return found;
  }

  /** Fails with `session-missing` where there is a server and nobody has signed in. */
  #who(): OpenSession['person'] | null {
    const { session, withoutServer } = this.#parts;
    return session.current === null && withoutServer ? null : session.require().person;
  }

  #requireWritable(): void {
    this.#who();
    if (this.#parts.work.finding.kind === 'newer') throw new AppError('store-newer');
  }

  #record(
    event: 'trustAdd' | 'trustRemove',
    fingerprint: string,
    certificate: X509Certificate | null,
    personId: OpenSession['person']['id'] | null,
  ): void {
    const { work, now } = this.#parts;
    const subject = certificate ? anchorFacts(certificate).subject : '';
    work.audit.add({ event, personId, documentId: null, detail: { fingerprint, subject } }, now());
  }

  #changed(): TrustState {
    this.#anchors = this.#read();
    this.#parts.onChange();
    return this.state();
  }

  #read(): X509Certificate[] {
    const added = this.#added().filter((each) => this.#isConfirmed(each));
    return [...this.#configured, ...added.map(({ certificate }) => new X509Certificate(certificate))];
  }

  /** Those that are certificates at all; whoever can write the database can put anything there. */
  #added(): StoredAnchor[] {
    return this.#parts.work.addedAnchors.list().filter((each) => readable(each) !== null);
  }

  /** Put there by this program, and not taken away since: a row of then, put back, has its MAC still. */
  #isConfirmed({ confirmed, fingerprint }: StoredAnchor): boolean {
    if (!confirmed) return false;
    return this.#parts.work.audit.lastOf(['trustAdd', 'trustRemove'], fingerprint) === 'trustAdd';
  }

  #shown({ certificate, addedAt, addedBy }: StoredAnchor): TrustAnchor {
    const at = Number.isNaN(addedAt.getTime()) ? null : addedAt.toISOString();
    return {
      ...this.#facts(new X509Certificate(certificate)),
      ...{ source: 'added', addedAt: at, addedBy: plainLine(addedBy, maxNameLength) },
    };
  }

  /** Once for each, until something is done about it. */
  #noteUnconfirmed(): void {
    const { work, now } = this.#parts;
    if (work.finding.kind === 'newer') return;
    for (const each of work.addedAnchors.list().slice(0, maxAdded)) {
      const { fingerprint } = each;
      if (this.#isConfirmed(each)) continue;
      if (work.audit.lastOf(['trustAdd', 'trustRemove', 'anchorIgnored'], fingerprint) === 'anchorIgnored')
        continue;
      const detail = { fingerprint: fingerprint.slice(0, maxNameLength) };
      work.audit.add({ event: 'anchorIgnored', personId: null, documentId: null, detail }, now());
    }
  }

  #facts(certificate: X509Certificate): AnchorCertificate {
    const facts = anchorFacts(certificate);
    const known = this.#known.find(({ fingerprint }) => fingerprint === facts.fingerprint);
    return { ...facts, knownAs: known?.name ?? null };
  }
}

function readable({ certificate }: StoredAnchor): X509Certificate | null {
  const [only] = readAnchors(certificate);
  return only ?? null;
}

function onceEach(anchors: readonly TrustAnchor[]): TrustAnchor[] {
  const first = new Map<string, TrustAnchor>();
  for (const anchor of anchors) if (!first.has(anchor.fingerprint)) first.set(anchor.fingerprint, anchor);
  return [...first.values()];
}

async function readBounded(path: string): Promise<Uint8Array> {
  try {
    const handle = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(maxFileBytes + 1);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
      if (bytesRead > maxFileBytes) {
        throw new AppError('file-too-large', { file: basename(path), limit: maxFileBytes });
      }
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileFailure(error);
  }
}
