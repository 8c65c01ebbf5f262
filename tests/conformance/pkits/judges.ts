import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCertificate, readCertificates } from '../../../native/verification/certificate/certificate.ts';
import { anyPolicy } from '../../../native/verification/certificate/policies.ts';
import {
  type CertificateJudgement,
  judgeCertificate,
} from '../../../native/verification/certificate/trust.ts';
import { Effort } from '../../../native/verification/effort.ts';
import { at, build, type Case, listPem, pem, type World } from './world.ts';

/** What we say: everything at hand, nobody asked. */
export function ourJudgement(one: Case): Promise<CertificateJudgement> {
  const world = build(one);
  return judgeCertificate(
    {
      certificate: readCertificate(world.end),
      ...{ purpose: 'signing', at, proven: false },
      certificates: readCertificates(world.others),
      revocation: { crls: world.lists, ocsps: [] },
    },
    {
      anchors: readCertificates([world.root]),
      ...{ intermediates: [], time: at, now: at, fetcher: null },
      policies: one.policies ?? {},
      effort: new Effort(),
    },
  );
}

/** What openssl says of the same certificates and lists. */
export function opensslVerdict(one: Case): { verdict: 'valid' | 'invalid'; text: string } {
  const folder = mkdtempSync(join(tmpdir(), 'antin-pkits-'));
  try {
    return askOpenssl(one, build(one), (name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function askOpenssl({ policies = {} }: Case, world: World, path: (name: string) => string) {
  writeFileSync(path('root.pem'), pem(world.root));
  writeFileSync(path('others.pem'), world.others.map(pem).join(''));
  writeFileSync(path('lists.pem'), world.lists.map(listPem).join(''));
  writeFileSync(path('end.pem'), pem(world.end));
  const args = ['verify', '-x509_strict', '-crl_check_all', '-extended_crl', '-use_deltas', '-policy_check'];
  args.push('-attime', String(at.getTime() / 1000), '-CAfile', path('root.pem'));
  if (world.others.length > 0) args.push('-untrusted', path('others.pem'));
  if (world.lists.length > 0) args.push('-CRLfile', path('lists.pem'));
  for (const policy of policies.acceptable ?? [anyPolicy]) args.push('-policy', policy);
  if (policies.requireExplicit) args.push('-explicit_policy');
  if (policies.inhibitAny) args.push('-inhibit_any');
  if (policies.inhibitMapping) args.push('-inhibit_map');
  const { status, stdout, stderr, error } = spawnSync('openssl', [...args, path('end.pem')], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  if (error) throw error;
  return { verdict: status === 0 ? ('valid' as const) : ('invalid' as const), text: stdout + stderr };
}
