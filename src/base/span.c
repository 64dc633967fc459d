// SPDX-License-Identifier: Apache-2.0
#include <khutwa/span.h>

#include <stdbool.h>

// Valid UTF-8 is asked for; whatever the bytes, nothing beyond the given length is read.

static bool begins_character(char byte) { return ((unsigned char)byte & 0xC0) != 0x80; }

/// UTF-16 units of the code point that begins with `byte`: those of four bytes take a pair.
static size_t units_of(char byte) { return (unsigned char)byte >= 0xF0 ? 2 : 1; }

size_t kh_span_code_points(const char *text, size_t at) {
  size_t count = 0;
  for (size_t i = 0; i < at; i++) count += begins_character(text[i]);
  return count;
}

size_t kh_span_utf16_units(const char *text, size_t at) {
  size_t count = 0;
  for (size_t i = 0; i < at; i++)
    if (begins_character(text[i])) count += units_of(text[i]);
  return count;
}

size_t kh_span_byte_of_code_point(const char *text, size_t len, size_t n) {
  size_t seen = 0;
  for (size_t i = 0; i < len; i++) {
    if (!begins_character(text[i])) continue;
    if (seen == n) return i;
    seen++;
  }
  return len;
}

size_t kh_span_byte_of_utf16_unit(const char *text, size_t len, size_t n) {
  size_t seen = 0;
  for (size_t i = 0; i < len; i++) {
    if (!begins_character(text[i])) continue;
    const size_t units = units_of(text[i]);
    if (n < seen + units) return i;
    seen += units;
  }
  return len;
}
