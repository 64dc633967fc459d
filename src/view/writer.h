// SPDX-License-Identifier: Apache-2.0
/// \file
/// Buffered output of a view: no allocation, one flag for "the taker wants no more".
#ifndef KHUTWA_VIEW_WRITER_H
#define KHUTWA_VIEW_WRITER_H

#include <khutwa/view.h>

typedef struct kh_writer {
  kh_write_fn write;
  void *context;
  bool failed; // once true, nothing is written any more
  size_t used;
  char buffer[8192];
} kh_writer;

void kh_writer_begin(kh_writer *out, kh_write_fn write, void *context);
/// Hands on what is buffered. KH_ERROR_IO when the taker stopped.
kh_status kh_writer_end(kh_writer *out, kh_error *error);

void kh_put(kh_writer *out, const char *bytes, size_t len);
/// NUL-terminated.
void kh_puts(kh_writer *out, const char *text);
void kh_putc(kh_writer *out, char c);
void kh_put_uint(kh_writer *out, uint64_t value);
/// A JSON string with its quotation marks.
void kh_put_json(kh_writer *out, const char *text, size_t len);
/// The shortest decimal that reads back as the same double; no locale.
void kh_put_double(kh_writer *out, double value);
/// As printf's %g has it; no locale.
void kh_put_general(kh_writer *out, double value);
/// At most `decimals` (0..9) decimals, without trailing zeros; |value| below 1e9.
void kh_put_fixed(kh_writer *out, double value, int decimals);

#endif
