import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { openssl } from './hand-signer.ts';
import { type SoftSigner, softSigner, type Workbench } from './workbench.ts';

/** A certificate that an ordinary signer issued as if it were an authority; openssl doesn't mind doing it. */
export function issueBy(bench: Workbench, issuer: SoftSigner): SoftSigner {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const path = (name: string) => bench.path(`rogue-${name}`);
  writeFileSync(path('key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(path('issuer.pem'), issuer.certificate.toString());
  writeFileSync(path('issuer.key'), issuer.key.export({ type: 'pkcs8', format: 'pem' }));
  openssl(['req', '-new', '-key', path('key'), '-subj', '/CN=Giam doc gia', '-out', path('csr')]);
  const pem = openssl([
    'x509',
    '-req',
    '-in',
    path('csr'),
    '-CA',
    path('issuer.pem'),
    '-CAkey',
    path('issuer.key'),
    '-set_serial',
    '77',
    '-days',
    '30',
  ]);
  return softSigner(privateKey, new X509Certificate(pem), [issuer.certificate, ...issuer.chain]);
}
