// SPDX-License-Identifier: Apache-2.0
/// \file
/// The chain of what was done to a record: append-only, each line sealed with the one before.
#ifndef KHUTWA_STORE_AUDIT_H
#define KHUTWA_STORE_AUDIT_H

#include "store/store.h"

#include <sodium.h>

typedef struct kh_audit_line {
  const char *action;
  const char *subject;         // D12, D12.v3, E77, or a path
  const char *detail;          // JSON; NULL: {}
  const unsigned char *digest; // of the content that came into being; NULL: of nothing
} kh_audit_line;

/// Adds a line, within a change that was begun. `seq` (may be NULL) gets its number.
kh_status kh_audit_add(kh_store *store, const kh_audit_line *line, int64_t *seq, kh_error *error);

/// The number and hash of the last line; 0 and zeros where there is none.
kh_status kh_audit_head(kh_store *store, int64_t *seq, unsigned char hash[KH_DIGEST],
                        kh_error *error);

/// The hash of a line: of the one before (32 bytes; all zero before the first) and its columns.
void kh_audit_hash(const unsigned char *before, int64_t seq, const char *at, const char *user,
                   const kh_audit_line *line, unsigned char hash[KH_DIGEST]);

/// Digests of content: values with their kind and length before them, so that no two different
/// rows of values give the same bytes.
typedef crypto_hash_sha256_state kh_digest;
void kh_digest_int(kh_digest *d, int64_t value);
void kh_digest_real(kh_digest *d, double value);
/// NULL is another value than "".
void kh_digest_text(kh_digest *d, const char *text);
void kh_digest_bytes(kh_digest *d, const void *bytes, size_t len);
/// Column `column` of the row at hand, whatever its type.
void kh_digest_column(kh_digest *d, sqlite3_stmt *statement, int column);

#endif
