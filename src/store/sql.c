// SPDX-License-Identifier: Apache-2.0
// Short forms of SQLite's calls: statements kept from use to use, values in order, failures as
// errors.
#include "base/error.h"
#include "store/store.h"

#include <string.h>

kh_status kh_sql_failed(kh_store *store, const char *doing, kh_error *error) {
  const int code = sqlite3_errcode(store->db) & 0xFF;
  const char *why = sqlite3_errmsg(store->db);
  switch (code) {
  case SQLITE_NOMEM:
    return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  case SQLITE_FULL:
    return kh_fail(error, KH_ERROR_IO, KH_STAGE_STORE,
                   "cannot %s: the disk is full; free some space and run again", doing);
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return kh_fail(error, KH_ERROR_BUSY, KH_STAGE_STORE,
                   "cannot %s: another program is writing to this record; run again when it is "
                   "done",
                   doing);
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return kh_fail(error, KH_ERROR_STORE, KH_STAGE_STORE,
                   "cannot %s: the file is damaged (%s); take a copy that khutwa verify accepts",
                   doing, why);
  case SQLITE_TOOBIG:
    return kh_fail(error, KH_ERROR_LIMIT, KH_STAGE_STORE,
                   "cannot %s: a text is too long for the record; split the report", doing);
  case SQLITE_READONLY:
    return kh_fail(error, KH_ERROR_IO, KH_STAGE_STORE,
                   "cannot %s: the file, or its folder, may not be written", doing);
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
    return kh_fail(error, KH_ERROR_IO, KH_STAGE_STORE, "cannot %s: %s", doing, why);
  default:
    return kh_fail(error, KH_ERROR_STORE, KH_STAGE_STORE, "cannot %s: %s", doing, why);
  }
}

// Where a literal is kept, or may be.
static kh_kept *place_of(kh_store *store, const char *sql) {
  unsigned at = (unsigned)(((uintptr_t)sql * 0x9E3779B97F4A7C15ULL) >> 40);
  for (;; at++) {
    kh_kept *kept = &store->kept[at % KH_STORE_QUERIES];
    if (!kept->sql || kept->sql == sql) return kept;
  }
}

sqlite3_stmt *kh_sql(kh_store *store, const char *sql, kh_error *error) {
  kh_kept *kept = place_of(store, sql);
  if (kept->statement) {
    (void)sqlite3_reset(kept->statement);
    (void)sqlite3_clear_bindings(kept->statement);
    return kept->statement;
  }
  if (store->kept_count >= KH_STORE_QUERIES * 3 / 4) {
    (void)kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "too many kinds of statements");
    return NULL;
  }
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
      SQLITE_OK) {
    (void)kh_sql_failed(store, "read the record", error);
    return NULL;
  }
  kept->sql = sql;
  kept->statement = statement;
  store->kept_count++;
  return statement;
}

kh_row kh_row_of(kh_store *store, const char *sql, kh_error *error) {
  kh_error own;
  own.code = KH_ERROR_STORE;
  kh_row row = {.store = store, .error = error};
  row.statement = kh_sql(store, sql, &own);
  if (row.statement) return row;
  row.status = own.code;
  if (error) *error = own;
  return row;
}

// Binding fails only when memory is out, or for a value too long for SQLite.
static void bound(kh_row *row, int code) {
  if (code == SQLITE_OK || row->status != KH_OK) return;
  row->status = code == SQLITE_TOOBIG
                    ? kh_fail(row->error, KH_ERROR_LIMIT, KH_STAGE_STORE,
                              "a text is too long for the record; split the report")
                    : kh_fail(row->error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
}

void kh_row_int(kh_row *row, int64_t value) {
  if (row->statement) bound(row, sqlite3_bind_int64(row->statement, ++row->at, value));
}

void kh_row_null(kh_row *row) {
  if (row->statement) bound(row, sqlite3_bind_null(row->statement, ++row->at));
}

void kh_row_id(kh_row *row, int64_t value) {
  if (value)
    kh_row_int(row, value);
  else
    kh_row_null(row);
}

void kh_row_real(kh_row *row, double value) {
  if (row->statement) bound(row, sqlite3_bind_double(row->statement, ++row->at, value));
}

void kh_row_text_len(kh_row *row, const char *text, size_t len) {
  if (!row->statement) return;
  bound(row, sqlite3_bind_text64(row->statement, ++row->at, text, len, SQLITE_STATIC, SQLITE_UTF8));
}

void kh_row_text(kh_row *row, const char *text) {
  if (text && *text)
    kh_row_text_len(row, text, strlen(text));
  else
    kh_row_null(row);
}

void kh_row_blob(kh_row *row, const void *bytes, size_t len) {
  if (!row->statement) return;
  bound(row, sqlite3_bind_blob64(row->statement, ++row->at, bytes, len, SQLITE_STATIC));
}

kh_status kh_row_next(kh_row *row) {
  if (row->status != KH_OK) return row->status;
  const int code = sqlite3_step(row->statement);
  if (code == SQLITE_ROW) return KH_OK;
  if (code == SQLITE_DONE) {
    (void)sqlite3_reset(row->statement);
    return KH_END;
  }
  row->status = kh_sql_failed(
      row->store, sqlite3_stmt_readonly(row->statement) ? "read the record" : "write to the record",
      row->error);
  (void)sqlite3_reset(row->statement);
  return row->status;
}

kh_status kh_row_run(kh_row *row) {
  const kh_status status = kh_row_next(row);
  if (status != KH_OK) return status == KH_END ? KH_OK : status;
  (void)sqlite3_reset(row->statement);
  return KH_OK;
}

kh_status kh_row_check(kh_row *row) {
  if ((sqlite3_errcode(row->store->db) & 0xFF) != SQLITE_NOMEM) return KH_OK;
  row->status = kh_fail(row->error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  return row->status;
}

void kh_row_end(kh_row *row) {
  if (row->statement) (void)sqlite3_reset(row->statement);
}

void kh_statements_reset(kh_store *store) {
  for (size_t i = 0; i < KH_STORE_QUERIES; i++) (void)sqlite3_reset(store->kept[i].statement);
}

kh_status kh_sql_run(kh_store *store, const char *sql, kh_error *error) {
  if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK) return KH_OK;
  return kh_sql_failed(store, "write to the record", error);
}

kh_status kh_sql_int(kh_store *store, const char *sql, int64_t otherwise, int64_t *value,
                     kh_error *error) {
  *value = otherwise;
  kh_row row = kh_row_of(store, sql, error);
  const kh_status status = kh_row_next(&row);
  if (status == KH_END) return KH_OK;
  if (status != KH_OK) return status;
  if (sqlite3_column_type(row.statement, 0) != SQLITE_NULL)
    *value = sqlite3_column_int64(row.statement, 0);
  kh_row_end(&row);
  return KH_OK;
}
