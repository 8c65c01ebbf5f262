import { createPrivateKey } from 'node:crypto';
import pkcs11 from 'pkcs11js';

/** A soft token to make: its PINs, and what is put on it. */
export interface SoftTokenOrder {
  label: string;
  pin: string;
  soPin: string;
  contents: {
    id: string;
    privateKey: Buffer;
    certificate: Buffer;
    publicKeyObject: boolean;
    /** The certificate has no CKA_ID of its own. */
    certificateWithoutId: boolean;
    alwaysAuthenticate: boolean;
  }[];
}

/**
 * Makes soft tokens, in a process of its own since SoftHSM reads SOFTHSM2_CONF once. Orders come by IPC, so that no PIN shows
 * in a list of processes or a file; the answer is the serial numbers.
 */
const module = new pkcs11.PKCS11();

function unsigned(value: string | undefined): Buffer {
  return Buffer.from(value ?? '', 'base64url');
}

/** namedCurve prime256v1, as CKA_EC_PARAMS has it. */
const p256Parameters = Buffer.from('06082a8648ce3d030107', 'hex');

function keyTemplates(content: SoftTokenOrder['contents'][number]): {
  privateKey: pkcs11.Template;
  publicKey: pkcs11.Template;
} {
  const key = createPrivateKey({ key: content.privateKey, format: 'der', type: 'pkcs8' });
  const jwk = key.export({ format: 'jwk' });
  const common = [
    { type: pkcs11.CKA_TOKEN, value: true },
    { type: pkcs11.CKA_ID, value: Buffer.from(content.id, 'hex') },
  ];
  const secret = [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
    { type: pkcs11.CKA_PRIVATE, value: true },
    { type: pkcs11.CKA_SENSITIVE, value: true },
    { type: pkcs11.CKA_SIGN, value: true },
    { type: pkcs11.CKA_ALWAYS_AUTHENTICATE, value: content.alwaysAuthenticate },
    ...common,
  ];
  const open = [{ type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PUBLIC_KEY }, ...common];
  if (jwk.kty === 'RSA') {
    const type = { type: pkcs11.CKA_KEY_TYPE, value: pkcs11.CKK_RSA };
    const n = { type: pkcs11.CKA_MODULUS, value: unsigned(jwk.n) };
    const e = { type: pkcs11.CKA_PUBLIC_EXPONENT, value: unsigned(jwk.e) };
    const numbers = [
      { type: pkcs11.CKA_PRIVATE_EXPONENT, value: unsigned(jwk.d) },
      { type: pkcs11.CKA_PRIME_1, value: unsigned(jwk.p) },
      { type: pkcs11.CKA_PRIME_2, value: unsigned(jwk.q) },
      { type: pkcs11.CKA_EXPONENT_1, value: unsigned(jwk.dp) },
      { type: pkcs11.CKA_EXPONENT_2, value: unsigned(jwk.dq) },
      { type: pkcs11.CKA_COEFFICIENT, value: unsigned(jwk.qi) },
    ];
    return { privateKey: [...secret, type, n, e, ...numbers], publicKey: [...open, type, n, e] };
  }
  const type = { type: pkcs11.CKA_KEY_TYPE, value: pkcs11.CKK_EC };
  const curve = { type: pkcs11.CKA_EC_PARAMS, value: p256Parameters };
  const point = Buffer.concat([Buffer.of(0x04, 65, 0x04), unsigned(jwk.x), unsigned(jwk.y)]);
  return {
    privateKey: [...secret, type, curve, { type: pkcs11.CKA_VALUE, value: unsigned(jwk.d) }],
    publicKey: [...open, type, curve, { type: pkcs11.CKA_EC_POINT, value: point }],
  };
}

function make(order: SoftTokenOrder): string {
  const slot = module
    .C_GetSlotList(true)
    .find((handle) => (module.C_GetTokenInfo(handle).flags & pkcs11.CKF_TOKEN_INITIALIZED) === 0);
  if (!slot) throw new Error('SoftHSM offers no free slot');
  module.C_InitToken(slot, order.soPin, order.label);
  const session = module.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION | pkcs11.CKF_RW_SESSION);
  module.C_Login(session, pkcs11.CKU_SO, order.soPin);
  module.C_InitPIN(session, order.pin);
  module.C_Logout(session);
  module.C_Login(session, pkcs11.CKU_USER, order.pin);
  for (const content of order.contents) {
    const { privateKey, publicKey } = keyTemplates(content);
    module.C_CreateObject(session, privateKey);
    if (content.publicKeyObject) module.C_CreateObject(session, publicKey);
    module.C_CreateObject(session, [
      { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_CERTIFICATE },
      { type: pkcs11.CKA_CERTIFICATE_TYPE, value: pkcs11.CKC_X_509 },
      { type: pkcs11.CKA_TOKEN, value: true },
      { type: pkcs11.CKA_PRIVATE, value: false },
      { type: pkcs11.CKA_ID, value: Buffer.from(content.certificateWithoutId ? '' : content.id, 'hex') },
      { type: pkcs11.CKA_SUBJECT, value: Buffer.of(0x30, 0x00) },
      { type: pkcs11.CKA_VALUE, value: content.certificate },
    ]);
  }
  module.C_Logout(session);
  module.C_CloseSession(session);
  return module.C_GetTokenInfo(slot).serialNumber.trim();
}

process.once('message', ({ modulePath, orders }: { modulePath: string; orders: SoftTokenOrder[] }) => {
  module.load(modulePath);
  module.C_Initialize();
  const serials = orders.map(make);
  module.C_Finalize();
  process.send?.(serials, () => process.disconnect());
});
