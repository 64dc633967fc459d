// SPDX-License-Identifier: Apache-2.0
#include "view/writer.h"

#include "base/error.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void kh_writer_begin(kh_writer *out, kh_write_fn write, void *context) {
  out->write = write;
  out->context = context;
  out->failed = false;
  out->used = 0;
}

static void flush(kh_writer *out) {
  if (out->used && !out->failed && !out->write(out->context, out->buffer, out->used))
    out->failed = true;
  out->used = 0;
}

kh_status kh_writer_end(kh_writer *out, kh_error *error) {
  flush(out);
  if (!out->failed) return KH_OK;
  return kh_fail(error, KH_ERROR_IO, KH_STAGE_VIEW, "the output could not be written");
}

void kh_put(kh_writer *out, const char *bytes, size_t len) {
  if (len > sizeof out->buffer - out->used) {
    flush(out);
    if (len > sizeof out->buffer) {
      if (!out->failed && !out->write(out->context, bytes, len)) out->failed = true;
      return;
    }
  }
  memcpy(out->buffer + out->used, bytes, len);
  out->used += len;
}

void kh_puts(kh_writer *out, const char *text) { kh_put(out, text, strlen(text)); }

void kh_putc(kh_writer *out, char c) {
  if (out->used == sizeof out->buffer) flush(out);
  out->buffer[out->used++] = c;
}

void kh_put_uint(kh_writer *out, uint64_t value) {
  char digits[20];
  size_t at = sizeof digits;
  for (; value > UINT32_MAX; value /= 10) digits[--at] = (char)('0' + value % 10);
  uint32_t rest = (uint32_t)value; // dividing half as many bits takes less time
  do {
    digits[--at] = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest);
  kh_put(out, digits + at, sizeof digits - at);
}

// A number as printf wrote it, where the host's locale may have made the point a comma.
static void put_number(kh_writer *out, char *text) {
  for (char *c = text; *c; c++) {
    if (!strchr("0123456789+-e", *c)) *c = '.';
  }
  kh_puts(out, text);
}

void kh_put_double(kh_writer *out, double value) {
  if (!isfinite(value)) {
    kh_puts(out, "null");
    return;
  }
  if (fabs(value) < 9007199254740992.0 && value == floor(value)) {
    if (value < 0) kh_putc(out, '-');
    kh_put_uint(out, (uint64_t)fabs(value));
    return;
  }
  char text[40];
  for (int digits = 15; digits <= 17; digits++) {
    (void)snprintf(text, sizeof text, "%.*g", digits, value);
    if (strtod(text, NULL) == value) break;
  }
  put_number(out, text);
}

void kh_put_general(kh_writer *out, double value) {
  char text[40];
  (void)snprintf(text, sizeof text, "%g", value);
  put_number(out, text);
}

void kh_put_fixed(kh_writer *out, double value, int decimals) {
  uint64_t scale = 1;
  for (int i = 0; i < decimals; i++) scale *= 10;
  const double scaled = floor(fabs(value) * (double)scale + 0.5);
  if (!(scaled < 9e18)) {
    kh_puts(out, "null");
    return;
  }
  uint64_t all = (uint64_t)scaled;
  if (value < 0 && all) kh_putc(out, '-');
  kh_put_uint(out, all / scale);
  all %= scale;
  if (all) kh_putc(out, '.');
  while (all) {
    scale /= 10;
    kh_putc(out, (char)('0' + all / scale));
    all %= scale;
  }
}

// Bytes that must be escaped in a JSON string; others pass as they are.
static bool is_plain(unsigned char c) { return c >= 0x20 && c != '"' && c != '\\' && c != 0x7F; }

static void put_escape(kh_writer *out, unsigned char c) {
  static const char hex[] = "0123456789abcdef";
  kh_putc(out, '\\');
  switch (c) {
  case '"':
  case '\\':
    kh_putc(out, (char)c);
    return;
  case '\n':
    kh_putc(out, 'n');
    return;
  case '\r':
    kh_putc(out, 'r');
    return;
  case '\t':
    kh_putc(out, 't');
    return;
  default:
    break;
  }
  kh_puts(out, "u00");
  kh_putc(out, hex[c >> 4]);
  kh_putc(out, hex[c & 15]);
}

enum { WORD = sizeof(uint64_t) };

static uint64_t each_byte(uint64_t value) { return value * 0x0101010101010101U; }

// Are all bytes of a word plain? Taking k from a byte below k borrows into its highest bit, and
// only bytes below 0x80 can be other than plain. A byte above one that is not may look so too:
// false says no more than that the word must be looked at byte by byte.
static bool all_plain(uint64_t word) {
  const uint64_t borrows = (word - each_byte(0x20)) | ((word ^ each_byte('"')) - each_byte(1)) |
                           ((word ^ each_byte('\\')) - each_byte(1)) |
                           ((word ^ each_byte(0x7F)) - each_byte(1));
  return !(borrows & ~word & each_byte(0x80));
}

// Copies bytes as long as they are plain, `len` at most; gives how many. There is room for them.
static size_t copy_plain(char *to, const char *from, size_t len) {
  size_t at = 0;
  for (; len - at >= WORD; at += WORD) { // nearly all text is plain: a word at a time
    uint64_t word;
    memcpy(&word, from + at, WORD);
    memcpy(to + at, &word, WORD);
    if (!all_plain(word)) break;
  }
  for (; at < len && is_plain((unsigned char)from[at]); at++) to[at] = from[at];
  return at;
}

void kh_put_json(kh_writer *out, const char *text, size_t len) {
  kh_putc(out, '"');
  for (size_t at = 0; at < len;) {
    if (out->used == sizeof out->buffer) flush(out);
    const size_t room = sizeof out->buffer - out->used;
    const size_t most = len - at < room ? len - at : room;
    const size_t plain = copy_plain(out->buffer + out->used, text + at, most);
    out->used += plain;
    at += plain;
    if (plain < most) put_escape(out, (unsigned char)text[at++]);
  }
  kh_putc(out, '"');
}
