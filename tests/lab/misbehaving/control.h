/*
 * What the misbehaving module is told, and what it tells: the folder named by ANTIN_MISBEHAVE holds the file `rules`, read anew
 * at each call, and `calls`, to which each call is appended as "PID C_Function".
 *
 * `rules` is at most 16 KiB of lines. The first one ("# 7") changes with each set of rules; counts start again with it.
 *
 *   C_Sign: ACTION        at each call
 *   C_Sign 3: ACTION      at the third call, counted for each process since the rules were set
 *   C_Sign 3+: ACTION     at the third call and later ones
 *
 * Actions of every function: `crash`, `hang`, `slow MS`, `remove` (the token goes out here and stays out), `0x32` (returns
 * this value at once), `missing` (a null pointer in the function list). Some functions know actions of their own. Lines with other
 * names are settings; all of them are listed in module.c.
 */
#ifndef MISBEHAVING_CONTROL_H
#define MISBEHAVING_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

#include "pkcs11.h"

/* One number for each function of PKCS#11, in the order of the standard's function list. */
enum function {
#define CK_PKCS11_FUNCTION_INFO(name) INDEX_##name,
#include "pkcs11f.h"
#undef CK_PKCS11_FUNCTION_INFO
  functions
};

enum { most_rules = 16384 };

/* One call of a function: the rules as they stood when it came, and the action that they have for it ("" for none). */
struct call {
  char rules[most_rules];
  char action[256];
};

/* Notes the call in `calls`, counts it, and finds its action. */
void note_call(struct call *call, enum function function, const char *name);

/* The rules as they stand now, for a call that goes on for long. */
void reread_rules(struct call *call);

/* The value of a setting or action line with exactly this name, ended by '\0', in `value`; false where there is none. */
bool setting(const struct call *call, const char *name, char *value, size_t room);

/* The number after `word` in an action, as in "slow 1500" or "count 4000000"; false where the action is another. */
bool action_number(const struct call *call, const char *word, unsigned long *number);

/* Bytes written in hexadecimal; returns how many. */
size_t from_hex(const char *text, unsigned char *bytes, size_t room);

/* Whether the token is out: told so by a setting, or taken out by the action `remove` (the file `removed`). */
bool told_removed(const struct call *call);
void mark_removed(void);

/* What is typed on the token's own pad for `what` ("login", "old", "new"): asked for over the socket `pin-pad`. False where
 * nobody sits there or the person gives up. */
bool ask_pin_pad(const char *what, unsigned char *pin, CK_ULONG *length, size_t room);

#endif
