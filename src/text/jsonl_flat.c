// SPDX-License-Identifier: Apache-2.0
#include "text/jsonl_flat.h"

#include "text/decode.h"

#include <stdint.h>
#include <string.h>

// ------------------------------------------------------------------ looking, without a change

static size_t past_blanks(const char *line, size_t len, size_t at) {
  while (at < len && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r')) at++;
  return at;
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The four digits of «\u», or -1.
static int32_t unit_at(const char *line, size_t len, size_t at) {
  if (at + 4 > len) return -1;
  int32_t value = 0;
  for (size_t i = at; i < at + 4; i++) {
    const int digit = hex_digit(line[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// The character of an escape «\uXXXX» or a pair of them whose first digits stand at `at`; 0 when
// it is none that can be kept. `*end` is set behind it.
static uint32_t escaped(const char *line, size_t len, size_t at, size_t *end) {
  const int32_t first = unit_at(line, len, at);
  *end = at + 4;
  if (first <= 0 || (first >= 0xDC00 && first <= 0xDFFF)) return 0;
  if (first < 0xD800 || first > 0xDBFF) return (uint32_t)first;
  if (at + 10 > len || line[at + 4] != '\\' || line[at + 5] != 'u') return 0;
  const int32_t second = unit_at(line, len, at + 6);
  *end = at + 10;
  if (second < 0xDC00 || second > 0xDFFF) return 0;
  return 0x10000 + ((uint32_t)(first - 0xD800) << 10) + (uint32_t)(second - 0xDC00);
}

// The end of a string whose opening mark stands at `at`, behind its closing mark; 0 when broken.
static size_t past_string(const char *line, size_t len, size_t at) {
  for (at++; at < len; at++) {
    const unsigned char c = (unsigned char)line[at];
    if (c == '"') return at + 1;
    if (c < 0x20) return 0;
    if (c != '\\') continue;
    if (++at >= len) return 0;
    if (line[at] == 'u') {
      size_t end;
      if (!escaped(line, len, at + 1, &end)) return 0;
      at = end - 1;
    } else if (!strchr("\"\\/bfnrt", line[at]) || !line[at]) {
      return 0;
    }
  }
  return 0;
}

// An integer of at most 18 digits as JSON has it; other numbers are left to the full parser.
static size_t past_integer(const char *line, size_t len, size_t at) {
  const bool minus = line[at] == '-';
  const size_t first = at + minus;
  size_t end = first;
  while (end < len && line[end] >= '0' && line[end] <= '9') end++;
  const size_t digits = end - first;
  if (digits == 0 || digits > 18 || (line[first] == '0' && (digits > 1 || minus))) return 0;
  const bool more = end < len && (line[end] == '.' || line[end] == 'e' || line[end] == 'E');
  return more ? 0 : end;
}

static size_t past_literal(const char *line, size_t len, size_t at) {
  static const char *const literals[] = {"null", "true", "false"};
  for (size_t i = 0; i < 3; i++) {
    const size_t size = strlen(literals[i]);
    if (at + size <= len && memcmp(line + at, literals[i], size) == 0) return at + size;
  }
  return 0;
}

static size_t past_value(const char *line, size_t len, size_t at, char *kind) {
  if (at >= len) return 0;
  *kind = line[at];
  if (*kind == '"') return past_string(line, len, at);
  if (*kind == 'n' || *kind == 't' || *kind == 'f') return past_literal(line, len, at);
  *kind = '0';
  return past_integer(line, len, at);
}

// Finds the members; their names and values still have their marks and escapes.
static bool find_members(char *line, size_t len, kh_flat_member *members, size_t *count) {
  size_t at = past_blanks(line, len, 0);
  *count = 0;
  if (at >= len || line[at] != '{') return false;
  at = past_blanks(line, len, at + 1);
  if (at < len && line[at] == '}') return past_blanks(line, len, at + 1) == len;
  for (;;) {
    if (*count == KH_FLAT_MEMBERS || at >= len || line[at] != '"') return false;
    kh_flat_member *m = &members[(*count)++];
    size_t end = past_string(line, len, at);
    if (!end) return false;
    m->name = line + at;
    m->name_len = end - at;
    at = past_blanks(line, len, end);
    if (at >= len || line[at] != ':') return false;
    at = past_blanks(line, len, at + 1);
    end = past_value(line, len, at, &m->kind);
    if (!end) return false;
    m->value = line + at;
    m->value_len = end - at;
    at = past_blanks(line, len, end);
    if (at >= len) return false;
    if (line[at] == '}') return past_blanks(line, len, at + 1) == len;
    if (line[at] != ',') return false;
    at = past_blanks(line, len, at + 1);
  }
}

// ------------------------------------------------------------------ decoding

static char plain_escape(char c) {
  switch (c) {
  case 'b':
    return '\b';
  case 'f':
    return '\f';
  case 'n':
    return '\n';
  case 'r':
    return '\r';
  case 't':
    return '\t';
  default:
    return c;
  }
}

// Takes marks and escapes off a string that past_string has passed; it only gets shorter.
static size_t decode_string(char *text, size_t len) {
  const char *last = text + len - 1; // the closing mark
  const char *from = text + 1;
  char *to = text;
  while (from < last) {
    const char *next = memchr(from, '\\', (size_t)(last - from));
    const size_t run = (size_t)((next ? next : last) - from);
    memmove(to, from, run);
    to += run;
    from += run;
    if (!next) break;
    if (from[1] == 'u') {
      size_t end;
      const uint32_t c = escaped(from, (size_t)(last - from), 2, &end);
      to += kh_utf8_put(to, c);
      from += end;
    } else {
      *to++ = plain_escape(from[1]);
      from += 2;
    }
  }
  *to = '\0';
  return (size_t)(to - text);
}

bool kh_flat_object(char *line, size_t len, kh_flat_member members[KH_FLAT_MEMBERS],
                    size_t *count) {
  if (kh_utf8_valid(line, len) != len || !find_members(line, len, members, count)) return false;
  for (size_t i = 0; i < *count; i++) {
    kh_flat_member *m = &members[i];
    m->name_len = decode_string(m->name, m->name_len);
    if (m->kind == '"')
      m->value_len = decode_string(m->value, m->value_len);
    else
      m->value[m->value_len] = '\0'; // the comma or brace after it is done with
  }
  return true;
}
