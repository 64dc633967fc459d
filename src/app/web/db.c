// SPDX-License-Identifier: Apache-2.0
#include "app/web/db.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 16, BUSY_MS = 5000 };

// Pages of the file are large: what SQLite keeps by itself is no more than thirty of them.
static const char cache[] = "PRAGMA cache_size = -8192"; // KiB

struct kh_pool {
  pthread_mutex_t lock;
  char *path;
  sqlite3 *kept[KEPT];
  unsigned count;
};

kh_pool *kh_pool_new(const char *path) {
  kh_pool *pool = calloc(1, sizeof *pool);
  if (!pool) return NULL;
  pool->path = strdup(path);
  if (!pool->path || pthread_mutex_init(&pool->lock, NULL) != 0) {
    free(pool->path);
    free(pool);
    return NULL;
  }
  return pool;
}

void kh_pool_free(kh_pool *pool) {
  if (!pool) return;
  for (unsigned i = 0; i < pool->count; i++) (void)sqlite3_close(pool->kept[i]);
  (void)pthread_mutex_destroy(&pool->lock);
  free(pool->path);
  free(pool);
}

sqlite3 *kh_pool_lend(kh_pool *pool) {
  sqlite3 *db = NULL;
  (void)pthread_mutex_lock(&pool->lock);
  if (pool->count) db = pool->kept[--pool->count];
  (void)pthread_mutex_unlock(&pool->lock);
  if (db) return db;
  if (sqlite3_open_v2(pool->path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) !=
      SQLITE_OK) {
    (void)sqlite3_close(db);
    return NULL;
  }
  (void)sqlite3_busy_timeout(db, BUSY_MS);
  (void)sqlite3_exec(db, cache, NULL, NULL, NULL);
  // what the file holds may come from elsewhere: its views and triggers get no powers
  (void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  (void)sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return db;
}

void kh_pool_give_back(kh_pool *pool, sqlite3 *db) {
  if (!db) return;
  (void)pthread_mutex_lock(&pool->lock);
  const bool keep = pool->count < KEPT;
  if (keep) pool->kept[pool->count++] = db;
  (void)pthread_mutex_unlock(&pool->lock);
  if (!keep) (void)sqlite3_close(db);
}

// ---- building

void kh_pick_add(kh_pick *pick, const char *sql) { (void)kh_bytes_text(&pick->sql, sql); }

void kh_pick_text(kh_pick *pick, const char *sql, const char *value) {
  kh_pick_add(pick, sql);
  if (pick->value_count == KH_SELECT_VALUES) {
    pick->failed = true;
    return;
  }
  pick->values[pick->value_count++].text = value;
}

void kh_pick_number(kh_pick *pick, const char *sql, int64_t value) {
  kh_pick_add(pick, sql);
  if (pick->value_count == KH_SELECT_VALUES) {
    pick->failed = true;
    return;
  }
  pick->values[pick->value_count].text = NULL;
  pick->values[pick->value_count++].number = value;
}

void kh_pick_free(kh_pick *pick) {
  free(pick->sql.bytes);
  memset(pick, 0, sizeof *pick);
}

// ---- running

static sqlite3_stmt *prepare(sqlite3 *db, const kh_pick *pick) {
  sqlite3_stmt *statement = NULL;
  if (pick->failed || pick->sql.failed || !pick->sql.bytes) return NULL;
  if (sqlite3_prepare_v2(db, pick->sql.bytes, -1, &statement, NULL) != SQLITE_OK) return NULL;
  for (unsigned i = 0; i < pick->value_count; i++) {
    const int at = (int)i + 1;
    if (pick->values[i].text)
      (void)sqlite3_bind_text(statement, at, pick->values[i].text, -1, SQLITE_STATIC);
    else
      (void)sqlite3_bind_int64(statement, at, pick->values[i].number);
  }
  return statement;
}

static json_t *cell(sqlite3_stmt *statement, int column, char kind) {
  switch (sqlite3_column_type(statement, column)) {
  case SQLITE_INTEGER: {
    const int64_t number = sqlite3_column_int64(statement, column);
    return kind == '?' ? json_boolean(number != 0) : json_integer(number);
  }
  case SQLITE_FLOAT:
    return json_real(sqlite3_column_double(statement, column));
  case SQLITE_NULL:
    return kind == '?' ? json_false() : json_null();
  default:
    break;
  }
  const char *text = (const char *)sqlite3_column_text(statement, column);
  const size_t len = (size_t)sqlite3_column_bytes(statement, column);
  if (!text) return NULL;
  if (kind == '$') return json_loadb(text, len, JSON_DECODE_ANY, NULL);
  return json_stringn(text, len);
}

static json_t *row_of(sqlite3_stmt *statement) {
  json_t *row = json_object();
  const int columns = sqlite3_column_count(statement);
  for (int i = 0; row && i < columns; i++) {
    const char *name = sqlite3_column_name(statement, i);
    char key[64];
    size_t len = name ? strlen(name) : 0;
    const char kind = len ? name[len - 1] : 0;
    if (kind == '$' || kind == '?') len--;
    if (len == 0 || len >= sizeof key) continue;
    memcpy(key, name, len);
    key[len] = 0;
    if (json_object_set_new(row, key, cell(statement, i, kind)) != 0) {
      json_decref(row);
      row = NULL;
    }
  }
  return row;
}

json_t *kh_pick_rows(sqlite3 *db, kh_pick *pick) {
  sqlite3_stmt *statement = prepare(db, pick);
  json_t *rows = statement ? json_array() : NULL;
  int state = SQLITE_DONE;
  while (rows && (state = sqlite3_step(statement)) == SQLITE_ROW) {
    if (json_array_append_new(rows, row_of(statement)) != 0) break;
  }
  if (rows && state != SQLITE_DONE) {
    json_decref(rows);
    rows = NULL;
  }
  (void)sqlite3_finalize(statement);
  return rows;
}

json_t *kh_pick_row(sqlite3 *db, kh_pick *pick) {
  sqlite3_stmt *statement = prepare(db, pick);
  if (!statement) return NULL;
  const int state = sqlite3_step(statement);
  json_t *row = NULL;
  if (state == SQLITE_ROW) row = row_of(statement);
  if (state == SQLITE_DONE) row = json_null();
  (void)sqlite3_finalize(statement);
  return row;
}

bool kh_pick_each(sqlite3 *db, const kh_pick *pick, bool (*take)(void *context, sqlite3_stmt *row),
                  void *context) {
  sqlite3_stmt *statement = prepare(db, pick);
  if (!statement) return false;
  int state = SQLITE_ROW;
  while ((state = sqlite3_step(statement)) == SQLITE_ROW && take(context, statement)) {
  }
  (void)sqlite3_finalize(statement);
  return state == SQLITE_DONE || state == SQLITE_ROW;
}

int64_t kh_pick_int(sqlite3 *db, kh_pick *pick, int64_t otherwise) {
  sqlite3_stmt *statement = prepare(db, pick);
  int64_t value = otherwise;
  if (statement && sqlite3_step(statement) == SQLITE_ROW)
    value = sqlite3_column_int64(statement, 0);
  (void)sqlite3_finalize(statement);
  return value;
}
