// SPDX-License-Identifier: Apache-2.0
// SQL functions that show a span in its sentence: khutwa_sentence(text, start, end) gives the
// sentence, khutwa_marks(text, start, end) a JSON list with the span's place in it, in code points.
#include "store/asking.h"
#include "store/fold.h"

#include <stdio.h>
#include <string.h>

enum { REACH = 600, MARKS = 96 }; // bytes of a sentence shown on either side

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// Bytes of a mark that ends a sentence at `at`, or 0.
static size_t stop_at(const char *text, size_t len, size_t at) {
  size_t width = 0;
  if (text[at] == '.' || text[at] == '!' || text[at] == '?') width = 1;
  if (at + 1 < len && text[at] == '\xD8' && text[at + 1] == '\x9F') width = 2; // ؟
  if (!width) return 0;
  return at + width == len || is_blank(text[at + width]) || text[at + width] == '\n' ? width : 0;
}

static bool at_character(const char *text, size_t at) {
  return ((unsigned char)text[at] & 0xC0) != 0x80;
}

static size_t sentence_start(const char *text, size_t len, size_t start) {
  size_t at = start;
  while (at && start - at < REACH) {
    if (text[at - 1] == '\n' || (is_blank(text[at - 1]) && at > 1 && stop_at(text, len, at - 2)))
      return at;
    // the second byte of ؟
    if (is_blank(text[at - 1]) && at > 2 && stop_at(text, len, at - 3) == 2) return at;
    at--;
  }
  while (at < start && !at_character(text, at)) at++;
  return at;
}

static size_t sentence_end(const char *text, size_t len, size_t end) {
  size_t at = end;
  while (at < len && at - end < REACH) {
    if (text[at] == '\n') return at;
    const size_t width = stop_at(text, len, at);
    if (width) return at + width;
    at++;
  }
  while (at < len && !at_character(text, at)) at++;
  return at;
}

// The sentence around a span, in bytes; false where the arguments are none.
static bool sentence_of(sqlite3_value **values, const char **text, kh_span *span,
                        kh_span *sentence) {
  *text = (const char *)sqlite3_value_text(values[0]);
  const size_t len = (size_t)sqlite3_value_bytes(values[0]);
  const int64_t start = sqlite3_value_int64(values[1]);
  const int64_t end = sqlite3_value_int64(values[2]);
  if (!*text || start < 0 || end < start || (uint64_t)end > len) return false;
  *span = (kh_span){(uint32_t)start, (uint32_t)end};
  sentence->start = (uint32_t)sentence_start(*text, len, (size_t)start);
  sentence->end = (uint32_t)sentence_end(*text, len, (size_t)end);
  return true;
}

static void give_sentence(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  const char *text;
  kh_span span;
  kh_span sentence;
  if (!sentence_of(values, &text, &span, &sentence)) return; // NULL
  sqlite3_result_text(context, text + sentence.start, (int)(sentence.end - sentence.start),
                      SQLITE_TRANSIENT);
}

static size_t code_points(const char *text, size_t from, size_t to) {
  size_t count = 0;
  for (size_t i = from; i < to; i++) count += at_character(text, i);
  return count;
}

static void give_marks(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  const char *text;
  kh_span span;
  kh_span sentence;
  char json[MARKS];
  if (!sentence_of(values, &text, &span, &sentence)) {
    sqlite3_result_text(context, "[]", 2, SQLITE_STATIC);
    return;
  }
  const size_t start = code_points(text, sentence.start, span.start);
  const int len = snprintf(json, sizeof json, "[{\"start\":%zu,\"end\":%zu}]", start,
                           start + code_points(text, span.start, span.end));
  sqlite3_result_text(context, json, len, SQLITE_TRANSIENT);
}

// khutwa_has(text, words): are all words in it, in any spelling?
static void give_has(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  enum { FOLDED = 4096 };
  char text[FOLDED];
  char words[FOLDED];
  const char *told[2] = {(const char *)sqlite3_value_text(values[0]),
                         (const char *)sqlite3_value_text(values[1])};
  (void)kh_search_fold(told[0] ? told[0] : "", (size_t)sqlite3_value_bytes(values[0]), text,
                       sizeof text);
  (void)kh_search_fold(told[1] ? told[1] : "", (size_t)sqlite3_value_bytes(values[1]), words,
                       sizeof words);
  bool all = *words;
  for (char *word = words; all && *word;) {
    const size_t len = strcspn(word, " ");
    const bool last = word[len] == '\0';
    word[len] = '\0';
    all = strstr(text, word) != NULL;
    word += len + (last ? 0 : 1);
  }
  sqlite3_result_int(context, all);
}

int kh_functions_register(sqlite3 *db) {
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
  const int code =
      sqlite3_create_function(db, "khutwa_sentence", 3, flags, NULL, give_sentence, NULL, NULL);
  if (code != SQLITE_OK) return code;
  (void)sqlite3_create_function(db, "khutwa_has", 2, flags, NULL, give_has, NULL, NULL);
  return sqlite3_create_function(db, "khutwa_marks", 3, flags, NULL, give_marks, NULL, NULL);
}
