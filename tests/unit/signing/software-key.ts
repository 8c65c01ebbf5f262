import { execFileSync } from 'node:child_process';
import {
  constants,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { digestLength, type SignatureScheme, type Signer } from '../../../native/signing/signer.ts';

export type KeyKind = 'RSA-2048' | 'RSA-4096' | 'P-256' | 'P-384' | 'P-521';

/** A certificate authority made by openssl, and keys certified by it. */
export interface TestAuthority {
  readonly folder: string;
  /** The root's certificate, PEM. */
  readonly caFile: string;
  /** `scheme`: how RSA is padded. */
  signer(kind: KeyKind, commonName: string, scheme?: SignatureScheme): TestKey;
}

export interface TestKey {
  readonly signer: Signer;
  readonly certificateFile: string;
  /** Makes a PKCS#12 file under a random password. */
  pkcs12(): { file: string; password: string };
}

function openssl(args: readonly string[], env: Record<string, string> = {}): Buffer {
  return execFileSync('openssl', args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const leafExtensions = [
  'basicConstraints=critical,CA:FALSE',
  'keyUsage=critical,digitalSignature,nonRepudiation',
].join('\n');

export function createAuthority(folder: string): TestAuthority {
  mkdirSync(folder, { recursive: true });
  const at = (name: string) => path.join(folder, name);
  const [caKey, caFile, extensions] = [at('ca.key'), at('ca.pem'), at('leaf.cnf')];
  writeFileSync(extensions, leafExtensions);
  openssl([
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', caKey, '-out', caFile, '-days', '30'],
    ...['-utf8', '-subj', '/C=VN/O=Thử nghiệm/CN=CA gốc thử nghiệm'],
    ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  ]);
  return {
    folder,
    caFile,
    signer(kind, commonName, scheme = 'pkcs1') {
      const name = randomBytes(6).toString('hex');
      const [keyFile, request, certificateFile] = [at(`${name}.key`), at(`${name}.csr`), at(`${name}.pem`)];
      const pair = kind.startsWith('RSA')
        ? generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(4)) })
        : generateKeyPairSync('ec', { namedCurve: kind });
      writeFileSync(keyFile, pair.privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
      const subject = `/C=VN/O=Sở Khoa học và Công nghệ/CN=${commonName}`;
      openssl(['req', '-new', '-key', keyFile, '-utf8', '-subj', subject, '-out', request]);
      openssl([
        ...['x509', '-req', '-in', request, '-CA', caFile, '-CAkey', caKey, '-CAcreateserial', '-days', '20'],
        ...['-extfile', extensions, '-out', certificateFile],
      ]);
      return {
        signer: softwareSigner(keyFile, certificateFile, scheme),
        certificateFile,
        pkcs12() {
          const file = at(`${name}.p12`);
          const password = randomBytes(12).toString('base64url');
          openssl(
            [
              ...['pkcs12', '-export', '-inkey', keyFile, '-in', certificateFile, '-certfile', caFile],
              ...['-passout', 'env:NEW_PASSWORD', '-out', file],
            ],
            { NEW_PASSWORD: password },
          );
          return { file, password };
        },
      };
    },
  };
}

function softwareSigner(keyFile: string, certificateFile: string, scheme: SignatureScheme): Signer {
  const key = createPrivateKey(readFileSync(keyFile));
  const padding = scheme === 'pss' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  return {
    certificate: new X509Certificate(readFileSync(certificateFile)),
    chain: [],
    scheme,
    sign: async (algorithm, data) =>
      key.asymmetricKeyType === 'ec'
        ? sign(algorithm, data, { key, dsaEncoding: 'der' })
        : sign(algorithm, data, {
            key,
            padding,
            ...(scheme === 'pss' && { saltLength: digestLength[algorithm] }),
          }),
  };
}
