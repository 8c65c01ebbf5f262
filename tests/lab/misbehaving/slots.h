/* Slots, what the token says of itself, and its coming and going. */

/* Presence as C_WaitForSlotEvent last told it. */
static bool told_of_out;

static void fill_field(const struct call *call, const char *name, CK_UTF8CHAR *field, size_t size) {
  char value[4096];
  if (!setting(call, name, value, sizeof value)) return;
  memset(field, ' ', size);
  from_hex(value, field, size);
}

static CK_RV wrapped_C_GetInfo(CK_INFO_PTR info) {
  struct call call;
  CK_RV answer;
  if (interrupted(&call, LIBRARY, C_GetInfo, &answer)) return answer;
  answer = real->C_GetInfo(info);
  fill_field(&call, "description", info->libraryDescription, sizeof info->libraryDescription);
  return answer;
}

static CK_RV wrapped_C_GetSlotList(CK_BBOOL present, CK_SLOT_ID_PTR slots, CK_ULONG_PTR count) {
  struct call call;
  CK_RV answer;
  unsigned long claimed;
  if (interrupted(&call, LIBRARY, C_GetSlotList, &answer)) return answer;
  if (present && is_out) {
    *count = 0;
    return CKR_OK;
  }
  if (!action_number(&call, "count", &claimed)) return real->C_GetSlotList(present, slots, count);
  if (slots) {
    CK_ULONG room = *count, found = room;
    if (real->C_GetSlotList(present, slots, &found) != CKR_OK) found = 0;
    /* Slots that nobody has. */
    for (CK_ULONG i = found; i < room; i++) slots[i] = 0xFA4E0000 + i;
  }
  *count = claimed;
  return CKR_OK;
}

static CK_RV wrapped_C_GetSlotInfo(CK_SLOT_ID slot, CK_SLOT_INFO_PTR info) {
  struct call call;
  CK_RV answer;
  if (interrupted(&call, LIBRARY, C_GetSlotInfo, &answer)) return answer;
  answer = real->C_GetSlotInfo(slot, info);
  if (is_out) info->flags &= ~(CK_FLAGS)CKF_TOKEN_PRESENT;
  return answer;
}

static CK_RV wrapped_C_GetTokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  struct call call;
  CK_RV answer;
  char value[64];
  if (interrupted(&call, SLOT, C_GetTokenInfo, &answer)) return answer;
  answer = real->C_GetTokenInfo(slot, info);
  /* SoftHSM's free slot stays as it is. */
  if (answer != CKR_OK || !(info->flags & CKF_TOKEN_INITIALIZED)) return answer;
  fill_field(&call, "label", info->label, sizeof info->label);
  fill_field(&call, "serial", info->serialNumber, sizeof info->serialNumber);
  fill_field(&call, "manufacturer", info->manufacturerID, sizeof info->manufacturerID);
  fill_field(&call, "model", info->model, sizeof info->model);
  if (setting(&call, "flags", value, sizeof value)) info->flags |= strtoul(value, NULL, 0);
  if (setting(&call, "pin-length", value, sizeof value)) {
    char *rest;
    info->ulMinPinLen = strtoul(value, &rest, 0);
    info->ulMaxPinLen = strtoul(rest, NULL, 0);
  }
  return answer;
}

/* The mechanisms of the setting; false where there is none, and SoftHSM's own hold. */
static bool told_mechanisms(const struct call *call, CK_MECHANISM_TYPE *types, CK_ULONG *count, CK_ULONG room) {
  char value[2048], *rest = value;
  if (!setting(call, "mechanisms", value, sizeof value)) return false;
  for (*count = 0; *count < room && *rest; *count += 1) types[*count] = strtoul(rest, &rest, 0);
  return true;
}

static bool has_mechanism(const struct call *call, CK_MECHANISM_TYPE type) {
  CK_MECHANISM_TYPE types[128];
  CK_ULONG count;
  if (!told_mechanisms(call, types, &count, 128)) return true;
  for (CK_ULONG i = 0; i < count; i++) {
    if (types[i] == type) return true;
  }
  return false;
}

static CK_RV wrapped_C_GetMechanismList(CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR list, CK_ULONG_PTR count) {
  struct call call;
  CK_RV answer;
  CK_MECHANISM_TYPE types[128];
  CK_ULONG told;
  unsigned long claimed;
  if (interrupted(&call, SLOT, C_GetMechanismList, &answer)) return answer;
  if (action_number(&call, "count", &claimed)) {
    for (CK_ULONG i = 0; list && i < *count; i++) list[i] = i;
    *count = claimed;
    return CKR_OK;
  }
  if (!told_mechanisms(&call, types, &told, 128)) return real->C_GetMechanismList(slot, list, count);
  answer = list && *count < told ? CKR_BUFFER_TOO_SMALL : CKR_OK;
  if (list && answer == CKR_OK) memcpy(list, types, told * sizeof *types);
  *count = told;
  return answer;
}

static CK_RV wrapped_C_GetMechanismInfo(CK_SLOT_ID slot, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO_PTR info) {
  struct call call;
  CK_RV answer;
  if (interrupted(&call, SLOT, C_GetMechanismInfo, &answer)) return answer;
  return has_mechanism(&call, type) ? real->C_GetMechanismInfo(slot, type, info) : CKR_MECHANISM_INVALID;
}

static CK_RV wrapped_C_WaitForSlotEvent(CK_FLAGS flags, CK_SLOT_ID_PTR slot, CK_VOID_PTR reserved) {
  struct call call;
  CK_RV answer;
  char value[8];
  if (interrupted(&call, LIBRARY, C_WaitForSlotEvent, &answer)) return answer;
  if (!setting(&call, "slot-events", value, sizeof value)) return real->C_WaitForSlotEvent(flags, slot, reserved);
  while (is_initialized) {
    if (is_out != told_of_out) {
      CK_SLOT_ID slots[64];
      CK_ULONG count = 64;
      told_of_out = is_out;
      *slot = real->C_GetSlotList(CK_TRUE, slots, &count) == CKR_OK && count > 0 ? slots[0] : 0;
      return CKR_OK;
    }
    if (flags & CKF_DONT_BLOCK) return CKR_NO_EVENT;
    sleep_milliseconds(20);
    reread_rules(&call);
    token_is_out(&call, false);
  }
  return CKR_CRYPTOKI_NOT_INITIALIZED;
}
