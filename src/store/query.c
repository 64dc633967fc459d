// SPDX-License-Identifier: Apache-2.0
#include "store/query.h"

#include "base/error.h"
#include "store/tokenize.h"

#include <stdio.h>
#include <string.h>

typedef struct parser {
  kh_query *query;
  const char *text;
  size_t len;
  size_t at;
  bool negated; // - or NOT stands before what comes
  bool either;  // OR stands before what comes
  size_t sign;  // where that stands
  kh_error *error;
} parser;

static kh_status refuse(const parser *p, kh_status code, size_t from, size_t to, const char *what) {
  (void)kh_fail(p->error, code, KH_STAGE_STORE, "in the query, at character %zu: %s",
                kh_span_code_points(p->text, from) + 1, what);
  if (p->error) p->error->span = (kh_span){(uint32_t)from, (uint32_t)to};
  return code;
}

// ------------------------------------------------------------------ marks

static bool starts_with(const parser *p, size_t at, const char *word) {
  const size_t len = strlen(word);
  return p->len - at >= len && memcmp(p->text + at, word, len) == 0;
}

typedef struct quotes {
  const char *open;
  const char *close;
} quotes;

static const quotes *quotes_at(const parser *p, size_t at) {
  static const quotes known[] = {
      {"\"", "\""}, {"\xC2\xAB", "\xC2\xBB"}, {"\xE2\x80\x9C", "\xE2\x80\x9D"}};
  for (size_t i = 0; at < p->len && i < sizeof known / sizeof *known; i++)
    if (starts_with(p, at, known[i].open)) return &known[i];
  return NULL;
}

// Bytes of a blank at `at`, or 0.
static size_t blank_at(const parser *p, size_t at) {
  const unsigned char c = (unsigned char)p->text[at];
  if (c <= ' ' || c == 0x7F) return 1;
  if (starts_with(p, at, "\xC2\xA0")) return 2;
  // bidi marks and isolates that come along with copied text
  if (starts_with(p, at, "\xE2\x80\x8E") || starts_with(p, at, "\xE2\x80\x8F")) return 3;
  if (c == 0xE2 && p->len - at > 2 && (unsigned char)p->text[at + 1] == 0x81 &&
      (unsigned char)p->text[at + 2] >= 0xA6 && (unsigned char)p->text[at + 2] <= 0xA9)
    return 3;
  return 0;
}

static void skip_blanks(parser *p) {
  size_t width;
  while (p->at < p->len && (width = blank_at(p, p->at)) > 0) p->at += width;
}

// Where the word that begins at `at` ends: before a blank or quotation mark.
static size_t word_end(const parser *p, size_t at) {
  while (at < p->len && !blank_at(p, at) && !quotes_at(p, at) && p->text[at] != '|') at++;
  return at;
}

// The end of a quotation that begins at p->at, whose inside is put into `span`.
static kh_status take_quoted(parser *p, kh_span *span) {
  const quotes *marks = quotes_at(p, p->at);
  const size_t from = p->at + strlen(marks->open);
  for (size_t at = from; at < p->len; at++) {
    if (!starts_with(p, at, marks->close)) continue;
    *span = (kh_span){(uint32_t)from, (uint32_t)at};
    p->at = at + strlen(marks->close);
    return KH_OK;
  }
  return refuse(p, KH_ERROR_ARGUMENT, p->at, p->len,
                "this quotation mark has no partner; close the quotation or leave it out");
}

// ------------------------------------------------------------------ filters

// The key that stands at p->at with a colon, or KH_QUERY_KEYS.
static kh_query_key key_at(const parser *p, size_t *len) {
  static const struct {
    const char *name;
    kh_query_key key;
  } names[] = {
      {"actor:", KH_QUERY_ACTOR}, {"جهة:", KH_QUERY_ACTOR},   {"type:", KH_QUERY_TYPE},
      {"نوع:", KH_QUERY_TYPE},    {"place:", KH_QUERY_PLACE}, {"مكان:", KH_QUERY_PLACE},
      {"from:", KH_QUERY_FROM},   {"من:", KH_QUERY_FROM},     {"to:", KH_QUERY_TO},
      {"إلى:", KH_QUERY_TO},      {"الى:", KH_QUERY_TO},      {"outlet:", KH_QUERY_OUTLET},
      {"ناشر:", KH_QUERY_OUTLET},
  };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (!starts_with(p, p->at, names[i].name)) continue;
    *len = strlen(names[i].name);
    return names[i].key;
  }
  return KH_QUERY_KEYS;
}

static kh_status take_filter(parser *p, kh_query_key key, size_t key_len) {
  const size_t begin = p->at;
  kh_span value;
  p->at += key_len;
  if (quotes_at(p, p->at)) {
    const kh_status status = take_quoted(p, &value);
    if (status != KH_OK) return status;
  } else {
    const size_t end = word_end(p, p->at);
    value = (kh_span){(uint32_t)p->at, (uint32_t)end};
    p->at = end;
  }
  if (value.start == value.end)
    return refuse(p, KH_ERROR_ARGUMENT, begin, p->at, "write a value right after the colon");
  if (p->negated || p->either)
    return refuse(p, KH_ERROR_ARGUMENT, p->sign, p->at, "- and OR are for words, not for filters");
  if (p->query->filters[key][0])
    return refuse(p, KH_ERROR_ARGUMENT, begin, p->at, "this filter stands there twice");
  memcpy(p->query->filters[key], p->text + value.start, value.end - value.start);
  return KH_OK;
}

// ------------------------------------------------------------------ terms

// How many words a stretch has, and how many letters the last of them.
static size_t count_words(const parser *p, kh_span span, size_t *last) {
  kh_spelling spelling = {.text = p->text + span.start, .len = span.end - span.start};
  kh_spelt word;
  size_t count = 0;
  while (kh_next_spelt(&spelling, &word)) {
    *last = word.count;
    count++;
  }
  return count;
}

static kh_status add_term(parser *p, size_t begin, kh_span span, bool prefix) {
  kh_query *q = p->query;
  size_t last = 0;
  const size_t words = count_words(p, span, &last);
  if (!words) { // marks alone: nothing to look for, unless a sign stands before
    if (prefix || p->negated || p->either)
      return refuse(p, KH_ERROR_ARGUMENT, begin, p->at, "a word is wanted here");
    return KH_OK;
  }
  if (words > KH_PHRASE_WORDS)
    return refuse(p, KH_ERROR_LIMIT, begin, p->at, "this phrase has more than 16 words");
  if (prefix && last < KH_QUERY_PREFIX)
    return refuse(p, KH_ERROR_ARGUMENT, begin, p->at,
                  "write at least two letters before the asterisk");
  if (q->count == KH_QUERY_TERMS)
    return refuse(
        p, KH_ERROR_LIMIT, begin, p->at,
        "there are more than 32 words; put those that belong together in quotation marks");
  kh_query_term *term = &q->terms[q->count];
  *term = (kh_query_term){.span = span, .prefix = prefix, .excluded = p->negated};
  if (p->either) {
    term->group = q->terms[q->count - 1].group;
  } else {
    term->group = q->count ? (uint8_t)(q->terms[q->count - 1].group + 1) : 0;
  }
  q->count++;
  if (!p->negated) q->wanted++;
  p->negated = p->either = false;
  return KH_OK;
}

static kh_status take_phrase(parser *p) {
  const size_t begin = p->at;
  kh_span span;
  const kh_status status = take_quoted(p, &span);
  if (status != KH_OK) return status;
  const bool prefix = p->at < p->len && p->text[p->at] == '*';
  if (prefix) p->at++;
  return add_term(p, begin, span, prefix);
}

static kh_status take_word(parser *p) {
  const size_t begin = p->at;
  size_t end = word_end(p, begin);
  p->at = end;
  const bool prefix = p->text[end - 1] == '*';
  if (prefix) end--;
  return add_term(p, begin, (kh_span){(uint32_t)begin, (uint32_t)end}, prefix);
}

static bool is_word(const parser *p, const char *word) {
  return word_end(p, p->at) - p->at == strlen(word) && starts_with(p, p->at, word);
}

static kh_status take_or(parser *p, size_t len) {
  const size_t begin = p->at;
  p->at += len;
  const kh_query *q = p->query;
  if (p->either || p->negated || !q->count || q->terms[q->count - 1].excluded)
    return refuse(p, KH_ERROR_ARGUMENT, begin, p->at, "OR stands between two words");
  p->either = true;
  p->sign = begin;
  return KH_OK;
}

static kh_status take_not(parser *p, size_t len) {
  const size_t begin = p->at;
  p->at += len;
  if (p->either || p->negated)
    return refuse(p, KH_ERROR_ARGUMENT, begin, p->at, "after OR or - a word is wanted");
  p->negated = true;
  p->sign = begin;
  return KH_OK;
}

static kh_status take(parser *p) {
  size_t key_len = 0;
  if (quotes_at(p, p->at)) return take_phrase(p);
  if (p->text[p->at] == '|') return take_or(p, 1);
  if (is_word(p, "OR")) return take_or(p, 2);
  if (is_word(p, "NOT")) return take_not(p, 3);
  if (is_word(p, "AND")) {
    p->at += 3;
    return KH_OK;
  }
  const char after = p->at + 1 < p->len ? p->text[p->at + 1] : '-';
  if (p->text[p->at] == '-' && after != '-' && !blank_at(p, p->at + 1)) return take_not(p, 1);
  const kh_query_key key = key_at(p, &key_len);
  return key == KH_QUERY_KEYS ? take_word(p) : take_filter(p, key, key_len);
}

static kh_status check_whole(const parser *p) {
  const kh_query *q = p->query;
  if (p->negated || p->either)
    return refuse(p, KH_ERROR_ARGUMENT, p->sign, p->len, "a word is wanted after this");
  bool filtered = false;
  for (int i = 0; i < KH_QUERY_KEYS; i++) filtered = filtered || q->filters[i][0];
  if (q->wanted || (filtered && !q->count)) return KH_OK;
  if (q->count)
    return kh_fail(p->error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                   "the query only says what to leave out; add a word that is to be found");
  return kh_fail(p->error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "the query has no word to look for");
}

kh_status kh_query_parse(kh_query *query, const char *text, kh_error *error) {
  memset(query, 0, sizeof *query);
  query->text = text;
  parser p = {.query = query, .text = text, .len = strlen(text), .error = error};
  if (p.len > KH_QUERY_BYTES)
    return kh_fail(error, KH_ERROR_LIMIT, KH_STAGE_STORE,
                   "the query has %zu bytes; at most %d are read", p.len, KH_QUERY_BYTES);
  kh_status status = KH_OK;
  for (skip_blanks(&p); status == KH_OK && p.at < p.len; skip_blanks(&p)) status = take(&p);
  return status == KH_OK ? check_whole(&p) : status;
}

// ------------------------------------------------------------------ compiling

typedef struct expression {
  char *at;
  size_t used;
} expression;

// Each term adds its bytes and fewer than 16 more: KH_QUERY_ROOM is never used up.
static void put(expression *e, const char *bytes, size_t len) {
  if (e->used + len + 1 > KH_QUERY_ROOM) return;
  memcpy(e->at + e->used, bytes, len);
  e->used += len;
}

static void put_text(expression *e, const char *text) { put(e, text, strlen(text)); }

static void put_term(expression *e, const kh_query *query, const kh_query_term *term,
                     kh_reach reach) {
  const char mark[] = {KH_REACH_MARK[0], KH_REACH_MARK[1], (char)(KH_REACH_MARK_LAST + (int)reach)};
  put_text(e, "\"");
  put(e, mark, sizeof mark);
  for (uint32_t i = term->span.start; i < term->span.end; i++)
    put(e, query->text[i] == '"' ? " " : query->text + i, 1);
  put_text(e, term->prefix ? "\"*" : "\"");
}

static void put_wanted(expression *e, const kh_query *query, kh_reach reach) {
  const kh_query_term *last = NULL;
  for (unsigned i = 0; i < query->count; i++) {
    const kh_query_term *term = &query->terms[i];
    if (term->excluded) continue;
    if (last && last->group == term->group)
      put_text(e, " OR ");
    else
      put_text(e, last ? ") AND (" : "((");
    put_term(e, query, term, reach);
    last = term;
  }
  put_text(e, "))");
}

void kh_query_compile(const kh_query *query, kh_reach reach, char *out) {
  expression e = {.at = out, .used = 0};
  if (query->wanted) put_wanted(&e, query, reach);
  for (unsigned i = 0; query->wanted && i < query->count; i++) {
    if (!query->terms[i].excluded) continue;
    put_text(&e, " NOT ");
    put_term(&e, query, &query->terms[i], KH_REACH_WITHIN);
  }
  out[e.used] = '\0';
}
