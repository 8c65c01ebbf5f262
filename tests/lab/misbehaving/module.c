/*
 * A PKCS#11 v2.40 module that passes every call to SoftHSM2 and misbehaves when told to (control.h). Settings beside the
 * actions:
 *
 *   removed: yes                     the token is out
 *   needs-restart: yes               a token that is put in shows only after C_Finalize and C_Initialize
 *   slot-events: yes                 C_WaitForSlotEvent tells when the token goes out or in; otherwise SoftHSM answers
 *   flags: 0x40000                   added to CK_TOKEN_INFO.flags
 *   label|serial|manufacturer|model: HEX      these bytes, blanks behind them
 *   description: HEX                 of the library
 *   pin-length: 4 16                 in CK_TOKEN_INFO
 *   mechanisms: 0x1 0x40             the only ones that the token has
 *   always-authenticate: yes         keys say CKA_ALWAYS_AUTHENTICATE and want a context-specific login for each signature
 *   leaves-operation: yes            a C_Sign that fails leaves its operation active, against the standard
 *   attribute 0x11: HOW              `length N` (says so, and gives the real value), `bytes N` (so many, and they are nonsense),
 *                                    `hex HEX` (these), `unavailable`
 *
 * Actions of some functions: C_GetSlotList and C_GetMechanismList and C_FindObjects `count N`; C_SignInit `other-key`; C_Sign `zeros`,
 * `size N` (cut, or filled up with zeros), `length N` (says so only).
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "control.h"

/* What a call is about: the library, a slot's token, or a session with it. */
enum subject { LIBRARY, SLOT, SESSION };

static CK_FUNCTION_LIST_PTR real;
static pthread_mutex_t presence = PTHREAD_MUTEX_INITIALIZER;
static bool is_out;
static volatile bool is_initialized;

static void sleep_milliseconds(unsigned long milliseconds) {
  struct timespec time = {(time_t)(milliseconds / 1000), (long)(milliseconds % 1000) * 1000000};
  nanosleep(&time, NULL);
}

static void close_all_sessions(void) {
  CK_SLOT_ID slots[64];
  CK_ULONG count = 64;
  if (real->C_GetSlotList(CK_TRUE, slots, &count) != CKR_OK) return;
  for (CK_ULONG i = 0; i < count; i++) real->C_CloseAllSessions(slots[i]);
}

/* Whether the token is out now. When it goes, its sessions and its login go with it. */
static bool token_is_out(const struct call *call, bool at_initialize) {
  char value[8];
  bool told = told_removed(call);
  pthread_mutex_lock(&presence);
  if (told && !is_out) {
    is_out = true;
    close_all_sessions();
  } else if (!told && (at_initialize || !setting(call, "needs-restart", value, sizeof value))) {
    is_out = false;
  }
  bool out = is_out;
  pthread_mutex_unlock(&presence);
  return out;
}

/* What every function does first; true where `answer` is to be returned at once. */
static bool begin(struct call *call, enum subject subject, enum function function, const char *name, CK_RV *answer) {
  unsigned long milliseconds;
  note_call(call, function, name);
  if (strcmp(call->action, "crash") == 0) *(volatile int *)NULL = 0;
  if (strcmp(call->action, "hang") == 0) {
    for (;;) pause();
  }
  if (action_number(call, "slow", &milliseconds)) sleep_milliseconds(milliseconds);
  if (strcmp(call->action, "remove") == 0) mark_removed();
  bool out = token_is_out(call, function == INDEX_C_Initialize);
  if (strncmp(call->action, "0x", 2) == 0) {
    *answer = strtoul(call->action, NULL, 16);
    return true;
  }
  *answer = subject == SLOT ? CKR_TOKEN_NOT_PRESENT : CKR_DEVICE_REMOVED;
  return out && subject != LIBRARY;
}

#define interrupted(call, subject, name, answer) begin(call, subject, INDEX_##name, #name, answer)

/* clang-format off */
#include "forward.h"
#include "slots.h"
#include "objects.h"
#include "login.h"
#include "signing.h"
/* clang-format on */

static CK_RV wrapped_C_Initialize(CK_VOID_PTR arguments) {
  struct call call;
  CK_RV answer;
  if (interrupted(&call, LIBRARY, C_Initialize, &answer)) return answer;
  answer = real->C_Initialize(arguments);
  if (answer == CKR_OK) {
    told_of_out = is_out;
    is_initialized = true;
  }
  return answer;
}

static CK_RV wrapped_C_Finalize(CK_VOID_PTR reserved) {
  struct call call;
  CK_RV answer;
  if (interrupted(&call, LIBRARY, C_Finalize, &answer)) return answer;
  is_initialized = false;
  forget_pin();
  return real->C_Finalize(reserved);
}

static CK_RV wrapped_C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list);

static CK_FUNCTION_LIST list = {
    .version = {2, 40},
#define CK_PKCS11_FUNCTION_INFO(name) .name = wrapped_##name,
#include "pkcs11f.h"
#undef CK_PKCS11_FUNCTION_INFO
};

static CK_RV load_real(void) {
  void *library = dlopen(REAL_MODULE, RTLD_NOW | RTLD_LOCAL);
  CK_C_GetFunctionList get = library ? (CK_C_GetFunctionList)dlsym(library, "C_GetFunctionList") : NULL;
  return get ? get(&real) : CKR_LIBRARY_LOAD_FAILED;
}

static CK_RV wrapped_C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR pointer) {
  struct call call;
  CK_RV answer = real ? CKR_OK : load_real();
  if (answer != CKR_OK || interrupted(&call, LIBRARY, C_GetFunctionList, &answer)) return answer;
  char action[16];
#define CK_PKCS11_FUNCTION_INFO(name) \
  if (setting(&call, #name, action, sizeof action) && strcmp(action, "missing") == 0) list.name = NULL;
#include "pkcs11f.h"
#undef CK_PKCS11_FUNCTION_INFO
  *pointer = &list;
  return CKR_OK;
}

__attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR pointer) {
  return wrapped_C_GetFunctionList(pointer);
}
