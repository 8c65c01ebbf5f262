import { oc } from '@orpc/contract';
import * as z from 'zod';
import { incomingDocument, officialDocument, outgoingDocument, person } from './document.ts';
import { failure } from './failure.ts';
import { gateOverride } from './gate.ts';
import { agencyCode, documentId, fileDigest, idempotencyKey, instant } from './identity.ts';
import { paragraphs } from './plain-text.ts';

/**
 * The seam between a client and the provincial document server: HTTP with JSON, described to others by the OpenAPI
 * document that the server makes of this file and serves at /openapi.json.
 *
 * Every act carries an idempotency key. The server keeps the answer with the key: the same request again gets the same
 * answer and changes nothing; another request under the same key fails with `idempotency-conflict`. Files travel beside
 * the calls, named by their SHA-256, so that sending one twice is harmless: `PUT /files/{digest}`,
 * `GET /files/{digest}` (with Range) and `HEAD /files/{digest}`, all with the session's bearer token.
 */
const base = oc.errors({
  FAILURE: { status: 422, data: failure },
  UNAUTHORIZED: { status: 401, data: failure },
});

export const challenge = z.object({
  challengeId: z.uuid(),
  /** Text that the token signs, whole, with its certificate's key and SHA-256. It names the server and the purpose, so
   * that an answer can't be used elsewhere or later. */
  statement: z.string().min(32).max(2000),
  expiresAt: instant,
});
export type Challenge = z.infer<typeof challenge>;

export const openedSession = z.object({
  /** Bearer token for the Authorization header; a secret. */
  bearer: z.string().min(32).max(200),
  expiresAt: instant,
  person,
});
export type OpenedSession = z.infer<typeof openedSession>;

const auth = {
  challenge: base
    .route({ method: 'POST', path: '/auth/challenge', summary: 'Ask for a statement to sign in with' })
    .input(z.object({ certificate: z.base64().max(20_000) }))
    .output(challenge),
  open: base
    .route({ method: 'POST', path: '/auth/session', summary: "Open a session with the token's answer" })
    .input(
      z.object({
        challengeId: z.uuid(),
        certificate: z.base64().max(20_000),
        /** RSA PKCS#1 v1.5 or ECDSA (r‖s as in PKCS#11) over SHA-256 of the statement's UTF-8 bytes. */
        signature: z.base64().max(4000),
      }),
    )
    .output(openedSession),
  close: base
    .route({ method: 'POST', path: '/auth/close', summary: 'Close the session' })
    .input(z.object({}))
    .output(z.object({})),
};

export const changePage = z.object({
  /** Documents as they now stand, in the server's commit order. Applied together with `cursor`, or not at all. */
  documents: z.array(officialDocument).max(200),
  cursor: z.string().max(100),
  more: z.boolean(),
  serverTime: instant,
});
export type ChangePage = z.infer<typeof changePage>;

const sync = {
  changes: base
    .route({
      method: 'GET',
      path: '/changes',
      summary: "What has changed for this session's person since a cursor",
    })
    .input(
      z.object({
        cursor: z.string().max(100).optional(),
        /** How long the server may hold the answer back while there is nothing new, in seconds. */
        waitSeconds: z.coerce.number().int().min(0).max(30).default(0),
      }),
    )
    .output(changePage),
};

const act = { id: documentId, key: idempotencyKey, version: z.int().positive() };

/**
 * An act that a person decided on: `basedOn` is the document's main file as it was shown to them. Fails with
 * `document-changed` where the document is another by now.
 */
const decided = { ...act, basedOn: fileDigest };

const documents = {
  approve: base
    .route({
      method: 'POST',
      path: '/documents/{id}/approve',
      summary: "The leader's signed file replaces the draft",
    })
    .input(z.object({ ...decided, file: fileDigest }))
    .output(outgoingDocument),
  return: base
    .route({
      method: 'POST',
      path: '/documents/{id}/return',
      summary: 'Give back to its drafter what is not issued',
    })
    .input(z.object({ ...decided, reason: paragraphs(2000).min(1) }))
    .output(outgoingDocument),
  assignNumber: base
    .route({ method: 'POST', path: '/documents/{id}/number', summary: 'Assign number and date' })
    .input(z.object(decided))
    .output(outgoingDocument),
  issue: base
    .route({
      method: 'POST',
      path: '/documents/{id}/issue',
      summary: 'Issue the sealed file to its recipients',
    })
    .input(z.object({ ...decided, file: fileDigest, recipients: z.array(agencyCode).min(1).max(500) }))
    .output(outgoingDocument),
};

const incoming = {
  acknowledge: base
    .route({ method: 'POST', path: '/incoming/{id}/acknowledge', summary: 'Status 01: arrived' })
    .input(z.object(act))
    .output(incomingDocument),
  register: base
    .route({
      method: 'POST',
      path: '/incoming/{id}/register',
      summary:
        'Status 03: registered, with an arrival number; `override` where its signatures do not suffice',
    })
    .input(z.object({ ...decided, override: gateOverride.optional() }))
    .output(incomingDocument),
  refuse: base
    .route({ method: 'POST', path: '/incoming/{id}/refuse', summary: 'Status 02: refused, with the reason' })
    .input(z.object({ ...decided, reason: paragraphs(2000).min(1) }))
    .output(incomingDocument),
};

const outcomes = {
  find: base
    .route({ method: 'GET', path: '/outcomes/{key}', summary: 'What became of an act whose answer was lost' })
    .input(z.object({ key: idempotencyKey }))
    .output(
      z.discriminatedUnion('known', [
        z.object({ known: z.literal(false) }),
        z.object({ known: z.literal(true), document: officialDocument }),
      ]),
    ),
};

export const provinceContract = { auth, sync, documents, incoming, outcomes };
