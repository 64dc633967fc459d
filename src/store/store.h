// SPDX-License-Identifier: Apache-2.0
/// \file
/// The store from inside: its connection, its kept statements, and short forms of SQLite's calls.
#ifndef KHUTWA_STORE_STORE_H
#define KHUTWA_STORE_STORE_H

#include "base/arena.h"

#include <khutwa/store.h>
#include <sqlite3.h>

enum {
  KH_STORE_VERSION = 2,          // of the file: PRAGMA user_version
  KH_STORE_APPLICATION = 0x6b68, // PRAGMA application_id: "kh"
  KH_STORE_QUERIES = 512,        // places for kept statements; a power of two
  KH_USER_BYTES = 200,
  KH_AT_BYTES = 32,
  KH_DIGEST = 32, // bytes of SHA-256
};

typedef struct kh_rules kh_rules; // rule.c

typedef struct kh_kept {
  const char *sql; // the key is the pointer: the same literal gives the same statement
  sqlite3_stmt *statement;
} kh_kept;

struct kh_store {
  kh_allocator allocator;
  sqlite3 *db;
  bool read_only;
  bool keep_raw;
  unsigned cache_kb; // of pages in memory
  bool in_batch;     // between kh_store_begin and kh_store_commit
  bool broken;       // a change in the batch failed: only a rollback is left
  char user[KH_USER_BYTES + 1];
  char at[KH_AT_BYTES];
  kh_kept kept[KH_STORE_QUERIES];
  unsigned kept_count;
  struct kh_near *near;       // near.c: fingerprints of all documents; NULL: not read
  kh_rules *rules;            // numbers of rules that are remembered
  struct kh_met *met;         // entity_met.c: entities that documents named lately; NULL: none
  int64_t data_version;       // as SQLite counts the writing of others
  int64_t adding;             // the document that is being added or read again
  int64_t engine;             // row of the engine that read the documents; 0: not looked up
  const kh_engine *engine_of; // which one that was
  unsigned char *bytes;       // a buffer for packing, kept from document to document
  size_t bytes_room;
};

// ------------------------------------------------------------------ statements

/// A kept statement, reset, without values; `sql` must be a string literal. NULL (and `error`
/// filled) on failure.
sqlite3_stmt *kh_sql(kh_store *store, const char *sql, kh_error *error);

/// What SQLite's last failure means, as an error; `doing` completes "cannot ...".
kh_status kh_sql_failed(kh_store *store, const char *doing, kh_error *error);

/// Values for a statement, in order. Strings and bytes must stay until the statement has run.
typedef struct kh_row {
  kh_store *store;
  sqlite3_stmt *statement; // NULL: could not be prepared
  int at;
  kh_error *error;
  kh_status status;
} kh_row;

kh_row kh_row_of(kh_store *store, const char *sql, kh_error *error);
void kh_row_int(kh_row *row, int64_t value);
/// NULL for 0.
void kh_row_id(kh_row *row, int64_t value);
void kh_row_real(kh_row *row, double value);
void kh_row_null(kh_row *row);
/// NULL for NULL and "".
void kh_row_text(kh_row *row, const char *text);
void kh_row_text_len(kh_row *row, const char *text, size_t len);
void kh_row_blob(kh_row *row, const void *bytes, size_t len);
/// Runs a statement that gives no rows.
kh_status kh_row_run(kh_row *row);
/// Goes to the next row: KH_OK there is one, KH_END there is none (the statement is then reset).
kh_status kh_row_next(kh_row *row);
/// After columns were taken: whether memory ran out over one of them, which then came as NULL.
kh_status kh_row_check(kh_row *row);
/// Resets a statement whose remaining rows are not wanted.
void kh_row_end(kh_row *row);

/// Resets all kept statements, so that none holds the file.
void kh_statements_reset(kh_store *store);

/// Keeps so many KB of the file's pages in memory.
kh_status kh_cache_settle(kh_store *store, unsigned kb, kh_error *error);

/// Runs statements that give no rows.
kh_status kh_sql_run(kh_store *store, const char *sql, kh_error *error);
/// The first value of the first row; `otherwise` where there is none.
kh_status kh_sql_int(kh_store *store, const char *sql, int64_t otherwise, int64_t *value,
                     kh_error *error);

// ------------------------------------------------------------------ changes

/// Begins a change: within a batch nothing, else a transaction of its own.
kh_status kh_change_begin(kh_store *store, kh_error *error);
/// Takes back what is open, whoever began it.
void kh_roll_back(kh_store *store);
/// Ends it as `status` says: committed, or taken back. Gives the status of the whole.
kh_status kh_change_end(kh_store *store, kh_status status, kh_error *error);

// ------------------------------------------------------------------ memory

/// Room for `size` bytes in store->bytes; NULL when memory is out.
unsigned char *kh_room(kh_store *store, size_t size);

/// Forgets all that was remembered of the file: after a rollback, or when another process has
/// written.
void kh_forget(kh_store *store);

/// The number of the engine that read documents, entered where it is new; within a change.
kh_status kh_engine_number(kh_store *store, const kh_engine *engine, int64_t *number,
                           kh_error *error);

#endif
