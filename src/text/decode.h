// SPDX-License-Identifier: Apache-2.0
/// \file
/// Bytes in some encoding to UTF-8.
#ifndef KHUTWA_TEXT_DECODE_H
#define KHUTWA_TEXT_DECODE_H

#include "base/arena.h"

#include <stdbool.h>

typedef enum kh_charset {
  KH_CHARSET_UNKNOWN,
  KH_CHARSET_UTF8,
  KH_CHARSET_UTF16LE,
  KH_CHARSET_UTF16BE,
  KH_CHARSET_WINDOWS_1256,
  KH_CHARSET_ISO_8859_6,
  KH_CHARSET_WINDOWS_1252,
} kh_charset;

/// The charset of a name as pages and headers write it ("Windows-1256", "utf8"), `len` bytes,
/// or KH_CHARSET_UNKNOWN.
kh_charset kh_charset_named(const char *name, size_t len);

/// Where the first byte stands that is no UTF-8, or `len` when all is well. NUL is a character.
size_t kh_utf8_valid(const char *bytes, size_t len);

/// Decodes `len` bytes to UTF-8 without a byte order mark. A byte order mark decides; else
/// `declared` does; else (KH_CHARSET_UNKNOWN) the bytes themselves. `*out` points into `bytes`
/// where nothing had to change, else into the arena. Errors: KH_ERROR_ENCODING with the span of the
/// offending bytes; KH_ERROR_FORMAT where the bytes are no text at all.
kh_status kh_decode(kh_arena *arena, const char *bytes, size_t len, kh_charset declared,
                    const char **out, size_t *out_len, kh_error *error);

/// Writes a code point as UTF-8 (at most 4 bytes; surrogates and what lies beyond U+10FFFF become
/// U+FFFD) and returns the bytes written.
size_t kh_utf8_put(char *out, uint32_t code_point);

#endif
