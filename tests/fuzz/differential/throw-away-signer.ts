import { createPrivateKey, X509Certificate } from 'node:crypto';
import { runProgram } from '../../lab/program.ts';
import { type SoftSigner, softSigner } from '../../unit/verification/workbench.ts';

/** A signer whom nobody vouches for, and whose key lives as long as this process: what is compared isn't who signed. */
export async function throwAwaySigner(): Promise<SoftSigner> {
  const made = await runProgram('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'],
    ...['-subj', '/C=VN/O=Thu Nghiem/CN=Nguyen Van A', '-addext', 'keyUsage=critical,digitalSignature'],
    ...['-keyout', '-'],
  ]);
  return softSigner(createPrivateKey(made), new X509Certificate(made), []);
}
