/** The kinds of certificate that the issuing authority gives out; each is a section of the configuration. */
export type CertificateKind = 'person' | 'agency' | 'timeStamper' | 'ocspResponder';

/** Test policies under ITU's example arc, so that nobody can take them for the government's. */
const policies = {
  person: '2.999.30.1',
  agency: '2.999.30.2',
  service: '2.999.30.3',
  timeStamp: '2.999.30.4',
};

const authoritySection = (name: string) => `
[${name}]
database = ${name}/index.txt
new_certs_dir = ${name}/issued
certificate = ${name}.pem
private_key = ${name}.key
crlnumber = ${name}/crlnumber
rand_serial = yes
unique_subject = no
preserve = yes
policy = any_subject
default_md = sha256
default_crl_days = 7
crl_extensions = revocation_list
`;

/**
 * The one configuration file for `openssl req`, `ca` and `ts`. Paths are relative to the PKI's folder, where those
 * programs run; `url` is where the responders answer, known only once they listen.
 */
export function opensslConfiguration(url: string): string {
  const leaf = (policy: string, usage: string) => `
basicConstraints = critical, CA:FALSE
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
keyUsage = critical, ${usage}
certificatePolicies = ${policy}
authorityInfoAccess = OCSP;URI:${url}/ocsp, caIssuers;URI:${url}/crt/issuing.crt
crlDistributionPoints = URI:${url}/crl/issuing.crl
`;
  return `
${authoritySection('root')}
${authoritySection('issuing')}
[any_subject]
countryName = optional
localityName = optional
organizationName = optional
organizationalUnitName = optional
commonName = supplied
UID = optional

[req]
distinguished_name = no_questions
string_mask = utf8only
utf8 = yes
prompt = no
[no_questions]

[revocation_list]
authorityKeyIdentifier = keyid:always

[root_certificate]
basicConstraints = critical, CA:TRUE
subjectKeyIdentifier = hash
keyUsage = critical, keyCertSign, cRLSign

[issuing_certificate]
basicConstraints = critical, CA:TRUE, pathlen:0
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
keyUsage = critical, keyCertSign, cRLSign
certificatePolicies = 2.5.29.32.0
authorityInfoAccess = caIssuers;URI:${url}/crt/root.crt
crlDistributionPoints = URI:${url}/crl/root.crl

[person]
${leaf(policies.person, 'digitalSignature, nonRepudiation')}
extendedKeyUsage = clientAuth, emailProtection

[agency]
${leaf(policies.agency, 'digitalSignature, nonRepudiation')}

[timeStamper]
${leaf(policies.service, 'digitalSignature, nonRepudiation')}
extendedKeyUsage = critical, timeStamping

# RFC 6960 4.2.2.2.1: with nocheck a client doesn't ask the responder about the responder itself.
[ocspResponder]
basicConstraints = critical, CA:FALSE
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
keyUsage = critical, digitalSignature
extendedKeyUsage = OCSPSigning
noCheck = ignored

[tsa]
serial = tsa/serial
signer_cert = timeStamper.pem
signer_key = timeStamper.key
signer_digest = sha256
certs = issuing.pem
default_policy = ${policies.timeStamp}
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;
}
