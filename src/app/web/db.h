// SPDX-License-Identifier: Apache-2.0
/// \file
/// Questions put to the record in SQL, over the views that docs/record-file.md promises, and their
/// answers as JSON. Connections are read-only and lent one to a request.
#ifndef KHUTWA_APP_WEB_DB_H
#define KHUTWA_APP_WEB_DB_H

#include "app/web/reply.h"

#include <sqlite3.h>
#include <stdint.h>

typedef struct kh_pool kh_pool;

/// Read-only connections to the record at `path`, opened when first needed. NULL: no memory.
kh_pool *kh_pool_new(const char *path);
void kh_pool_free(kh_pool *pool);
/// Lends a connection; NULL when the file cannot be opened. Give it back soon.
sqlite3 *kh_pool_lend(kh_pool *pool);
void kh_pool_give_back(kh_pool *pool, sqlite3 *db);

enum { KH_SELECT_VALUES = 32 };

/// A SELECT in the making. Texts that are bound are borrowed until it has run.
typedef struct kh_pick {
  kh_bytes sql;
  struct {
    const char *text; // NULL: the number
    int64_t number;
  } values[KH_SELECT_VALUES];
  unsigned value_count;
  bool failed; // too many values
} kh_pick;

/// Adds SQL text; never anything that came from outside.
void kh_pick_add(kh_pick *pick, const char *sql);
/// Adds SQL with one "?" and the value for it.
void kh_pick_text(kh_pick *pick, const char *sql, const char *value);
void kh_pick_number(kh_pick *pick, const char *sql, int64_t value);
/// Forgets the SQL and the values.
void kh_pick_free(kh_pick *pick);

/// Runs it. Gives an array with an object a row: columns by name; a column whose name ends in "$"
/// holds JSON and stands without the "$"; one that ends in "?" is true or false. NULL on failure.
json_t *kh_pick_rows(sqlite3 *db, kh_pick *pick);
/// The first row, JSON null when there is none; NULL on failure.
json_t *kh_pick_row(sqlite3 *db, kh_pick *pick);
/// Steps through the rows until `take` returns false. False on failure.
bool kh_pick_each(sqlite3 *db, const kh_pick *pick, bool (*take)(void *context, sqlite3_stmt *row),
                  void *context);
/// The first column of the first row as a number, `otherwise` when there is none.
int64_t kh_pick_int(sqlite3 *db, kh_pick *pick, int64_t otherwise);

#endif
