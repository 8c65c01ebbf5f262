import type { X509Certificate } from 'node:crypto';
import { appendFile, copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeskDocument, KeyUse } from '../../../contract/desktop.ts';
import type { DocumentId } from '../../../contract/identity.ts';
import type { ShownFile } from '../../../contract/shown.ts';
import type { DocumentSigningAct } from '../../../contract/signing-act.ts';
import type { StampPlace } from '../../../contract/stamp-place.ts';
import type { VerificationReport } from '../../../contract/verdict.ts';
import type { Acts } from '../../../native/core/acts.ts';
import type { BatchChoice } from '../../../native/core/batches.ts';
import type { CoreConfig } from '../../../native/core/config.ts';
import { Core } from '../../../native/core/core.ts';
import { Log } from '../../../native/core/log.ts';
import type { CertificateStatus, CoreParts, SignPdf } from '../../../native/core/ports.ts';
import { fingerprintOf } from '../../../native/verification/index.ts';
import type { Identity } from '../server/identities.ts';
import type { Who } from '../server/test-province.ts';
import { SoftwareToken } from './software-token.ts';
import { WillingPerson } from './willing-person.ts';

/** What a signature is to the test province's own check: a line at the end of an otherwise unchanged file. */
export const appendSignature: SignPdf = async ({ source, target, signer, stamp, onStep, confirm }) => {
  confirm();
  onStep('token');
  await signer.sign('sha256', new Uint8Array(32));
  onStep('writing');
  await copyFile(source, target);
  await appendFile(target, stamp.kind === 'approval' ? 'signed by approver\n' : 'signed by agency\n');
};

const good: CertificateStatus = { trusted: true, revocation: 'good', reasons: [], chain: [] };

/** As the test province's department and its leader are certified. */
const nameOf = { person: 'Giám đốc', agency: 'Sở Thử Nghiệm' } as const;

/** The verdict on a document that its leader and its agency have signed. */
export const soundReport: VerificationReport = {
  verdict: 'valid',
  signatures: (['person', 'agency'] as const).map((holder) => ({
    field: holder,
    type: 'signature',
    verdict: 'valid',
    reasons: [],
    intact: true,
    trusted: true,
    revocation: 'good',
    coverage: 'file',
    changesAfter: 'none',
    changes: [],
    signer: {
      ...{ subject: nameOf[holder], holder, organisation: 'Sở Thử Nghiệm', issuer: '', serial: '01' },
      ...{ notBefore: '2026-01-01T00:00:00Z', notAfter: '2028-01-01T00:00:00Z' },
    },
    signedAt: null,
    timestampAt: null,
    algorithm: '',
    level: 'b',
  })),
};

/** The same, its person's signature by this certificate. */
export function soundReportBy({ certificate }: Pick<Identity, 'certificate'>): VerificationReport {
  const signatures = soundReport.signatures.map((signature) => ({
    ...signature,
    signer: signature.signer && { ...signature.signer, certificateDigest: fingerprintOf(certificate) },
  }));
  return { ...soundReport, signatures };
}

/** What a desk must know of a province: a `TestProvince`, or its files read by another process. */
export interface DeskProvince {
  readonly url: string;
  readonly identities: Record<Who, Identity>;
  readonly authority: { readonly certificate: X509Certificate };
}

/** A person's desk: a real core on a folder of its own, with software keys in place of the token. */
export class TestDesk {
  readonly profile: string;
  readonly token: SoftwareToken;
  readonly config: CoreConfig;
  readonly parts: CoreParts;
  /** Who is asked before anything is signed. */
  readonly person = new WillingPerson();
  readonly logLines: string[] = [];
  #core: Core | null = null;

  private constructor(
    profile: string,
    token: SoftwareToken,
    config: CoreConfig,
    overrides: Partial<CoreParts>,
  ) {
    this.profile = profile;
    this.token = token;
    this.config = config;
    this.parts = {
      tokens: token,
      signPdf: appendSignature,
      verifyPdf: async () => soundReport,
      readPdf: async () => ({ findings: [], isFinished: true }),
      validateCertificate: async () => good,
      now: () => new Date(),
      person: () => this.person,
      ...overrides,
    };
  }

  static async create(
    province: DeskProvince,
    who: Who,
    options: {
      serverUrl?: string;
      serverAuthorities?: readonly string[];
      profile?: string;
      parts?: Partial<CoreParts>;
      config?: Partial<CoreConfig>;
    } = {},
  ): Promise<TestDesk> {
    const profile = options.profile ?? (await mkdtemp(join(tmpdir(), `antin-desk-${who}-`)));
    await mkdir(profile, { recursive: true });
    const token = new SoftwareToken({
      '01': { identity: province.identities[who], holder: 'person' },
      '02': { identity: province.identities[who], holder: 'agency' },
    });
    const config: CoreConfig = {
      serverUrl: options.serverUrl ?? province.url,
      ...(options.serverAuthorities && { serverAuthorities: options.serverAuthorities }),
      ...{ modulePaths: [], trustAnchorFiles: [], tokenPollMs: 0, changesWaitSeconds: 5 },
      ...{
        discoverModules: false,
        tokenIdleMinutes: 15,
        obsoleteHashUntil: '2028-12-31',
        standingLoginMinutes: 0,
      },
      allowPrivateNetworks: false,
      ...{ profile, anchors: [province.authority.certificate] },
      ...options.config,
    };
    const report = soundReportBy(province.identities.leader);
    const parts = { verifyPdf: async () => report, ...options.parts };
    const desk = new TestDesk(profile, token, config, parts);
    await desk.open();
    return desk;
  }

  get core(): Core {
    if (this.#core === null) throw new Error('the desk is closed');
    return this.#core;
  }

  async open(): Promise<void> {
    this.token.plugged = true;
    this.#core = await Core.open(this.config, this.parts, new Log((line) => this.logLines.push(line)));
  }

  async signIn(): Promise<this> {
    await this.core.signIn({ key: SoftwareToken.key('01') });
    return this;
  }

  /** What the window would say that it shows at this moment. */
  async shown(id: DocumentId): Promise<ShownFile> {
    return shownBy(await this.core.show(id));
  }

  /** Signs what the desk shows at this moment. */
  async sign(
    id: DocumentId,
    act: DocumentSigningAct,
    use: KeyUse,
    place?: StampPlace,
  ): Promise<DeskDocument> {
    return this.core.acts.sign(id, act, { shown: await this.shown(id), use, place });
  }

  /** Does an act without a signature on what the desk shows at this moment. */
  async act(id: DocumentId, act: Parameters<Acts['plain']>[2]): Promise<DeskDocument> {
    return this.core.acts.plain(id, await this.shown(id), act);
  }

  /** Documents chosen for a batch, as the desk shows them at this moment. */
  async choices(ids: readonly DocumentId[]): Promise<BatchChoice[]> {
    return Promise.all(ids.map(async (id) => ({ id, shown: await this.shown(id) })));
  }

  /** Resolves when `condition` holds; looked at again with every event of the core's. */
  async until<T>(condition: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> {
    const events = this.core.events.watch(AbortSignal.timeout(20_000));
    for (;;) {
      const result = await condition();
      if (result !== undefined && result !== false) return result;
      if ((await events.next()).done) throw new Error('waited in vain');
    }
  }

  /** The document, once it is in this state at this desk. */
  async untilState(id: DocumentId, state: string): Promise<DeskDocument> {
    return this.until(async () => {
      if (
        !this.core.documents
          .list('incoming')
          .concat(this.core.documents.list('outgoing'))
          .some((card) => card.id === id)
      ) {
        return undefined;
      }
      const shown = await this.core.show(id);
      return shown.document.state === state && shown.pending === null ? shown : undefined;
    });
  }

  async close(): Promise<void> {
    await this.#core?.close();
    this.#core = null;
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.profile, { recursive: true, force: true });
  }
}

/** What a window that shows a document's file has before its person's eyes. */
export function shownBy({ document, file }: DeskDocument): ShownFile {
  if (file === null) throw new Error('no file to show');
  return { version: document.version, digest: file.digest };
}
