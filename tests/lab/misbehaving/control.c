#include "control.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned counts[functions];
static char counted_for[64];

static bool path_of(const char *name, char *path, size_t room) {
  const char *folder = getenv("ANTIN_MISBEHAVE");
  return folder && (size_t)snprintf(path, room, "%s/%s", folder, name) < room;
}

static void read_rules(char *rules) {
  char path[4096];
  size_t length = 0;
  int file = path_of("rules", path, sizeof path) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file >= 0) {
    ssize_t got;
    while ((got = read(file, rules + length, most_rules - 1 - length)) > 0) length += (size_t)got;
    close(file);
  }
  rules[length] = '\0';
}

void reread_rules(struct call *call) { read_rules(call->rules); }

/* One write with O_APPEND: lines of several processes don't mix. */
static void append_call(const char *name) {
  char path[4096], line[128];
  if (!path_of("calls", path, sizeof path)) return;
  int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  int length = snprintf(line, sizeof line, "%d %s\n", (int)getpid(), name);
  if (file < 0 || write(file, line, (size_t)length) != length) abort();
  close(file);
}

static unsigned count_call(const char *rules, enum function function) {
  char first[sizeof counted_for];
  snprintf(first, sizeof first, "%.*s", (int)strcspn(rules, "\n"), rules);
  pthread_mutex_lock(&lock);
  if (strcmp(first, counted_for) != 0) {
    memset(counts, 0, sizeof counts);
    strcpy(counted_for, first);
  }
  unsigned count = ++counts[function];
  pthread_mutex_unlock(&lock);
  return count;
}

bool setting(const struct call *call, const char *name, char *value, size_t room) {
  size_t length = strlen(name);
  for (const char *line = call->rules; *line; line += strcspn(line, "\n"), line += *line == '\n') {
    if (strncmp(line, name, length) != 0 || strncmp(line + length, ": ", 2) != 0) continue;
    const char *start = line + length + 2;
    snprintf(value, room, "%.*s", (int)strcspn(start, "\n"), start);
    return true;
  }
  return false;
}

void note_call(struct call *call, enum function function, const char *name) {
  char with_number[96];
  append_call(name);
  read_rules(call->rules);
  call->action[0] = '\0';
  unsigned count = count_call(call->rules, function);
  snprintf(with_number, sizeof with_number, "%s %u", name, count);
  if (setting(call, with_number, call->action, sizeof call->action)) return;
  for (unsigned from = count; from > 0; from--) {
    snprintf(with_number, sizeof with_number, "%s %u+", name, from);
    if (setting(call, with_number, call->action, sizeof call->action)) return;
  }
  setting(call, name, call->action, sizeof call->action);
}

bool action_number(const struct call *call, const char *word, unsigned long *number) {
  size_t length = strlen(word);
  if (strncmp(call->action, word, length) != 0 || call->action[length] != ' ') return false;
  *number = strtoul(call->action + length + 1, NULL, 0);
  return true;
}

size_t from_hex(const char *text, unsigned char *bytes, size_t room) {
  size_t length = 0;
  unsigned byte;
  while (length < room && sscanf(text + 2 * length, "%2x", &byte) == 1) bytes[length++] = (unsigned char)byte;
  return length;
}

bool told_removed(const struct call *call) {
  char text[4096];
  if (setting(call, "removed", text, sizeof text)) return true;
  return path_of("removed", text, sizeof text) && access(text, F_OK) == 0;
}

void mark_removed(void) {
  char path[4096];
  int file = path_of("removed", path, sizeof path) ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;
  if (file < 0) abort();
  close(file);
}

bool ask_pin_pad(const char *what, unsigned char *pin, CK_ULONG *length, size_t room) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (!path_of("pin-pad", address.sun_path, sizeof address.sun_path)) return false;
  int pad = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  size_t typed = 0;
  if (pad >= 0 && connect(pad, (struct sockaddr *)&address, sizeof address) == 0 &&
      write(pad, what, strlen(what)) == (ssize_t)strlen(what)) {
    ssize_t got;
    while (typed < room && (got = read(pad, pin + typed, room - typed)) > 0) typed += (size_t)got;
  }
  if (pad >= 0) close(pad);
  *length = typed;
  return typed > 0;
}
