import { randomUUID } from 'node:crypto';
import {
  type DeliveryState,
  type IncomingDocument,
  incomingDocument,
  type OfficialDocument,
  type OutgoingDocument,
  type OutgoingState,
  outgoingDocument,
} from '../../../contract/document.ts';
import { fileDigest } from '../../../contract/identity.ts';
import { type DeskFacts, mainFile, type OpenAct } from '../../../native/workflow/desk-facts.ts';

const issuer = { code: 'H99.18', name: 'Sở Thử Nghiệm', level: 'province' };
const reference = { number: 5, code: '05/QĐ-STN', date: '2026-11-20' };

function core(content: string) {
  return {
    id: randomUUID(),
    version: 1,
    type: 'quyet-dinh',
    subject: 'Về việc thử nghiệm',
    urgency: 'normal',
    issuer,
    signerPosition: 'GIÁM ĐỐC',
    files: [{ digest: content.repeat(64), name: 'quyet-dinh.pdf', bytes: 10, part: 'main' }],
    history: [],
    updatedAt: '2026-11-20T01:00:00.000Z',
  };
}

/** `content`: one hexadecimal digit that stands for the main file's bytes. */
export function outgoing(state: OutgoingState, content = 'a'): OutgoingDocument {
  const numbered = state === 'awaitingSeal' || state === 'issued';
  return outgoingDocument.parse({
    ...core(content),
    kind: 'outgoing',
    state,
    symbol: 'QĐ-STN',
    reference: numbered ? reference : null,
    recipients: [],
  });
}

export function incoming(state: DeliveryState): IncomingDocument {
  return incomingDocument.parse({
    ...core('c'),
    kind: 'incoming',
    state,
    reference,
    issuedAt: '2026-11-20T01:00:00.000Z',
    arrivalNumber: state === 'registered' ? 7 : null,
    registeredAt: null,
    reason: null,
  });
}

export const nothing: DeskFacts = { open: [], signed: [] };

function signed(document: OfficialDocument, purpose: 'approval' | 'seal', name: string): DeskFacts {
  const sourceDigest = fileDigest.parse(mainFile(document)?.digest);
  const digest = fileDigest.parse('f'.repeat(64));
  return { open: [], signed: [{ purpose, sourceDigest, digest, bytes: 20, name }] };
}

export function approvedHere(document: OfficialDocument): DeskFacts {
  return signed(document, 'approval', 'approved.pdf');
}

export function sealedHere(document: OfficialDocument): DeskFacts {
  return signed(document, 'seal', 'sealed.pdf');
}

export function openAct(act: OpenAct['act'], state: OpenAct['state']): OpenAct {
  return { act, state, documentVersion: 1 };
}
