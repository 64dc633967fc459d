// SPDX-License-Identifier: Apache-2.0
#include "store/audit.h"

#include "base/error.h"

#include <string.h>

// ------------------------------------------------------------------ digests

static void put_number(kh_digest *d, unsigned char kind, uint64_t value) {
  unsigned char bytes[9] = {kind};
  for (int i = 0; i < 8; i++) bytes[1 + i] = (unsigned char)(value >> (8 * i));
  (void)crypto_hash_sha256_update(d, bytes, sizeof bytes);
}

void kh_digest_int(kh_digest *d, int64_t value) { put_number(d, 'i', (uint64_t)value); }

void kh_digest_real(kh_digest *d, double value) {
  uint64_t bits = 0;
  memcpy(&bits, &value, sizeof bits);
  put_number(d, 'r', bits);
}

void kh_digest_bytes(kh_digest *d, const void *bytes, size_t len) {
  put_number(d, 'b', len);
  if (len) (void)crypto_hash_sha256_update(d, bytes, len);
}

void kh_digest_text(kh_digest *d, const char *text) {
  if (!text) {
    put_number(d, 'n', 0);
    return;
  }
  const size_t len = strlen(text);
  put_number(d, 't', len);
  (void)crypto_hash_sha256_update(d, (const unsigned char *)text, len);
}

void kh_digest_column(kh_digest *d, sqlite3_stmt *statement, int column) {
  const int type = sqlite3_column_type(statement, column);
  if (type == SQLITE_INTEGER) {
    kh_digest_int(d, sqlite3_column_int64(statement, column));
  } else if (type == SQLITE_FLOAT) {
    kh_digest_real(d, sqlite3_column_double(statement, column));
  } else if (type == SQLITE_NULL) {
    put_number(d, 'n', 0);
  } else {
    const void *bytes = sqlite3_column_blob(statement, column);
    const size_t len = (size_t)sqlite3_column_bytes(statement, column);
    put_number(d, type == SQLITE_TEXT ? 't' : 'b', len);
    if (len && bytes) (void)crypto_hash_sha256_update(d, bytes, len);
  }
}

// ------------------------------------------------------------------ the chain

void kh_audit_hash(const unsigned char *before, int64_t seq, const char *at, const char *user,
                   const kh_audit_line *line, unsigned char hash[KH_DIGEST]) {
  kh_digest d;
  (void)crypto_hash_sha256_init(&d);
  kh_digest_bytes(&d, before, KH_DIGEST);
  kh_digest_int(&d, seq);
  kh_digest_text(&d, at);
  kh_digest_text(&d, user);
  kh_digest_text(&d, line->action);
  kh_digest_text(&d, line->subject);
  kh_digest_text(&d, line->detail);
  kh_digest_bytes(&d, line->digest, KH_DIGEST);
  (void)crypto_hash_sha256_final(&d, hash);
}

kh_status kh_audit_head(kh_store *store, int64_t *seq, unsigned char hash[KH_DIGEST],
                        kh_error *error) {
  *seq = 0;
  memset(hash, 0, KH_DIGEST);
  kh_row row = kh_row_of(store, "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", error);
  const kh_status status = kh_row_next(&row);
  if (status != KH_OK) return status == KH_END ? KH_OK : status;
  *seq = sqlite3_column_int64(row.statement, 0);
  const void *bytes = sqlite3_column_blob(row.statement, 1);
  const bool whole = bytes && sqlite3_column_bytes(row.statement, 1) == KH_DIGEST;
  if (whole) memcpy(hash, bytes, KH_DIGEST);
  const kh_status check = kh_row_check(&row);
  kh_row_end(&row);
  if (whole || check != KH_OK) return check;
  return kh_fail(error, KH_ERROR_STORE, KH_STAGE_STORE,
                 "the last line of the chain is damaged; khutwa verify tells more");
}

kh_status kh_audit_add(kh_store *store, const kh_audit_line *line, int64_t *seq, kh_error *error) {
  unsigned char before[KH_DIGEST];
  unsigned char hash[KH_DIGEST];
  unsigned char nothing[KH_DIGEST];
  int64_t last = 0;
  const kh_status status = kh_audit_head(store, &last, before, error);
  if (status != KH_OK) return status;
  kh_audit_line whole = *line;
  if (!whole.detail) whole.detail = "{}";
  if (!whole.digest) {
    (void)crypto_hash_sha256(nothing, NULL, 0);
    whole.digest = nothing;
  }
  kh_audit_hash(before, last + 1, store->at, store->user, &whole, hash);
  kh_row row = kh_row_of(store, "INSERT INTO audit VALUES(?, ?, ?, ?, ?, ?, ?, ?)", error);
  kh_row_int(&row, last + 1);
  kh_row_text(&row, store->at);
  kh_row_text(&row, store->user);
  kh_row_text(&row, whole.action);
  kh_row_text(&row, whole.subject);
  kh_row_text(&row, whole.detail);
  kh_row_blob(&row, whole.digest, KH_DIGEST);
  kh_row_blob(&row, hash, KH_DIGEST);
  if (seq) *seq = last + 1;
  return kh_row_run(&row);
}
