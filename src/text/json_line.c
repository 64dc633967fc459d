// SPDX-License-Identifier: Apache-2.0
#include "text/json_line.h"

#include "text/decode.h"

#include <string.h>

enum { MOST_DEPTH = 512 };

typedef struct cursor {
  char *at;
  char *end;
  const char *what; // is wrong, once something is
} cursor;

static bool fails(cursor *c, const char *what) {
  c->what = what;
  return false;
}

static void skip_blanks(cursor *c) {
  while (c->at < c->end && (*c->at == ' ' || *c->at == '\t' || *c->at == '\r' || *c->at == '\n'))
    c->at++;
}

// Takes `mark`, after blanks.
static bool takes(cursor *c, char mark) {
  skip_blanks(c);
  if (c->at == c->end || *c->at != mark) return false;
  c->at++;
  return true;
}

// ------------------------------------------------------------------ strings

static bool hex4(const cursor *c, const char *at, uint32_t *value) {
  *value = 0;
  if (c->end - at < 4) return false;
  for (int i = 0; i < 4; i++) {
    const char low = (char)(at[i] | 0x20);
    uint32_t digit;
    if (at[i] >= '0' && at[i] <= '9')
      digit = (uint32_t)(at[i] - '0');
    else if (low >= 'a' && low <= 'f')
      digit = (uint32_t)(low - 'a') + 10;
    else
      return false;
    *value = *value << 4 | digit;
  }
  return true;
}

// The character of «uXXXX», or of two of them that are a surrogate pair.
static bool take_code_point(cursor *c, uint32_t *code_point) {
  uint32_t low = 0;
  if (!hex4(c, c->at + 1, code_point)) return fails(c, "a wrong escape");
  c->at += 5;
  if (*code_point < 0xD800 || *code_point > 0xDFFF) return true;
  const bool pair = *code_point < 0xDC00 && c->end - c->at >= 6 && c->at[0] == '\\' &&
                    c->at[1] == 'u' && hex4(c, c->at + 2, &low) && low >= 0xDC00 && low <= 0xDFFF;
  if (!pair) return fails(c, "half a surrogate pair");
  *code_point = 0x10000 + ((*code_point - 0xD800) << 10) + (low - 0xDC00);
  c->at += 6;
  return true;
}

// An escape, the cursor behind its backslash, written to `*to` (never more bytes than it took).
static bool take_escape(cursor *c, char **to) {
  static const char escapes[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  if (c->at == c->end) return fails(c, "a string without an end");
  if (*c->at == 'u') {
    uint32_t code_point = 0;
    if (!take_code_point(c, &code_point)) return false;
    *to += kh_utf8_put(*to, code_point);
    return true;
  }
  const char *known = *c->at ? strchr(escapes, *c->at) : NULL;
  if (!known) return fails(c, "a wrong escape");
  *(*to)++ = meanings[known - escapes];
  c->at++;
  return true;
}

// A string, decoded in place and ended with a NUL in place of its closing quotation mark (or
// before it).
static bool take_string(cursor *c, char **at, size_t *len) {
  if (!takes(c, '"')) return fails(c, "no string where one must be");
  char *to = c->at;
  *at = to;
  for (;;) {
    char *from = c->at;
    while (c->at < c->end && (unsigned char)*c->at >= 0x20 && *c->at != '"' && *c->at != '\\')
      c->at++;
    const size_t run = (size_t)(c->at - from);
    if (to != from) memmove(to, from, run);
    to += run;
    if (c->at == c->end) return fails(c, "a string without an end");
    const char mark = *c->at;
    if (mark != '"' && mark != '\\') return fails(c, "a control character in a string");
    c->at++;
    if (mark == '"') break;
    if (!take_escape(c, &to)) return false;
  }
  *len = (size_t)(to - *at);
  *to = '\0';
  return true;
}

// ------------------------------------------------------------------ other values

static bool is_digit(const cursor *c) { return c->at < c->end && *c->at >= '0' && *c->at <= '9'; }

static bool take_digits(cursor *c) {
  if (!is_digit(c)) return fails(c, "a wrong number");
  while (is_digit(c)) c->at++;
  return true;
}

static bool take_number(cursor *c) {
  if (*c->at == '-') c->at++;
  const char *from = c->at;
  if (!take_digits(c)) return false;
  if (*from == '0' && c->at - from > 1) return fails(c, "a wrong number");
  if (c->at < c->end && *c->at == '.') {
    c->at++;
    if (!take_digits(c)) return false;
  }
  if (c->at < c->end && (*c->at | 0x20) == 'e') {
    c->at++;
    if (c->at < c->end && (*c->at == '+' || *c->at == '-')) c->at++;
    return take_digits(c);
  }
  return true;
}

static bool take_word(cursor *c) {
  static const char *const words[] = {"null", "true", "false"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    const size_t len = strlen(words[i]);
    if ((size_t)(c->end - c->at) < len || memcmp(c->at, words[i], len) != 0) continue;
    c->at += len;
    return true;
  }
  return fails(c, "no value where one must be");
}

static bool take_key(cursor *c, char **at, size_t *len) {
  if (!take_string(c, at, len)) return false;
  return takes(c, ':') || fails(c, "a name without a colon");
}

static bool take_scalar(cursor *c) {
  char *at = NULL;
  size_t len = 0;
  if (*c->at == '"') return take_string(c, &at, &len);
  if (*c->at == '-' || is_digit(c)) return take_number(c);
  return take_word(c);
}

// Any value, passed over.
static bool skip_value(cursor *c) {
  bool object[MOST_DEPTH]; // of each open bracket: is it '{'?
  unsigned depth = 0;
  char *key = NULL;
  size_t len = 0;
  for (;;) {
    skip_blanks(c);
    if (c->at == c->end) return fails(c, "no value where one must be");
    if (*c->at == '{' || *c->at == '[') {
      if (depth == MOST_DEPTH) return fails(c, "nested too deeply");
      object[depth] = *c->at++ == '{';
      if (!takes(c, object[depth] ? '}' : ']')) {
        if (object[depth++] && !take_key(c, &key, &len)) return false;
        continue; // with the first value inside
      }
    } else if (!take_scalar(c)) {
      return false;
    }
    // a value is over: so may be what it stands in
    while (depth && takes(c, object[depth - 1] ? '}' : ']')) depth--;
    if (!depth) return true;
    if (!takes(c, ',')) return fails(c, "no comma where one must be");
    if (object[depth - 1] && !take_key(c, &key, &len)) return false;
  }
}

static kh_json_kind kind_of(char first) {
  if (first == '"') return KH_JSON_STRING;
  if (first == 'n') return KH_JSON_NULL;
  return first == '-' || (first >= '0' && first <= '9') ? KH_JSON_NUMBER : KH_JSON_OTHER;
}

static bool take_field(cursor *c, kh_json_field *field) {
  skip_blanks(c);
  if (c->at == c->end) return fails(c, "no value where one must be");
  field->kind = kind_of(*c->at);
  if (field->kind == KH_JSON_STRING) return take_string(c, &field->at, &field->len);
  field->at = c->at;
  if (!skip_value(c)) return false;
  field->len = (size_t)(c->at - field->at);
  return true;
}

static kh_json_field *field_named(kh_json_field *fields, size_t count, const char *name,
                                  size_t len) {
  for (size_t i = 0; i < count; i++) {
    if (strlen(fields[i].name) == len && memcmp(fields[i].name, name, len) == 0) return &fields[i];
  }
  return NULL;
}

static bool take_object(cursor *c, kh_json_field *fields, size_t count) {
  if (!takes(c, '{')) return fails(c, "no object");
  if (takes(c, '}')) return true;
  do {
    char *name = NULL;
    size_t len = 0;
    if (!take_key(c, &name, &len)) return false;
    kh_json_field *field = field_named(fields, count, name, len);
    if (!(field ? take_field(c, field) : skip_value(c))) return false;
  } while (takes(c, ','));
  return takes(c, '}') || fails(c, "an object without an end");
}

bool kh_json_line(char *line, size_t len, kh_json_field *fields, size_t count,
                  kh_json_fault *fault) {
  cursor c = {line, line + len, NULL};
  for (size_t i = 0; i < count; i++) fields[i].kind = KH_JSON_MISSING;
  const size_t good = kh_utf8_valid(line, len);
  if (good < len) {
    *fault = (kh_json_fault){"not valid UTF-8", good};
    return false;
  }
  bool whole = take_object(&c, fields, count);
  skip_blanks(&c);
  if (whole && c.at < c.end) whole = fails(&c, "more behind the object");
  if (!whole) {
    *fault = (kh_json_fault){c.what, (size_t)(c.at - line)};
    return false;
  }
  for (size_t i = 0; i < count; i++) { // what ended a number has been read by now
    if (fields[i].kind == KH_JSON_NUMBER) fields[i].at[fields[i].len] = '\0';
  }
  return true;
}
