// SPDX-License-Identifier: Apache-2.0
#include "view/isolate.h"

#include "base/utf8.h"

#define ISOLATE "\xE2\x81\xA8"
#define END_ISOLATE "\xE2\x81\xA9"

typedef struct mark {
  uint32_t code_point;
  const char *name;
} mark;

// Characters that steer the direction of text.
static const mark marks[] = {
    {0x061C, "ALM"}, {0x200E, "LRM"}, {0x200F, "RLM"}, {0x202A, "LRE"}, {0x202B, "RLE"},
    {0x202C, "PDF"}, {0x202D, "LRO"}, {0x202E, "RLO"}, {0x2066, "LRI"}, {0x2067, "RLI"},
    {0x2068, "FSI"}, {0x2069, "PDI"}, {0xFEFF, "BOM"},
};

static void put_mark(kh_writer *out, const char *name) {
  kh_puts(out, "\xE2\x9F\xA6"); // ⟦
  kh_puts(out, name);
  kh_puts(out, "\xE2\x9F\xA7"); // ⟧
}

static void put_number_mark(kh_writer *out, uint32_t code_point) {
  static const char hex[] = "0123456789ABCDEF";
  char name[] = "U+0000";
  for (int i = 0; i < 4; i++) name[5 - i] = hex[code_point >> (4 * i) & 15U];
  put_mark(out, name);
}

static bool is_line_end(uint32_t c) {
  return c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029 || c == 0x85;
}

void kh_put_safe(kh_writer *out, const char *text, size_t len) {
  size_t width = 1;
  for (size_t i = 0; i < len; i += width) {
    const uint32_t c = kh_utf8_decode((const unsigned char *)text + i, &width);
    const char *name = NULL;
    for (size_t k = 0; c >= 0x61C && k < sizeof marks / sizeof *marks; k++) {
      if (marks[k].code_point == c) name = marks[k].name;
    }
    if (name)
      put_mark(out, name);
    else if (is_line_end(c))
      kh_putc(out, ' ');
    else if (c < 0x20 || (c >= 0x7F && c < 0xA0))
      put_number_mark(out, c);
    else
      kh_put(out, text + i, width);
  }
}

void kh_put_isolated(kh_writer *out, const char *text, size_t len) {
  kh_puts(out, ISOLATE);
  kh_put_safe(out, text, len);
  kh_puts(out, END_ISOLATE);
}
