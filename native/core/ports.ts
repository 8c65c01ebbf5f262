import type { X509Certificate } from 'node:crypto';
import type { SigningStep } from '../../contract/batch.ts';
import type {
  Confirmation,
  ConfirmationAnswer,
  ConsentAnswer,
  ConsentQuestion,
} from '../../contract/consent.ts';
import type { FileFinding } from '../../contract/file-finding.ts';
import type { PinKey } from '../../contract/sealed-pin.ts';
import type { TargetKind } from '../../contract/shell.ts';
import type { KeyReference, ModuleInfo } from '../../contract/token.ts';
import type { ReasonCode, VerificationReport } from '../../contract/verdict.ts';
import type { Signer } from '../signing/signer.ts';
import type { Stamp } from '../signing/stamp.ts';
import type { EvidencePieces } from '../store/evidence.ts';
import type { PinChange, SigningOptions, TokenLogin } from '../token/token-client.ts';
import type { Fetcher, KeptEvidence } from '../verification/index.ts';

/** What the core asks of the token process; `TokenClient` is the real one. */
export interface TokenPort {
  list(modulePaths: readonly string[], options?: { again?: boolean }): Promise<ModuleInfo[]>;
  pinKey(): Promise<PinKey>;
  login(login: TokenLogin): Promise<void>;
  changePin(change: PinChange): Promise<void>;
  logout(): Promise<void>;
  certificate(key: KeyReference): Promise<X509Certificate>;
  signer(key: KeyReference, chain: readonly X509Certificate[], options?: SigningOptions): Promise<Signer>;
  close(): Promise<void>;
}

export interface SigningJob {
  /** Path of the file to sign; it is only read. */
  readonly source: string;
  /** Path where the signed file is written, whole and flushed, or not at all. */
  readonly target: string;
  readonly signer: Signer;
  readonly stamp: Stamp;
  /** Claimed signing time: this computer's clock, put right by a minute at most. */
  readonly signedAt: Date;
  readonly signal: AbortSignal;
  readonly onStep: (step: SigningStep) => void;
  /** Asked right before the signer is; what it throws ends the signature, and nothing is left. */
  readonly confirm: () => void;
}

export type SignPdf = (job: SigningJob) => Promise<unknown>;

/** Puts a time stamp into the last signature of the file at `source`; the result is a file of its own. */
export type StampPdf = (
  job: Pick<SigningJob, 'source' | 'target' | 'signal'> & Pick<TrustOptions, 'anchors'>,
) => Promise<unknown>;

export interface TrustOptions {
  readonly anchors: X509Certificate[];
  /** Judged as of then; now where it is left out. */
  readonly time?: Date;
  readonly offline?: boolean;
  /** What was fetched earlier, for when nobody answers. */
  readonly kept?: KeptEvidence;
}

/** `onEvidence` is given what the verdict rested on, before it is returned. */
export type VerifyPdf = (
  path: string,
  options: TrustOptions & {
    readonly onEvidence?: (evidence: EvidencePieces) => void;
    /** What the page says of itself goes into the report, too. */
    readonly readsPage?: boolean;
  },
) => Promise<VerificationReport>;

/** What the window shows otherwise than we read it; `isFinished`: nothing was left uncompared. */
export type ReadPdf = (
  path: string,
  options: { readonly signal: AbortSignal },
) => Promise<{ readonly findings: readonly FileFinding[]; readonly isFinished: boolean }>;

export interface CertificateStatus {
  readonly trusted: boolean;
  readonly revocation: 'good' | 'revoked' | 'unknown' | 'notChecked';
  readonly reasons: readonly ReasonCode[];
  readonly chain: readonly X509Certificate[];
}

export type ValidateCertificate = (
  certificate: X509Certificate,
  options: TrustOptions,
) => Promise<CertificateStatus>;

/** Has the person choose a file in the shell's own dialogs; null where they cancel. */
export interface FilePicker {
  pickModule(): Promise<string | null>;
  pickCertificate(): Promise<string | null>;
  /** Where to save a file of that kind, called `name`, in `folder`, if they don't say otherwise. */
  pickTarget(kind: TargetKind, name: string, folder?: string): Promise<string | null>;
  /** Documents, or a folder of them; none where they cancel. */
  pickDocuments(what: 'files' | 'folder'): Promise<readonly string[]>;
  /** Shows a file in the system's folder window. */
  reveal(path: string): Promise<void>;
}

/** Asks the person at the desk, in the shell's own windows: nobody else can answer for them, the page least of all. */
export interface PersonPort {
  /** Takes as long as they do; asked again with the same id, the same window asks again. */
  askConsent(question: ConsentQuestion): Promise<ConsentAnswer>;
  /** Closes the question's window; harmless where it is closed. */
  endConsent(id: string): Promise<void>;
  confirm(confirmation: Confirmation): Promise<ConfirmationAnswer>;
}

/** What the core is made of beside its own rooms; tests put in others. */
export interface CoreParts {
  readonly tokens: TokenPort;
  readonly signPdf: SignPdf;
  readonly verifyPdf: VerifyPdf;
  readonly readPdf: ReadPdf;
  readonly validateCertificate: ValidateCertificate;
  /** Null, or left out, where the office has named no time-stamp service. */
  readonly stampPdf?: StampPdf | null;
  /** Fetches certificates of known authorities; by default, over HTTP from public addresses. */
  readonly fetcher?: Fetcher;
  readonly now: () => Date;
  /**
   * Null, or left out, where there is no shell to ask the person; told at each call, since the shell comes a moment
   * later.
   */
  readonly filePicker?: () => FilePicker | null;
  /** The same for a person's yes: without a shell nothing is signed, and nothing trusted. */
  readonly person?: () => PersonPort | null;
}
