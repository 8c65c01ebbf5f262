import { X509Certificate } from 'node:crypto';
import type { Agency, Person } from '../contract/document.ts';
import type { AgencyCode, PersonId } from '../contract/identity.ts';
import type { Database } from './database.ts';

interface AgencyRow {
  code: string;
  name: string;
  level: string;
  aliases: string;
  parent: string | null;
}

interface PersonRow extends AgencyRow {
  id: string;
  position: string;
  role: string;
}

interface CertificateRow {
  der: Buffer;
}

/**
 * Who is who: agencies, people, and whose certificate is whose, by the fingerprint that verification gives it. A
 * person is who a registered certificate says.
 */
export class Directory {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  agency(code: AgencyCode): Agency | null {
    const row = this.#database
      .prepare<[string], AgencyRow>('SELECT code, name, level, aliases, parent FROM agencies WHERE code = ?')
      .get(code);
    return row ? agencyOf(row) : null;
  }

  person(id: PersonId): Person | null {
    return this.#personWhere('p.id = ?', id);
  }

  /** The person whose certificate has this fingerprint; null for an agency's certificate, too. */
  personByCertificate(fingerprint: string): Person | null {
    return this.#personWhere(
      'p.id = (SELECT person_id FROM certificates WHERE fingerprint = ?)',
      fingerprint,
    );
  }

  /** DER of a registered certificate; null where there is none of that fingerprint. */
  certificate(fingerprint: string): Buffer | null {
    const row = this.#database
      .prepare<[string], CertificateRow>('SELECT der FROM certificates WHERE fingerprint = ?')
      .get(fingerprint);
    return row?.der ?? null;
  }

  /** All certificates registered to a person: a renewed one is added, the old one stays for what it has signed. */
  personCertificates(id: PersonId): X509Certificate[] {
    return this.#certificates('SELECT der FROM certificates WHERE person_id = ?', id);
  }

  agencyCertificates(code: AgencyCode): X509Certificate[] {
    return this.#certificates('SELECT der FROM certificates WHERE agency = ?', code);
  }

  #personWhere(condition: string, value: string): Person | null {
    const row = this.#database
      .prepare<[string], PersonRow>(
        `SELECT p.id, p.position, p.role, a.code, a.name, a.level, a.aliases, a.parent
         FROM people p JOIN agencies a ON a.code = p.agency WHERE ${condition}`,
      )
      .get(value);
    if (!row) return null;
    const { id, position, role } = row;
    // Written by the seed, which has checked them against the contract.
    return { id, position, role, agency: agencyOf(row) } as Person;
  }

  #certificates(sql: string, owner: string): X509Certificate[] {
    return this.#database
      .prepare<[string], CertificateRow>(sql)
      .all(owner)
      .map(({ der }) => new X509Certificate(der));
  }
}

function agencyOf({ code, name, level, aliases, parent }: AgencyRow): Agency {
  const others = JSON.parse(aliases) as string[];
  // Written by the seed, which has checked them against the contract.
  return {
    ...{ code, name, level },
    ...(others.length > 0 && { aliases: others }),
    ...(parent !== null && { parent }),
  } as Agency;
}
