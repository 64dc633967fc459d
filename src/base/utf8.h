// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading valid UTF-8 code point by code point. Validity is checked once, where bytes come in.
#ifndef KHUTWA_BASE_UTF8_H
#define KHUTWA_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/// The code point that begins at `s`; `*width` gets its bytes (1 to 4).
static inline uint32_t kh_utf8_decode(const uint8_t *s, size_t *width) {
  if (s[0] < 0x80) {
    *width = 1;
    return s[0];
  }
  if (s[0] < 0xE0) {
    *width = 2;
    return (s[0] & 0x1FU) << 6 | (s[1] & 0x3FU);
  }
  if (s[0] < 0xF0) {
    *width = 3;
    return (s[0] & 0x0FU) << 12 | (s[1] & 0x3FU) << 6 | (s[2] & 0x3FU);
  }
  *width = 4;
  return (s[0] & 0x07U) << 18 | (s[1] & 0x3FU) << 12 | (s[2] & 0x3FU) << 6 | (s[3] & 0x3FU);
}

#endif
