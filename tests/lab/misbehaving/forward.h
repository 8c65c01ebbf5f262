/*
 * The functions that misbehave only in the ways all of them can: PASS(subject, name, types of the parameters…). What a call is
 * about tells what it answers while the token is out (module.c).
 */
typedef CK_SESSION_HANDLE session;
typedef CK_OBJECT_HANDLE object;
typedef CK_OBJECT_HANDLE_PTR objects;
typedef CK_MECHANISM_PTR mechanism;
typedef CK_ATTRIBUTE_PTR attributes;
typedef CK_BYTE_PTR bytes;
typedef CK_ULONG number;
typedef CK_ULONG_PTR numbers;

#define BODY(subject, name, ...)                                   \
  {                                                                \
    struct call call;                                              \
    CK_RV answer;                                                  \
    if (interrupted(&call, subject, name, &answer)) return answer; \
    return real->name(__VA_ARGS__);                                \
  }
#define P1(subject, name, A) static CK_RV wrapped_##name(A a) BODY(subject, name, a)
#define P2(subject, name, A, B) static CK_RV wrapped_##name(A a, B b) BODY(subject, name, a, b)
#define P3(subject, name, A, B, C) static CK_RV wrapped_##name(A a, B b, C c) BODY(subject, name, a, b, c)
#define P4(subject, name, A, B, C, D) \
  static CK_RV wrapped_##name(A a, B b, C c, D d) BODY(subject, name, a, b, c, d)
#define P5(subject, name, A, B, C, D, E) \
  static CK_RV wrapped_##name(A a, B b, C c, D d, E e) BODY(subject, name, a, b, c, d, e)
#define P6(subject, name, A, B, C, D, E, F) \
  static CK_RV wrapped_##name(A a, B b, C c, D d, E e, F f) BODY(subject, name, a, b, c, d, e, f)
#define P8(subject, name, A, B, C, D, E, F, G, H)                     \
  static CK_RV wrapped_##name(A a, B b, C c, D d, E e, F f, G g, H h) \
      BODY(subject, name, a, b, c, d, e, f, g, h)

P4(SLOT, C_InitToken, CK_SLOT_ID, bytes, number, bytes)
P3(SESSION, C_InitPIN, session, bytes, number)
P5(SLOT, C_OpenSession, CK_SLOT_ID, CK_FLAGS, CK_VOID_PTR, CK_NOTIFY, CK_SESSION_HANDLE_PTR)
P1(SESSION, C_CloseSession, session)
P1(SLOT, C_CloseAllSessions, CK_SLOT_ID)
P2(SESSION, C_GetSessionInfo, session, CK_SESSION_INFO_PTR)
P3(SESSION, C_GetOperationState, session, bytes, numbers)
P5(SESSION, C_SetOperationState, session, bytes, number, object, object)
P4(SESSION, C_CreateObject, session, attributes, number, objects)
P5(SESSION, C_CopyObject, session, object, attributes, number, objects)
P2(SESSION, C_DestroyObject, session, object)
P3(SESSION, C_GetObjectSize, session, object, numbers)
P4(SESSION, C_SetAttributeValue, session, object, attributes, number)
P3(SESSION, C_FindObjectsInit, session, attributes, number)
P3(SESSION, C_EncryptInit, session, mechanism, object)
P5(SESSION, C_Encrypt, session, bytes, number, bytes, numbers)
P5(SESSION, C_EncryptUpdate, session, bytes, number, bytes, numbers)
P3(SESSION, C_EncryptFinal, session, bytes, numbers)
P3(SESSION, C_DecryptInit, session, mechanism, object)
P5(SESSION, C_Decrypt, session, bytes, number, bytes, numbers)
P5(SESSION, C_DecryptUpdate, session, bytes, number, bytes, numbers)
P3(SESSION, C_DecryptFinal, session, bytes, numbers)
P2(SESSION, C_DigestInit, session, mechanism)
P5(SESSION, C_Digest, session, bytes, number, bytes, numbers)
P3(SESSION, C_DigestUpdate, session, bytes, number)
P2(SESSION, C_DigestKey, session, object)
P3(SESSION, C_DigestFinal, session, bytes, numbers)
P3(SESSION, C_SignRecoverInit, session, mechanism, object)
P5(SESSION, C_SignRecover, session, bytes, number, bytes, numbers)
P3(SESSION, C_VerifyInit, session, mechanism, object)
P5(SESSION, C_Verify, session, bytes, number, bytes, number)
P3(SESSION, C_VerifyUpdate, session, bytes, number)
P3(SESSION, C_VerifyFinal, session, bytes, number)
P3(SESSION, C_VerifyRecoverInit, session, mechanism, object)
P5(SESSION, C_VerifyRecover, session, bytes, number, bytes, numbers)
P5(SESSION, C_DigestEncryptUpdate, session, bytes, number, bytes, numbers)
P5(SESSION, C_DecryptDigestUpdate, session, bytes, number, bytes, numbers)
P5(SESSION, C_SignEncryptUpdate, session, bytes, number, bytes, numbers)
P5(SESSION, C_DecryptVerifyUpdate, session, bytes, number, bytes, numbers)
P5(SESSION, C_GenerateKey, session, mechanism, attributes, number, objects)
P8(SESSION, C_GenerateKeyPair, session, mechanism, attributes, number, attributes, number, objects, objects)
P6(SESSION, C_WrapKey, session, mechanism, object, object, bytes, numbers)
P8(SESSION, C_UnwrapKey, session, mechanism, object, bytes, number, attributes, number, objects)
P6(SESSION, C_DeriveKey, session, mechanism, object, attributes, number, objects)
P3(SESSION, C_SeedRandom, session, bytes, number)
P3(SESSION, C_GenerateRandom, session, bytes, number)
P1(SESSION, C_GetFunctionStatus, session)
P1(SESSION, C_CancelFunction, session)
P3(SESSION, C_SignUpdate, session, bytes, number)
