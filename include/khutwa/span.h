// SPDX-License-Identifier: Apache-2.0
/// \file
/// A stretch of a document's text.
#ifndef KHUTWA_SPAN_H
#define KHUTWA_SPAN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes of UTF-8, half-open: `[start, end)`. The empty span {0, 0} means "none".
typedef struct kh_span {
  uint32_t start;
  uint32_t end;
} kh_span;

/// How many code points stand before byte `at` of `text` (valid UTF-8). Linear in `at`.
size_t kh_span_code_points(const char *text, size_t at);

/// How many UTF-16 code units stand before byte `at` of `text` (valid UTF-8). Linear in `at`.
size_t kh_span_utf16_units(const char *text, size_t at);

/// The byte at which code point number `n` of `text` begins, or `len` when there are fewer.
size_t kh_span_byte_of_code_point(const char *text, size_t len, size_t n);

/// The byte at which UTF-16 unit number `n` of `text` begins, or `len` when there are fewer.
/// A unit inside a surrogate pair yields the byte where its code point begins.
size_t kh_span_byte_of_utf16_unit(const char *text, size_t len, size_t n);

#ifdef __cplusplus
}
#endif
#endif
