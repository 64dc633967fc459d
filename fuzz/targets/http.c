// SPDX-License-Identifier: Apache-2.0
// Requests to the local server, behind the socket: who is let in, where a path leads, what the
// handlers make of arguments and bodies, over a small record.
#include "fuzz.h"

#include "app/web/core.h"
#include "app/web/guard.h"
#include "app/web/route.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROOM = 16384, ARGUMENTS = 16 };

static kh_core *core;
static char path[64] = "/tmp/khutwa-fuzz-XXXXXX";

static void end(void) {
  kh_core_close(core);
  (void)unlink(path);
}

static void must(bool holds, const char *what) {
  if (holds) return;
  (void)fprintf(stderr, "%s\n", what);
  abort();
}

static void add_report(kh_store *store, int64_t container, uint64_t position, const char *text) {
  const kh_source source = {.id = "f", .published = "2023-07-19", .outlet = "صوت"};
  kh_document *document = NULL;
  must(kh_document_read(&document, fuzz_engine(), text, strlen(text), &source, NULL) == KH_OK,
       "read");
  const kh_store_item item = {.document = document, .container = container, .position = position};
  must(kh_store_add(store, &item, NULL, NULL) == KH_OK, "add");
  kh_document_close(document);
}

static void begin(void) {
  if (core) return;
  const int fd = mkstemp(path);
  must(fd >= 0, "a temporary file");
  (void)close(fd);
  (void)unlink(path);
  const kh_store_options options = {.user = "f", .at = "2023-07-20T00:00:00Z"};
  kh_store *store = NULL;
  must(kh_store_open(&store, path, &options, NULL) == KH_OK, "open");
  const kh_store_container container = {"f", "text", 0, 0};
  kh_store_progress progress = {0};
  must(kh_store_open_container(store, &container, &progress, NULL) == KH_OK, "container");
  add_report(store, progress.container, 0,
             "قال المتحدث باسم المجلس عادل منصور إن سبعة مدنيين قتلوا في قصف على مدينة الأبيض.");
  add_report(
      store, progress.container, 1,
      "طالب المبعوث يوسف بركات الطرفين بوقف إطلاق النار، وتعهدت القوات بالإفراج عن 40 محتجزا.");
  must(kh_store_merge(store, NULL) == KH_OK && kh_store_index(store, NULL) == KH_OK, "merge");
  (void)kh_store_close(store, NULL);
  kh_error error;
  must(kh_core_open(&core, path, "f", &error) == KH_OK, "core");
  (void)atexit(end);
}

typedef struct arguments {
  const char *names[ARGUMENTS];
  const char *values[ARGUMENTS];
  unsigned count;
} arguments;

static const char *find(void *context, const char *name) {
  const arguments *all = context;
  for (unsigned i = 0; i < all->count; i++) {
    if (strcmp(all->names[i], name) == 0) return all->values[i];
  }
  return NULL;
}

static void decode(char *text) {
  char *to = text;
  for (; *text; text++) {
    if (text[0] == '%' && isxdigit((unsigned char)text[1]) && isxdigit((unsigned char)text[2])) {
      const char hex[3] = {text[1], text[2], 0};
      *to++ = (char)strtol(hex, NULL, 16);
      text += 2;
    } else {
      *to++ = *text;
    }
  }
  *to = 0;
}

static void split_query(char *query, arguments *all) {
  for (char *next = NULL; query && *query && all->count < ARGUMENTS; query = next) {
    next = strchr(query, '&');
    if (next) *next++ = 0;
    char *equals = strchr(query, '=');
    if (equals)
      *equals++ = 0;
    else
      equals = query + strlen(query);
    decode(query);
    decode(equals);
    all->names[all->count] = query;
    all->values[all->count++] = equals;
  }
}

// "METHOD TARGET\nHost: ...\nOrigin: ...\n\nBODY"
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  begin();
  if (size >= ROOM) return 0;
  char text[ROOM];
  memcpy(text, data, size);
  text[size] = 0;
  char *body = strstr(text, "\n\n");
  if (body) {
    *body = 0;
    body += 2;
  }
  char *headers = strchr(text, '\n');
  if (headers) *headers++ = 0;
  char *target = strchr(text, ' ');
  if (!target || target[1] != '/') return 0;
  *target++ = 0;
  kh_visitor visitor = {.method = text, .host = headers, .origin = headers, .mark = "1"};
  const kh_guard guard = {4321, true, "0123456789abcdef"};
  (void)kh_guard_check(&guard, &visitor);
  char *query = strchr(target, '?');
  if (query) *query++ = 0;
  arguments all = {.count = 0};
  split_query(query, &all);
  decode(target);
  const kh_request request = {.method = text,
                              .path = target,
                              .arg = find,
                              .arg_context = &all,
                              .body = body,
                              .body_len = body ? size - (size_t)(body - text) : 0,
                              .body_fd = -1};
  kh_reply reply = kh_route_answer(core, &request);
  must(reply.status >= 200 && reply.status < 600, "an answer has a status");
  must(reply.status != 500, "no request is the server's failure");
  must(reply.fd >= 0 || reply.bytes || reply.len == 0, "an answer has content");
  kh_reply_free(&reply);
  return 0;
}
