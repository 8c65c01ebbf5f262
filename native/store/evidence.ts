import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { KeptEvidence } from '../../contract/evidence.ts';
import { AppError } from '../../contract/failure.ts';
import type { FileDigest } from '../../contract/identity.ts';
import { type VerificationReport, verificationReport } from '../../contract/verdict.ts';

/** Certificates, OCSP answers and revocation lists in DER, as they were fetched. */
export interface EvidencePieces {
  readonly certificates: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

const row = z.object({ kept_at: z.string(), report: z.string().nullable() });
const counted = z.object({ kind: z.enum(['certificate', 'ocsp', 'crl']), pieces: z.int() });

/** What verdicts rested on, kept with the files until somebody has it destroyed (TT 15/2025 Đ5 K6, Đ6 K2). */
export class Evidence {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Keeps a verdict with its evidence. The first one that says something stays, since it is nearest to the signing;
   * one that lacked information gives way to a later one. What was destroyed isn't kept again.
   */
  keep(digest: FileDigest, report: VerificationReport, pieces: EvidencePieces, now: Date): void {
    const known = this.#read(digest);
    if (known && known.report?.verdict !== 'indeterminate') return;
    this.#database
      .prepare(
        `INSERT INTO evidence (digest, kept_at, report) VALUES (?, ?, ?)
         ON CONFLICT (digest) DO UPDATE SET kept_at = excluded.kept_at, report = excluded.report`,
      )
      .run(digest, now.toISOString(), JSON.stringify(report));
    this.#forget(digest);
    const kinds = { certificate: pieces.certificates, ocsp: pieces.ocsps, crl: pieces.crls };
    for (const [kind, all] of Object.entries(kinds)) for (const bytes of all) this.#use(digest, kind, bytes);
  }

  /** What is kept of a file's verdict; null where nothing is, or it was destroyed. */
  find(digest: FileDigest): KeptEvidence | null {
    const known = this.#read(digest);
    if (!known?.report) return null;
    const counts = { certificate: 0, ocsp: 0, crl: 0 };
    const rows = this.#database
      .prepare(
        `SELECT kind, count(*) AS pieces FROM evidence_use JOIN evidence_piece USING (hash) WHERE digest = ? GROUP BY kind`,
      )
      .all(digest);
    for (const each of rows) {
      const { kind, pieces } = counted.parse(each);
      counts[kind] = pieces;
    }
    const { certificate: certificates, ocsp: ocsps, crl: crls } = counts;
    return { keptAt: known.keptAt, verdict: known.report.verdict, certificates, ocsps, crls };
  }

  /**
   * Destroys it, the pieces that no other file rests on included; after the next checkpoint the files hold none of
   * its bytes. The daily copies do until the newest seven are younger. Fails with `document-state` where there is
   * none.
   */
  destroy(digest: FileDigest, now: Date): void {
    const { changes } = this.#database
      .prepare(`UPDATE evidence SET report = NULL, destroyed_at = ? WHERE digest = ? AND report IS NOT NULL`)
      .run(now.toISOString(), digest);
    if (changes !== 1) throw new AppError('document-state');
    this.#forget(digest);
  }

  /**
   * The report is null where it was destroyed, and undefined where what stands there can't be read: that stays as it
   * is, and the document opens without it.
   */
  #read(digest: FileDigest): { keptAt: string; report: VerificationReport | null | undefined } | null {
    const found = this.#database.prepare('SELECT kept_at, report FROM evidence WHERE digest = ?').get(digest);
    if (found === undefined) return null;
    const { kept_at, report } = row.parse(found);
    return { keptAt: kept_at, report: report === null ? null : readReport(report) };
  }

  #use(digest: FileDigest, kind: string, bytes: Uint8Array): void {
    const hash = createHash('sha256').update(bytes).digest('hex');
    this.#database
      .prepare('INSERT OR IGNORE INTO evidence_piece (hash, kind, bytes) VALUES (?, ?, ?)')
      .run(hash, kind, bytes);
    this.#database
      .prepare('INSERT OR IGNORE INTO evidence_use (digest, hash) VALUES (?, ?)')
      .run(digest, hash);
  }

  #forget(digest: FileDigest): void {
    this.#database.prepare('DELETE FROM evidence_use WHERE digest = ?').run(digest);
    this.#database
      .prepare('DELETE FROM evidence_piece WHERE hash NOT IN (SELECT hash FROM evidence_use)')
      .run();
  }
}

function readReport(text: string): VerificationReport | undefined {
  try {
    return verificationReport.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
