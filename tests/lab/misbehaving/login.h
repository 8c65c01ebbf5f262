/*
 * Login. The PIN of the login that stands is kept in this process' memory, since a context-specific login must be checked against
 * it: SoftHSM's keys don't know that they want one.
 */
static unsigned char pin_of_login[256];
static CK_ULONG pin_length;

/* The session whose signature waits for a context-specific login, and whether it has had it. */
static CK_SESSION_HANDLE asking_session;
static bool asked_pin_given;

static void forget_pin(void) {
  explicit_bzero(pin_of_login, sizeof pin_of_login);
  pin_length = 0;
}

static bool always_authenticates(const struct call *call) {
  char value[8];
  return setting(call, "always-authenticate", value, sizeof value);
}

/* Whether an empty PIN means the token's own pad. */
static bool has_pin_pad(const struct call *call) {
  char value[64];
  return setting(call, "flags", value, sizeof value) && (strtoul(value, NULL, 0) & CKF_PROTECTED_AUTHENTICATION_PATH);
}

static CK_RV context_login(const unsigned char *pin, CK_ULONG length, CK_SESSION_HANDLE of) {
  if (asking_session != of) return CKR_OPERATION_NOT_INITIALIZED;
  if (length != pin_length || memcmp(pin, pin_of_login, length) != 0) return CKR_PIN_INCORRECT;
  asked_pin_given = true;
  return CKR_OK;
}

static CK_RV wrapped_C_Login(session session, CK_USER_TYPE user, bytes pin, number length) {
  struct call call;
  CK_RV answer;
  unsigned char typed[sizeof pin_of_login];
  if (interrupted(&call, SESSION, C_Login, &answer)) return answer;
  if (has_pin_pad(&call) && length == 0) {
    if (!ask_pin_pad("login", typed, &length, sizeof typed)) return CKR_FUNCTION_CANCELED;
    pin = typed;
  }
  if (user == CKU_CONTEXT_SPECIFIC && always_authenticates(&call)) return context_login(pin, length, session);
  answer = real->C_Login(session, user, pin, length);
  if (answer == CKR_OK && user == CKU_USER && length <= sizeof pin_of_login) {
    memcpy(pin_of_login, pin, length);
    pin_length = length;
  }
  explicit_bzero(typed, sizeof typed);
  return answer;
}

static CK_RV wrapped_C_Logout(session session) {
  struct call call;
  CK_RV answer;
  if (interrupted(&call, SESSION, C_Logout, &answer)) return answer;
  forget_pin();
  return real->C_Logout(session);
}

static CK_RV wrapped_C_SetPIN(session session, bytes old, number old_length, bytes new, number new_length) {
  struct call call;
  CK_RV answer;
  unsigned char typed[2][sizeof pin_of_login];
  if (interrupted(&call, SESSION, C_SetPIN, &answer)) return answer;
  if (has_pin_pad(&call) && old_length == 0 && new_length == 0) {
    if (!ask_pin_pad("old", old = typed[0], &old_length, sizeof typed[0])) return CKR_FUNCTION_CANCELED;
    if (!ask_pin_pad("new", new = typed[1], &new_length, sizeof typed[1])) return CKR_FUNCTION_CANCELED;
  }
  answer = real->C_SetPIN(session, old, old_length, new, new_length);
  explicit_bzero(typed, sizeof typed);
  return answer;
}
