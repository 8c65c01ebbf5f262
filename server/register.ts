import type { ReferenceNumber } from '../contract/document.ts';
import type { DocumentType } from '../contract/document-type.ts';
import type { AgencyCode, DocumentId } from '../contract/identity.ts';
import { vietNamDate } from './clock.ts';
import type { Database } from './database.ts';

/** Sổ đăng ký văn bản đi, sổ đăng ký văn bản đến: each agency has both, and they count apart. */
export type RegisterName = 'outgoing' | 'incoming';

interface RegisterEntry {
  number: number;
  /** Viet Nam's calendar day, YYYY-MM-DD. */
  date: string;
}

/**
 * Which series a type of document is counted in. How series are split is for the head of the agency to decide (NĐ 30/2020
 * Đ15): here all types share one, and an agency that splits them changes only this answer; a new name starts at 1.
 */
export function seriesOf(_agency: AgencyCode, _type: DocumentType): string {
  return 'general';
}

/** Số và ký hiệu as printed: a number below 10 gets a leading 0 (NĐ 30/2020 PL I). */
export function printedCode(number: number, symbol: string): string {
  return `${String(number).padStart(2, '0')}/${symbol}`;
}

/** Gives numbers: from 1 each year, in time order, without gaps (NĐ 30/2020 Đ15, Đ22). */
export class Register {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Takes the next number, inside the transaction of the act that it is for: an act that fails gives it back. The date is
   * the server's day, but never before one already given: a clock that was put back must not upset the order.
   */
  take(entry: {
    agency: AgencyCode;
    register: RegisterName;
    series: string;
    documentId: DocumentId;
    at: Date;
  }): RegisterEntry {
    const { agency, register, series, documentId } = entry;
    const today = vietNamDate(entry.at);
    const latest = this.#database
      .prepare<[string, string], { date: string | null }>(
        'SELECT max(date) AS date FROM register_numbers WHERE agency = ? AND register = ?',
      )
      .get(agency, register)?.date;
    const date = latest && latest > today ? latest : today;
    const year = Number(date.slice(0, 4));
    const last = this.#database
      .prepare<[string, string, string, number], { number: number | null }>(
        `SELECT max(number) AS number FROM register_numbers
         WHERE agency = ? AND register = ? AND series = ? AND year = ?`,
      )
      .get(agency, register, series, year)?.number;
    const number = (last ?? 0) + 1;
    this.#database
      .prepare(
        `INSERT INTO register_numbers (agency, register, series, year, number, date, document_id)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(agency, register, series, year, number, date, documentId);
    return { number, date };
  }

  takeReference(entry: {
    agency: AgencyCode;
    type: DocumentType;
    symbol: string;
    documentId: DocumentId;
    at: Date;
  }): ReferenceNumber {
    const { agency, documentId, at } = entry;
    const series = seriesOf(agency, entry.type);
    const { number, date } = this.take({ agency, register: 'outgoing', series, documentId, at });
    return { number, code: printedCode(number, entry.symbol), date };
  }
}
