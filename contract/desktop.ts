import { eventIterator, oc } from '@orpc/contract';
import * as z from 'zod';
import { batchState, signingStep } from './batch.ts';
import { connectionState } from './connection.ts';
import { deliveryState, documentFile, officialDocument, person } from './document.ts';
import { keptEvidence } from './evidence.ts';
import { failure } from './failure.ts';
import { fileFinding } from './file-finding.ts';
import { gateFinding } from './gate.ts';
import { agencyCode, documentId, fileDigest, idempotencyKey, instant } from './identity.ts';
import { files } from './local-file-calls.ts';
import { paragraphs } from './plain-text.ts';
import { pinKey, sealedPin } from './sealed-pin.ts';
import { shownDocument, shownFile } from './shown.ts';
import { documentSigningAct } from './signing-act.ts';
import { plannedPlace, stampPlace } from './stamp-place.ts';
import { keyReference, loginEnd, moduleInfo, tokenReference, tokenStep } from './token.ts';
import { anchorCertificate, certificateFingerprint, trustState } from './trust.ts';
import { fileVerdict, verificationReport } from './verdict.ts';

/**
 * The seam between the renderer and the core, over one MessagePort. Calls carry facts, never files: the renderer
 * shows a PDF from `doc://file/{digest}`. What changes is announced by topic (`events.watch`); the renderer asks
 * again.
 */
const base = oc.errors({ FAILURE: { data: failure } });

/**
 * How to use a key: the PIN may be left out while the token's login of this session still stands, but for a key that
 * wants it with each signature (`pinEachSignature`).
 */
const keyUse = z.object({
  key: keyReference,
  pin: sealedPin.optional(),
  /** The person has confirmed that this is the last try before the token locks. */
  lastTryConfirmed: z.boolean().default(false),
});
export type KeyUse = z.input<typeof keyUse>;

/** Which key signs. A PIN for it isn't taken from here: the shell's own window asks for it, with the person's yes. */
const signingKey = z.strictObject({ key: keyReference });

export const sessionState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('signedOut') }),
  /** `online` is false where the last server session has ended and only local work is open. */
  z.object({ status: z.literal('signedIn'), person, key: keyReference, expiresAt: instant }),
]);
export type SessionState = z.infer<typeof sessionState>;

const session = {
  state: base.input(z.object({})).output(sessionState),
  signIn: base.input(keyUse).output(sessionState),
  signOut: base.input(z.object({})).output(sessionState),
};

export const tokenState = z.object({
  modules: z.array(moduleInfo).max(64),
  /** Set where the token process itself can't be used. */
  problem: failure.nullable(),
  checkedAt: instant.nullable(),
  /** Which step to a signature fails, and why: the answer to "nothing found". One entry a step, in order. */
  steps: z.array(tokenStep).max(6).optional(),
  /** When a login that stands ends by itself if no token is used until then; null where none stands. */
  loginEndsAt: instant.nullable().optional(),
  /** How the last login ended; null until one has, and again while one stands. */
  loginEnded: loginEnd.nullable().optional(),
});
export type TokenState = z.infer<typeof tokenState>;

/**
 * Whether a certificate may sign today, as asked `at` (TT 15/2025 Đ5 K1). `unchecked`: nobody could say whether it is
 * revoked; it may sign, and the person must know (PL II). `refused`: revoked, or out of date.
 */
export const certificateStanding = z.discriminatedUnion('state', [
  z.object({ state: z.literal('good'), at: instant }),
  z.object({ state: z.enum(['unchecked', 'refused']), at: instant, failure }),
]);
export type CertificateStanding = z.infer<typeof certificateStanding>;

const tokens = {
  state: base.input(z.object({})).output(tokenState),
  /** Looks again now instead of at the next turn. */
  refresh: base.input(z.object({})).output(tokenState),
  /**
   * Before the first signature of the day; a good answer holds until midnight in Viet Nam. Asks responders: up to ten
   * seconds.
   */
  standing: base.input(z.object({ key: keyReference })).output(certificateStanding),
  pinKey: base.input(z.object({})).output(pinKey),
  logout: base.input(z.object({})).output(tokenState),
  /** Has the shell ask the person for a driver's file; null where they think better of it, or there is no shell. */
  pickModule: base.input(z.object({})).output(z.object({ path: z.string().max(4096).nullable() })),
  /**
   * Tries a driver's file out in a process of its own and keeps it for this profile. Only a path that `pickModule`
   * gave in this run is taken (`not-permitted`): a page must not be able to have any library loaded. Fails with the
   * module's failures, and then keeps nothing.
   */
  addModule: base.input(z.object({ path: z.string().min(1).max(4096) })).output(tokenState),
  /** Forgets a driver that the person added; one from the configuration or the system stays. */
  removeModule: base.input(z.object({ path: z.string().min(1).max(4096) })).output(tokenState),
  /**
   * Saves what was last found out about tokens and drivers for whoever looks after the computer, where the person
   * says in the shell's own dialog; secrets left out. Null where they think better of it, or there is no shell to ask
   * them. Fails as writing a file does.
   */
  diagnose: base.input(z.object({})).output(z.object({ path: z.string().max(4096).nullable() })),
  /**
   * One try to change a token's PIN (C_SetPIN); ends a login that stands. Both PINs are null for a token with its own
   * keys. Fails with `pin-too-weak` {min, max}, `pin-unchanged`, `pin-change-unsupported`, or as a login does; a
   * wrong old PIN costs a try.
   */
  changePin: base
    .input(
      z.object({
        token: tokenReference,
        oldPin: sealedPin.nullable(),
        newPin: sealedPin.nullable(),
        lastTryConfirmed: z.boolean().default(false),
      }),
    )
    .output(tokenState),
};

/** The one thing that a document asks of the person who looks at it: the screen's primary button. */
export const documentTask = z.enum(['sign', 'assignNumber', 'seal', 'issue', 'register', 'none']);
export type DocumentTask = z.infer<typeof documentTask>;

/** `toSign` and `toIssue`: what waits for the leader's or the clerk's hand. */
export const documentBox = z.enum(['toSign', 'toIssue', 'incoming', 'outgoing']);
export type DocumentBox = z.infer<typeof documentBox>;

export const outboxState = z.enum(['waiting', 'sending', 'outcomeUnknown', 'confirmed', 'needsAttention']);
export type OutboxState = z.infer<typeof outboxState>;

/** One act on its way to the server. Rows are kept after they are confirmed; none is ever dropped. */
export const outboxEntry = z.object({
  key: idempotencyKey,
  documentId,
  act: z.enum(['approve', 'return', 'assignNumber', 'issue', 'acknowledge', 'register', 'refuse']),
  subject: z.string(),
  state: outboxState,
  attempts: z.int().nonnegative(),
  failure: failure.nullable(),
  createdAt: instant,
  confirmedAt: instant.nullable(),
  /** It has ended, and the person may put it away. Left out in a document's `pending`. */
  dismissible: z.boolean().optional(),
});
export type OutboxEntry = z.infer<typeof outboxEntry>;

/**
 * The time stamp of a file that was sealed here, until it has one: `waiting`, with why the last try failed where one
 * has; `givenUp` where the file goes without.
 */
export const stampStanding = z.object({
  state: z.enum(['waiting', 'givenUp']),
  failure: failure.nullable(),
});
export type StampStanding = z.infer<typeof stampStanding>;

/** A document with what this desk knows beyond the server: files held here, acts still on their way. */
export const deskDocument = z.object({
  document: officialDocument,
  task: documentTask,
  /** The main file to show and to sign, as it stands at this desk: signed or sealed here, perhaps not yet sent. */
  file: documentFile.nullable(),
  /** False while the file is still to be fetched from the server. */
  fileHeld: z.boolean(),
  verification: verificationReport.nullable(),
  /** There is no verdict, and there won't be one before the next start: checking itself has failed. */
  checkFailed: z.boolean().optional(),
  /** Null where the file at this desk waits for no time stamp, or has it. */
  timeStamp: stampStanding.nullable().optional(),
  /** Null where nothing is kept, or it was destroyed. */
  evidence: keptEvidence.nullable(),
  /**
   * What was found at the gate for an incoming document, by weight (`gateWeight`); null where there is no verdict
   * yet, and for others.
   */
  gate: z.array(gateFinding).max(32).nullable(),
  /** What an outgoing document's page says differently from its data; left out where there is nothing. */
  differences: z.array(gateFinding).max(32).optional(),
  /** The newest act that isn't confirmed yet. */
  pending: outboxEntry.nullable(),
  /**
   * In the answer to `approve` and `seal`: signed, with something to know, as `certificate-unchecked` (TT 15/2025 PL
   * II).
   */
  warning: failure.nullable().optional(),
});
export type DeskDocument = z.infer<typeof deskDocument>;

export const documentCard = z.object({
  id: documentId,
  version: z.int().positive(),
  /** The main file as it stands at this desk, which a batch signs; null where there is none. */
  file: fileDigest.nullable(),
  kind: z.enum(['outgoing', 'incoming']),
  type: z.string(),
  subject: z.string(),
  referenceCode: z.string().nullable(),
  arrivalNumber: z.int().positive().nullable(),
  issuer: z.string(),
  urgency: z.string(),
  state: z.string(),
  task: documentTask,
  updatedAt: instant,
  deliveries: z.array(z.object({ agency: z.string(), state: deliveryState })),
  pending: outboxState.nullable(),
  /**
   * Of the file at this desk, where the document asks for something; null until it has been worked out, and for all
   * others.
   */
  verdict: fileVerdict.nullable(),
  /** An incoming document can't be registered as it is; left out where it can, or nothing is known yet. */
  gateClosed: z.boolean().optional(),
  /** What could deceive whoever looks at that file; left out where there is nothing, or nothing is known yet. */
  findings: z.array(fileFinding).max(100).optional(),
});
export type DocumentCard = z.infer<typeof documentCard>;

const byId = z.object({ id: documentId });
/**
 * Acts on what was shown: each fails with `document-changed` where the document, or the file at this desk, is another
 * by the moment at which the act is done; nothing is signed or queued then.
 */
const onFile = byId.extend({ shown: shownFile });
const onDocument = byId.extend({ shown: shownDocument });

const documents = {
  list: base.input(z.object({ box: documentBox })).output(z.array(documentCard)),
  counts: base.input(z.object({})).output(z.record(documentBox, z.int().nonnegative())),
  get: base.input(byId).output(deskDocument),
  /**
   * Has one of the document's files here, an appendix for example, fetching it where it isn't; then
   * `doc://file/{digest}` shows it. Fails with `file-missing` for a file that isn't the document's, and as a download
   * does.
   */
  hold: base.input(byId.extend({ digest: fileDigest })).output(z.object({})),
  /**
   * Where that act would put its stamp with this key's certificate, before anybody types a PIN; null while the file
   * isn't held. Fails as reading a PDF does.
   */
  place: base
    .input(byId.extend({ act: documentSigningAct, key: keyReference }))
    .output(plannedPlace.nullable()),
  /**
   * Signs with the leader's key and queues the act, once the person has agreed in the shell's window; `cancelled`
   * where they don't, `consent-…` where they can't be asked. `place`: where the person wants the signature instead of
   * where the rules put it; `input-invalid` where that isn't on the page.
   */
  approve: base.input(onFile.extend({ use: signingKey, place: stampPlace.optional() })).output(deskDocument),
  return: base.input(onDocument.extend({ reason: paragraphs(2000).min(1) })).output(deskDocument),
  assignNumber: base.input(onDocument).output(deskDocument),
  /**
   * Fills number and date, applies the agency's seal with the agency's key; stays at this desk until issued. Asks as
   * `approve` does.
   */
  seal: base.input(onFile.extend({ use: signingKey, place: stampPlace.optional() })).output(deskDocument),
  issue: base.input(onFile.extend({ recipients: z.array(agencyCode).min(1).max(500) })).output(deskDocument),
  /**
   * Fails with `incoming-unsound` {reason} where `gate` isn't empty and the person gives no reason to register it all
   * the same, and with `document-state` while there is no verdict.
   */
  register: base
    .input(onDocument.extend({ override: paragraphs(2000).min(1).optional() }))
    .output(deskDocument),
  /**
   * Saves the verdict as a PDF where the person says in the shell's own dialog; null where they think better of it,
   * or there is no shell. `document-state` while there is no verdict; else fails as writing a file does.
   */
  saveReport: base.input(byId).output(z.object({ path: z.string().max(4096).nullable() })),
  /**
   * Saves the document as a file made new, to be signed in the place of one that programs read differently, where the
   * person says; null as above. Fails with `document-deceptive` where no copy can help, as reading a PDF does, and as
   * writing a file does.
   */
  saveFlatCopy: base.input(byId).output(z.object({ path: z.string().max(4096).nullable() })),
  /**
   * The file as that signature saw it: the same digest, and `bytes` of its beginning. Fails with
   * `pdf-revision-missing` where the signature covers no whole revision.
   */
  signedVersion: base
    .input(byId.extend({ field: z.string().max(1000) }))
    .output(z.object({ file: documentFile })),
  /**
   * Destroys what the verdict rested on, with the person's yes to the shell; it isn't gathered again.
   * `document-state` where nothing is kept.
   */
  destroyEvidence: base.input(byId).output(z.object({})),
  refuse: base.input(onDocument.extend({ reason: paragraphs(2000).min(1) })).output(deskDocument),
};

const batch = {
  /** The one that runs, or the last one until it is dismissed. */
  state: base.input(z.object({})).output(batchState.nullable()),
  /**
   * Has the files here, has the person agree to them all in the shell's window, logs in once and begins. Documents
   * that can't be signed fail for themselves, those that carry an invalid signature with `document-unsound`, those
   * that aren't as the list showed them with `document-changed`. Fails as a login does, with `certificate-revoked`,
   * `cancelled`, `consent-…`, and with `document-state` while another batch runs or where none of the documents can
   * be signed; then nothing has been begun.
   */
  start: base
    .input(
      z.object({
        act: documentSigningAct,
        items: z.array(onFile).min(1).max(500),
        use: signingKey,
      }),
    )
    .output(batchState),
  pause: base.input(z.object({})).output(batchState.nullable()),
  resume: base.input(z.object({})).output(batchState.nullable()),
  /**
   * Logs in to the same key again, with the person's yes to what is left. Fails as `start` does; the batch goes on
   * waiting then.
   */
  unlock: base.input(z.object({})).output(batchState.nullable()),
  /** Ends it; what is signed stays signed. */
  cancel: base.input(z.object({})).output(batchState.nullable()),
  /** The person has read how it ended. One that runs stays. */
  dismiss: base.input(z.object({})).output(batchState.nullable()),
};

const outbox = {
  list: base.input(z.object({})).output(z.array(outboxEntry)),
  /**
   * Puts entries away that are `dismissible`: out of sight, never out of the store. `document-state` for any other,
   * and then none is.
   */
  dismiss: base
    .input(z.object({ keys: z.array(idempotencyKey).min(1).max(500) }))
    .output(z.array(outboxEntry)),
  /** Tries an entry that needs attention again, with the same key and the same bytes. */
  retry: base.input(z.object({ key: idempotencyKey })).output(outboxEntry),
};

const connection = {
  state: base.input(z.object({})).output(connectionState),
};

const trust = {
  list: base.input(z.object({})).output(trustState),
  /**
   * Has the shell ask the person for a certificate's file and tells which authorities are in it; nothing is trusted
   * yet. Null where they think better of it, or there is no shell. Fails with `anchor-unsuitable` {file, reason}, or
   * as reading a file does.
   */
  pick: base
    .input(z.object({}))
    .output(z.object({ candidates: z.array(anchorCertificate).max(64).nullable() })),
  /**
   * Trusts a candidate of `pick` (in this run), or one of the list's `known` authorities, whose certificate is then
   * fetched; any other fingerprint is `not-permitted`: a page must not be able to have anybody trusted. Needs a
   * session where there is a server. Fails with `anchor-unavailable` {subject, url, reason}.
   */
  add: base.input(z.object({ fingerprint: certificateFingerprint })).output(trustState),
  /** Takes an added one away; the configuration's own are `not-permitted`. Needs a session where there is a server. */
  remove: base.input(z.object({ fingerprint: certificateFingerprint })).output(trustState),
};

export const topic = z.enum([
  'session',
  'tokens',
  'documents',
  'files',
  'outbox',
  'connection',
  'batch',
  'trust',
  'progress',
]);
export type Topic = z.infer<typeof topic>;

export const coreEvent = z.discriminatedUnion('topic', [
  z.object({ topic: topic.exclude(['progress']) }),
  z.object({ topic: z.literal('progress'), id: documentId, step: signingStep.nullable() }),
]);
export type CoreEvent = z.infer<typeof coreEvent>;

const events = {
  watch: base.input(z.object({})).output(eventIterator(coreEvent)),
};

export const desktopContract = {
  ...{ session, tokens, documents, files, batch, outbox, connection, trust, events },
};
