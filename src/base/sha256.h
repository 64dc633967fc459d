// SPDX-License-Identifier: Apache-2.0
/// \file
/// SHA-256 (FIPS 180-4): digests of texts and tables.
#ifndef KHUTWA_BASE_SHA256_H
#define KHUTWA_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

/// The digest of `len` bytes.
void kh_sha256(const void *bytes, size_t len, uint8_t digest[32]);

/// A digest as 64 lower-case hexadecimal digits and NUL.
void kh_sha256_hex(const uint8_t digest[32], char hex[65]);

#endif
