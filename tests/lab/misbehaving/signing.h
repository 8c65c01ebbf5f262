/* Signatures that are wrong in size or value, by another key, or refused before a context-specific login. */

/* A key that nobody has a certificate for. */
static CK_RV another_key(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE *key) {
  CK_MECHANISM mechanism = {CKM_RSA_PKCS_KEY_PAIR_GEN, NULL, 0};
  CK_ULONG bits = 2048;
  CK_BYTE exponent[] = {1, 0, 1};
  CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
  CK_ATTRIBUTE public[] = {{CKA_TOKEN, &no, sizeof no},
                           {CKA_MODULUS_BITS, &bits, sizeof bits},
                           {CKA_PUBLIC_EXPONENT, exponent, sizeof exponent}};
  CK_ATTRIBUTE private[] = {{CKA_TOKEN, &no, sizeof no}, {CKA_SIGN, &yes, sizeof yes}};
  CK_OBJECT_HANDLE unused;
  return real->C_GenerateKeyPair(session, &mechanism, public, 3, private, 2, &unused, key);
}

static CK_RV wrapped_C_SignInit(session session, mechanism mechanism, object key) {
  struct call call;
  CK_RV answer;
  if (interrupted(&call, SESSION, C_SignInit, &answer)) return answer;
  if (!has_mechanism(&call, mechanism->mechanism)) return CKR_MECHANISM_INVALID;
  if (strcmp(call.action, "other-key") == 0 && (answer = another_key(session, &key)) != CKR_OK) return answer;
  asking_session = session;
  asked_pin_given = false;
  return real->C_SignInit(session, mechanism, key);
}

/* A signature without the PIN that its key wants is refused (PKCS#11 v2.40, 5.6, C_Login). */
static bool wants_pin(const struct call *call) { return always_authenticates(call) && !asked_pin_given; }

/* Returns a failure of C_Sign's, which ends the operation (5.11.2) except with the habit of leaving it open. */
static CK_RV fail_signature(const struct call *call, CK_SESSION_HANDLE session, CK_RV answer) {
  CK_BYTE scratch[1024], digest_info[51] = {0};
  CK_ULONG used = sizeof scratch;
  char value[8];
  if (!setting(call, "leaves-operation", value, sizeof value)) {
    real->C_Sign(session, digest_info, sizeof digest_info, scratch, &used);
  }
  return answer;
}

static CK_RV wrapped_C_Sign(session session, bytes data, number length, bytes signature, numbers size) {
  struct call call;
  CK_RV answer;
  unsigned long told;
  CK_ULONG room = *size;
  if (interrupted(&call, SESSION, C_Sign, &answer)) return fail_signature(&call, session, answer);
  if (wants_pin(&call)) return fail_signature(&call, session, CKR_USER_NOT_LOGGED_IN);
  answer = real->C_Sign(session, data, length, signature, size);
  if (answer != CKR_OK || !signature) return answer;
  if (strcmp(call.action, "zeros") == 0) memset(signature, 0, *size);
  if (action_number(&call, "size", &told) && told <= room) {
    if (told > *size) memset(signature + *size, 0, told - *size);
    *size = told;
  }
  if (action_number(&call, "length", &told)) *size = told;
  return answer;
}

static CK_RV wrapped_C_SignFinal(session session, bytes signature, numbers size) {
  struct call call;
  CK_RV answer;
  if (interrupted(&call, SESSION, C_SignFinal, &answer)) return fail_signature(&call, session, answer);
  if (wants_pin(&call)) return fail_signature(&call, session, CKR_USER_NOT_LOGGED_IN);
  return real->C_SignFinal(session, signature, size);
}
