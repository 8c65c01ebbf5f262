/* Objects and their attributes. */

static CK_RV wrapped_C_FindObjects(session session, objects found, number most, numbers count) {
  struct call call;
  CK_RV answer;
  unsigned long claimed;
  if (interrupted(&call, SESSION, C_FindObjects, &answer)) return answer;
  if (!action_number(&call, "count", &claimed)) return real->C_FindObjects(session, found, most, count);
  answer = real->C_FindObjects(session, found, most, count);
  /* Behind the real ones the first again: a handle that works, so that the reader goes on. */
  for (CK_ULONG i = *count; answer == CKR_OK && i < most; i++) found[i] = i > 0 ? found[0] : 1;
  *count = claimed;
  return answer;
}

/* Gives an attribute as the setting has it: its length where `pValue` is null, else as much as there is room for. */
static CK_RV lie(const char *how, CK_ATTRIBUTE_PTR attribute, CK_ULONG room) {
  unsigned char value[2048];
  CK_ULONG length = 0;
  if (strcmp(how, "unavailable") == 0) {
    attribute->ulValueLen = CK_UNAVAILABLE_INFORMATION;
    return CKR_ATTRIBUTE_TYPE_INVALID;
  }
  if (sscanf(how, "bytes %lu", &length) == 1) {
    if (attribute->pValue) memset(attribute->pValue, 0xA5, room < length ? room : length);
  } else if (sscanf(how, "length %lu", &length) != 1) {
    length = from_hex(how + strlen("hex "), value, sizeof value);
    if (attribute->pValue) memcpy(attribute->pValue, value, room < length ? room : length);
  }
  attribute->ulValueLen = length;
  return CKR_OK;
}

static CK_RV wrapped_C_FindObjectsFinal(session session) {
  struct call call;
  CK_RV answer;
  /* The search is over whatever is answered. */
  if (interrupted(&call, SESSION, C_FindObjectsFinal, &answer)) {
    real->C_FindObjectsFinal(session);
    return answer;
  }
  return real->C_FindObjectsFinal(session);
}

static CK_RV wrapped_C_GetAttributeValue(session session, object object, attributes template, number count) {
  struct call call;
  CK_RV answer;
  if (interrupted(&call, SESSION, C_GetAttributeValue, &answer)) return answer;
  answer = CKR_OK;
  /* One at a time: what is lied about needs no answer of SoftHSM's. */
  for (CK_ULONG i = 0; i < count; i++) {
    char name[64], how[4200];
    CK_ULONG room = template[i].ulValueLen;
    snprintf(name, sizeof name, "attribute 0x%lx", template[i].type);
    bool lied = setting(&call, name, how, sizeof how);
    if (!lied && template[i].type == CKA_ALWAYS_AUTHENTICATE && setting(&call, "always-authenticate", how, sizeof how)) {
      strcpy(how, "hex 01");
      lied = true;
    }
    CK_RV one = CKR_OK;
    if (!lied || strncmp(how, "length ", 7) == 0) one = real->C_GetAttributeValue(session, object, &template[i], 1);
    if (lied) one = lie(how, &template[i], room);
    if (one != CKR_OK) answer = one;
  }
  return answer;
}
