import type { HistoryEntry, IncomingDocument, Person } from '../contract/document.ts';
import type { GateOverride } from '../contract/gate.ts';
import { actorName } from './act-rules.ts';

/** What each act makes of an incoming document: pure steps, like outgoing-steps.ts. Codes of QĐ 28/2018/QĐ-TTg. */
function next(
  document: IncomingDocument,
  change: Partial<IncomingDocument>,
  entry: Omit<HistoryEntry, 'at'>,
  at: string,
): IncomingDocument {
  return {
    ...document,
    ...change,
    version: document.version + 1,
    updatedAt: at,
    history: [...document.history, { at, ...entry }],
  };
}

/** 01 đã đến. */
export function arrived(document: IncomingDocument, by: Person, at: string): IncomingDocument {
  return next(document, { state: 'arrived' }, { act: 'arrive', actor: actorName(by), note: '' }, at);
}

/** 03 đã tiếp nhận, with its số đến. */
export function registered(
  document: IncomingDocument,
  by: Person,
  arrivalNumber: number,
  at: string,
): IncomingDocument {
  return next(
    document,
    { state: 'registered', arrivalNumber, registeredAt: at },
    { act: 'register', actor: actorName(by), note: String(arrivalNumber) },
    at,
  );
}

/** The clerk's decision that a document with unsound signatures is registered all the same: stays with it for good. */
export function overridden(
  document: IncomingDocument,
  by: Person,
  override: GateOverride,
  at: string,
): IncomingDocument {
  const actor = actorName(by);
  const entry = { at, act: 'override' as const, actor, note: override.reason };
  return { ...document, override: { ...override, by: actor, at }, history: [...document.history, entry] };
}

/** That a signature's hash was SHA-1, and that the office's policy puts up with it: stays with the document. */
export function admittedObsolete(document: IncomingDocument, by: Person, at: string): IncomingDocument {
  const entry = { at, act: 'admitObsolete' as const, actor: actorName(by), note: '' };
  return { ...document, history: [...document.history, entry] };
}

/** 02 từ chối tiếp nhận. */
export function refused(
  document: IncomingDocument,
  by: Person,
  reason: string,
  at: string,
): IncomingDocument {
  return next(
    document,
    { state: 'refused', reason },
    { act: 'refuse', actor: actorName(by), note: reason },
    at,
  );
}
