import { createHash } from 'node:crypto';
import pkcs11 from 'pkcs11js';
import type {
  BlankToken,
  InitialisedToken,
  PersonalisationOrder,
  PersonalisationReport,
  StoredCertificate,
} from './personalisation.ts';

/**
 * The process that personalises one machine's soft tokens, as a registration office does with real ones: the key pair
 * is made on the token and never leaves it; the token itself signs the certificate request. A process of its own,
 * because SoftHSM reads SOFTHSM2_CONF once for each process.
 */
const module = new pkcs11.PKCS11();

interface OpenToken {
  session: pkcs11.Handle;
  privateKey: pkcs11.Handle;
  id: Buffer;
}

const open: OpenToken[] = [];

function blankSlot(): pkcs11.Handle {
  const slot = module
    .C_GetSlotList(true)
    .find((slot) => (module.C_GetTokenInfo(slot).flags & pkcs11.CKF_TOKEN_INITIALIZED) === 0);
  if (!slot) throw new Error('SoftHSM offers no blank token');
  return slot;
}

function initialise(blank: BlankToken): InitialisedToken {
  const slot = blankSlot();
  module.C_InitToken(slot, blank.soPin, blank.label);
  const session = module.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION);
  module.C_Login(session, pkcs11.CKU_SO, blank.soPin);
  module.C_InitPIN(session, blank.pin);
  module.C_Logout(session);
  module.C_Login(session, pkcs11.CKU_USER, blank.pin);
  const { publicKey, privateKey } = module.C_GenerateKeyPair(
    session,
    { mechanism: pkcs11.CKM_RSA_PKCS_KEY_PAIR_GEN },
    [
      { type: pkcs11.CKA_TOKEN, value: true },
      { type: pkcs11.CKA_LABEL, value: blank.label },
      { type: pkcs11.CKA_MODULUS_BITS, value: 2048 },
      { type: pkcs11.CKA_PUBLIC_EXPONENT, value: Buffer.from([1, 0, 1]) },
      { type: pkcs11.CKA_VERIFY, value: true },
    ],
    [
      { type: pkcs11.CKA_TOKEN, value: true },
      { type: pkcs11.CKA_LABEL, value: blank.label },
      { type: pkcs11.CKA_PRIVATE, value: true },
      { type: pkcs11.CKA_SENSITIVE, value: true },
      { type: pkcs11.CKA_EXTRACTABLE, value: false },
      { type: pkcs11.CKA_SIGN, value: true },
    ],
  );
  const [modulus, exponent] = module
    .C_GetAttributeValue(session, publicKey, [
      { type: pkcs11.CKA_MODULUS },
      { type: pkcs11.CKA_PUBLIC_EXPONENT },
    ])
    .map((attribute) => Buffer.from(attribute.value as Buffer));
  if (!modulus || !exponent) throw new Error('the token keeps its public key to itself');
  const id = createHash('sha1').update(modulus).digest();
  for (const key of [publicKey, privateKey]) {
    module.C_SetAttributeValue(session, key, [{ type: pkcs11.CKA_ID, value: id }]);
  }
  open.push({ session, privateKey, id });
  const serial = module.C_GetTokenInfo(slot).serialNumber.trim();
  return { serial, id: id.toString('hex'), modulus, exponent };
}

function certify(token: OpenToken | undefined, request: Buffer): Buffer {
  if (!token) throw new Error('there is no such token');
  module.C_SignInit(token.session, { mechanism: pkcs11.CKM_SHA256_RSA_PKCS }, token.privateKey);
  return module.C_Sign(token.session, request, Buffer.alloc(512));
}

function store(token: OpenToken, certificate: StoredCertificate): void {
  module.C_CreateObject(token.session, [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_CERTIFICATE },
    { type: pkcs11.CKA_CERTIFICATE_TYPE, value: pkcs11.CKC_X_509 },
    { type: pkcs11.CKA_TOKEN, value: true },
    { type: pkcs11.CKA_PRIVATE, value: false },
    { type: pkcs11.CKA_ID, value: token.id },
    { type: pkcs11.CKA_LABEL, value: certificate.label },
    { type: pkcs11.CKA_SUBJECT, value: certificate.subject },
    { type: pkcs11.CKA_ISSUER, value: certificate.issuer },
    { type: pkcs11.CKA_SERIAL_NUMBER, value: certificate.serialNumber },
    { type: pkcs11.CKA_VALUE, value: certificate.value },
  ]);
}

function carryOut(order: PersonalisationOrder): PersonalisationReport {
  switch (order.step) {
    case 'initialise':
      module.load(order.modulePath);
      module.C_Initialize();
      return { step: 'initialised', tokens: order.tokens.map(initialise) };
    case 'certify':
      return { step: 'certified', signature: certify(open[order.token], order.request) };
    case 'store':
      for (const [index, token] of open.entries()) {
        const certificate = order.certificates[index];
        if (certificate) store(token, certificate);
      }
      module.C_Finalize();
      return { step: 'stored' };
  }
}

process.on('message', (order: PersonalisationOrder) => {
  let report: PersonalisationReport;
  try {
    report = carryOut(order);
  } catch (cause) {
    // Only the message: PKCS#11 errors name a function and a code, never what was passed to it.
    report = { step: 'failed', reason: cause instanceof Error ? cause.message : String(cause) };
  }
  process.send?.(report);
});
// Without its parent there is nobody left to personalise for.
process.on('disconnect', () => process.exit());
