/*
 * A PKCS#11 module with one token and no keys, whose bad habits are chosen when it is compiled (-D): ON_INITIALIZE,
 * ON_SLOTS, ON_LOGIN and ON_SET_PIN are statements, TOKEN_FLAGS is added to the token's flags.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pkcs11.h"

#ifndef ON_INITIALIZE
#define ON_INITIALIZE
#endif
#ifndef ON_SLOTS
#define ON_SLOTS
#endif
#ifndef ON_LOGIN
#define ON_LOGIN return CKR_OK;
#endif
#ifndef ON_SET_PIN
#define ON_SET_PIN return CKR_OK;
#endif
#ifndef TOKEN_FLAGS
#define TOKEN_FLAGS 0
#endif

static void pad(CK_UTF8CHAR *field, size_t size, const char *text) {
  memset(field, ' ', size);
  memcpy(field, text, strlen(text) < size ? strlen(text) : size);
}

static CK_RV initialize(CK_VOID_PTR arguments) {
  (void)arguments;
  ON_INITIALIZE
  return CKR_OK;
}
static CK_RV finalize(CK_VOID_PTR reserved) {
  (void)reserved;
  return CKR_OK;
}
static CK_RV get_info(CK_INFO_PTR info) {
  memset(info, 0, sizeof *info);
  pad(info->libraryDescription, sizeof info->libraryDescription, "Scripted module");
  return CKR_OK;
}
static CK_RV get_slot_list(CK_BBOOL present, CK_SLOT_ID_PTR slots, CK_ULONG_PTR count) {
  (void)present;
  ON_SLOTS
  if (slots) slots[0] = 7;
  *count = 1;
  return CKR_OK;
}
static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  (void)slot;
  memset(info, 0, sizeof *info);
  /* A right-to-left override, a bell and a byte that is no UTF-8, as a hostile token might carry. */
  pad(info->label, sizeof info->label, "S\xE2\x80\xAE" "c\a\xFF");
  pad(info->serialNumber, sizeof info->serialNumber, "0001");
  pad(info->manufacturerID, sizeof info->manufacturerID, "Nobody");
  pad(info->model, sizeof info->model, "None");
  info->flags = CKF_TOKEN_INITIALIZED | CKF_LOGIN_REQUIRED | CKF_USER_PIN_INITIALIZED | (TOKEN_FLAGS);
  info->ulMaxPinLen = 16;
  info->ulMinPinLen = 4;
  return CKR_OK;
}
static CK_RV get_slot_info(CK_SLOT_ID slot, CK_SLOT_INFO_PTR info) {
  (void)slot;
  memset(info, 0, sizeof *info);
  pad(info->slotDescription, sizeof info->slotDescription, "Scripted reader");
  info->flags = CKF_TOKEN_PRESENT | CKF_REMOVABLE_DEVICE;
  return CKR_OK;
}
static CK_RV get_mechanism_list(CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR list, CK_ULONG_PTR count) {
  (void)slot, (void)list;
  *count = 0;
  return CKR_OK;
}
static CK_RV set_pin(CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR old, CK_ULONG old_length, CK_UTF8CHAR_PTR new,
                     CK_ULONG new_length) {
  (void)session, (void)old, (void)old_length, (void)new, (void)new_length;
  ON_SET_PIN
}
static CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR application, CK_NOTIFY notify,
                          CK_SESSION_HANDLE_PTR session) {
  (void)slot, (void)flags, (void)application, (void)notify;
  *session = 1;
  return CKR_OK;
}
static CK_RV close_session(CK_SESSION_HANDLE session) {
  (void)session;
  return CKR_OK;
}
static CK_RV get_session_info(CK_SESSION_HANDLE session, CK_SESSION_INFO_PTR info) {
  (void)session;
  memset(info, 0, sizeof *info);
  info->slotID = 7;
  info->state = CKS_RO_USER_FUNCTIONS;
  return CKR_OK;
}
static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  (void)session, (void)user, (void)pin, (void)length;
  ON_LOGIN
}
static CK_RV logout(CK_SESSION_HANDLE session) {
  (void)session;
  return CKR_OK;
}
static CK_RV find_objects_init(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR wanted, CK_ULONG count) {
  (void)session, (void)wanted, (void)count;
  return CKR_OK;
}
static CK_RV find_objects(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE_PTR objects, CK_ULONG most,
                          CK_ULONG_PTR count) {
  (void)session, (void)objects, (void)most;
  *count = 0;
  return CKR_OK;
}
static CK_RV find_objects_final(CK_SESSION_HANDLE session) {
  (void)session;
  return CKR_OK;
}

static CK_FUNCTION_LIST functions = {
    .version = {2, 40},
    .C_Initialize = initialize,
    .C_Finalize = finalize,
    .C_GetInfo = get_info,
    .C_GetSlotList = get_slot_list,
    .C_GetSlotInfo = get_slot_info,
    .C_GetTokenInfo = get_token_info,
    .C_GetMechanismList = get_mechanism_list,
    .C_SetPIN = set_pin,
    .C_OpenSession = open_session,
    .C_CloseSession = close_session,
    .C_GetSessionInfo = get_session_info,
    .C_Login = login,
    .C_Logout = logout,
    .C_FindObjectsInit = find_objects_init,
    .C_FindObjects = find_objects,
    .C_FindObjectsFinal = find_objects_final,
};

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
  *list = &functions;
  return CKR_OK;
}
