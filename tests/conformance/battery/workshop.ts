import { constants, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Signer } from '../../../native/signing/signer.ts';
import { TimeStampAuthority } from '../../../native/signing/time-stamp/authority.ts';
import type { TrustOptions } from '../../../native/verification/certificate/trust.ts';
import { HttpFetcher } from '../../../native/verification/index.ts';
import { createPki, type Pki } from '../../lab/pki/pki.ts';
import { issueSoftKey } from '../../lab/pki/soft-key.ts';
import { trustDatabase } from '../signing-judges.ts';
import { agencyKey, type SignerName, signers } from './axes.ts';
import { type BaseFiles, makeBaseFiles } from './base-files.ts';
import type { Authorities } from './judges.ts';

/** What the battery stands on, made once for a test file; `close` takes all of it away. */
export interface Workshop {
  readonly folder: string;
  readonly pki: Pki;
  readonly authorities: Authorities;
  /** pdfsig's database. */
  readonly database: string;
  readonly base: BaseFiles;
  readonly leaders: ReadonlyMap<SignerName, Signer>;
  /** Signs before the leader, where anybody does; pdfsig trips over one certificate that signs twice in a file. */
  readonly agency: Signer;
  readonly authority: TimeStampAuthority;
  /** Trusts the lab's root; its fetcher remembers the responders' answers, as the product's does. */
  readonly trust: TrustOptions;
  close(): Promise<void>;
}

export async function openWorkshop(names: readonly SignerName[]): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'antin-battery-'));
  const pki = await createPki(folder);
  const leaders = new Map<SignerName, Signer>();
  for (const name of names) leaders.set(name, await softSigner(pki, name, 'Nguyễn Văn Ký'));
  const agency = await softSigner(pki, agencyKey, 'Sở Khoa học và Công nghệ');
  const authorities = { root: join(folder, 'root.pem'), issuing: join(folder, 'issuing.pem') };
  const trust = { anchors: [pki.root], fetcher: new HttpFetcher({ allowPrivate: true }) };
  return {
    ...{ folder, pki, trust, authorities, leaders, agency },
    database: trustDatabase(folder, authorities.root),
    base: await makeBaseFiles(folder),
    authority: new TimeStampAuthority({ url: `${pki.responders.url}/tsa`, trust }),
    close: async () => {
      await pki.responders.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function softSigner(pki: Pki, name: SignerName, commonName: string): Promise<Signer> {
  const { key: kind, scheme } = signers[name];
  const subject = { commonName, organisation: 'Sở Khoa học và Công nghệ' };
  const { key, certificate, chain } = await issueSoftKey(pki, kind, subject);
  const padding =
    scheme === 'pss'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : { padding: constants.RSA_PKCS1_PADDING };
  return {
    ...{ certificate, chain, scheme },
    sign: async (algorithm, data) => sign(algorithm, data, { key, dsaEncoding: 'der', ...padding }),
  };
}
