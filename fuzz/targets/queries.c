// SPDX-License-Identifier: Apache-2.0
// Search queries and the other questions, over a small record in memory. The first byte chooses the
// question; the rest is its text, or two of them with a NUL between.
#include "fuzz.h"

#include <khutwa/ask.h>
#include <khutwa/store.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TEXT = 2048 };

static kh_store *store;

static void demand(bool holds, const char *what) {
  if (holds) return;
  (void)fprintf(stderr, "broken promise: %s\n", what);
  abort();
}

static void forget(void) { (void)kh_store_close(store, NULL); }

static void add(const char *text, const char *day) {
  kh_document *document = NULL;
  const kh_source source = {.id = day, .published = day, .outlet = "ناشر", .title = "عنوان"};
  demand(kh_document_read(&document, fuzz_engine(), text, strlen(text), &source, NULL) == KH_OK,
         "a report is read");
  const kh_store_container from = {.path = day, .kind = "text", .size = -1, .mtime = -1};
  kh_store_progress progress = {0};
  demand(kh_store_open_container(store, &from, &progress, NULL) == KH_OK, "a container");
  const kh_store_item item = {.document = document, .container = progress.container};
  demand(kh_store_add(store, &item, NULL, NULL) == KH_OK, "a report is added");
  kh_document_close(document);
}

static void prepare(void) {
  if (store) return;
  const kh_store_options options = {.user = "f", .at = "2026-01-01T00:00:00Z"};
  demand(kh_store_open(&store, ":memory:", &options, NULL) == KH_OK, "a record in memory");
  atexit(forget);
  add("قال المتحدث باسم الجيش إن 5 مدنيين قتلوا في قصف على مدينة حلب.\nوطالب المبعوث الحكومة بوقف "
      "إطلاق النار قبل الإفراج عن 30 محتجزا.",
      "2019-05-30");
  add("وَالتقى الوزير الأردنيّ نظيره المصري في عمّان. نفى مسؤولون وقوع ١٬٢٠٠ إصابة في F-16.",
      "2019-06-01");
  demand(kh_store_merge(store, NULL) == KH_OK, "merged");
  demand(kh_store_index(store, NULL) == KH_OK, "indexed");
}

static bool count(void *context, const char *json, size_t len) {
  unsigned *rows = context;
  demand(strlen(json) == len && json[0] == '{' && json[len - 1] == '}', "a row is an object");
  demand(!memchr(json, '\n', len), "a row is a line");
  return ++*rows < 5;
}

static bool swallow(void *context, const char *bytes, size_t len) {
  (void)context;
  demand(bytes || !len, "bytes to write");
  return true;
}

static bool show(void *context, const char *json, size_t len) {
  const kh_question *question = context;
  const kh_view_text_options options = {.language = KH_VIEW_ARABIC};
  kh_error error;
  demand(kh_view_answer(*question, json, &options, swallow, NULL, &error) == KH_OK,
         "a row is shown");
  (void)len;
  return true;
}

static void ask(kh_question question, const char *text, const char *other, uint8_t which) {
  unsigned rows = 0;
  kh_answer answer;
  kh_error error = {0};
  kh_selection s = {.text = text, .limit = which & 4 ? 1 : 0, .brief = which & 8};
  const char **const fields[] = {&s.id,     &s.actor,  &s.by, &s.type,   &s.place,   &s.from,
                                 &s.outlet, &s.status, &s.to, &s.blocks, &s.country, &s.other};
  if (question != KH_ASK_SEARCH && question != KH_ASK_DOCUMENTS && question != KH_ASK_ACTORS)
    *fields[which % 12] = text;
  *fields[(which >> 4) % 12] = other;
  if (question == KH_ASK_SHOW || question == KH_ASK_DIFF) s.id = text;
  const kh_status status = kh_ask(store, question, &s, count, &rows, &answer, &error);
  if (status == KH_OK) {
    demand(answer.rows == rows, "rows are counted");
    (void)kh_ask(store, question, &s, show, &question, NULL, NULL);
    return;
  }
  demand(status == KH_ERROR_ARGUMENT || status == KH_ERROR_LIMIT || (status == KH_ERROR_IO && rows),
         "a question is refused as such");
  demand(error.message[0] && error.span.end >= error.span.start, "a refusal says why");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static char text[MOST_TEXT];
  prepare();
  if (size < 2) return 0;
  if (size - 2 >= sizeof text) size = sizeof text + 1;
  memcpy(text, data + 2, size - 2);
  text[size - 2] = '\0';
  const size_t len = strlen(text);
  const char *other = len + 2 < size - 1 ? text + len + 1 : NULL;
  // every second one is a search
  ask(data[0] & 1 ? KH_ASK_SEARCH : (kh_question)((data[0] >> 1) % KH_ASK_QUESTIONS), text, other,
      data[1]);
  return 0;
}
