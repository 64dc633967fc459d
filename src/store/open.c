// SPDX-License-Identifier: Apache-2.0
// Opening and closing a record's file, and transactions.
#include "base/error.h"
#include "store/audit.h"
#include "store/entity.h"
#include "store/migrate.h"
#include "store/near.h"
#include "store/store.h"
#include "store/tokenize.h"
#include "text/day.h"

#include <stdio.h>
#include <string.h>

enum { WAIT_MS = 5000, CACHE_KB = 32 * 1024 };

// ------------------------------------------------------------------ who and when

// "2026-11-23T16:24:00Z", with or without fractions of seconds.
static bool is_moment(const char *at) {
  char day[11];
  const size_t len = strlen(at);
  return len >= 17 && len < KH_AT_BYTES && at[10] == 'T' && at[len - 1] == 'Z' &&
         strspn(at + 11, "0123456789:.") == len - 12 && kh_day_read(at, day);
}

kh_status kh_store_sign(kh_store *store, const char *user, const char *at, kh_error *error) {
  if (!store || !user || !at)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "a null pointer was given");
  const size_t len = strlen(user);
  if (len == 0 || len > KH_USER_BYTES)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                   "a user's name has 1 to %d bytes; this one has %zu", KH_USER_BYTES, len);
  if (!is_moment(at))
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                   "\"%.40s\" is no time; write it as 2026-11-23T16:24:00Z", at);
  memcpy(store->user, user, len + 1);
  memcpy(store->at, at, strlen(at) + 1);
  return KH_OK;
}

// ------------------------------------------------------------------ opening

static kh_status connect(kh_store *store, const char *path, const kh_store_options *options,
                         kh_error *error) {
  const int flags = options->read_only  ? SQLITE_OPEN_READONLY
                    : options->existing ? SQLITE_OPEN_READWRITE
                                        : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int code = sqlite3_open_v2(path, &store->db, flags | SQLITE_OPEN_NOMUTEX, options->vfs);
  if (!store->db) return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  if (code == SQLITE_CANTOPEN)
    return kh_fail(error, KH_ERROR_IO, KH_STAGE_STORE,
                   options->existing || options->read_only
                       ? "there is no such record, or it may not be opened; khutwa add makes one"
                       : "the file cannot be opened or made; does its folder exist?");
  if (code != SQLITE_OK) return kh_sql_failed(store, "open the record", error);
  const int searching = kh_search_register(store->db);
  if (searching == SQLITE_NOMEM)
    return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  if (searching != SQLITE_OK) return kh_sql_failed(store, "prepare the search", error);
  (void)sqlite3_extended_result_codes(store->db, 1);
  (void)sqlite3_busy_timeout(store->db, options->wait_ms ? (int)options->wait_ms : WAIT_MS);
  return KH_OK;
}

// SQLite counts the cache in pages of the size that it knows when it is told: the size comes first.
kh_status kh_cache_settle(kh_store *store, unsigned kb, kh_error *error) {
  char cache[64];
  (void)snprintf(cache, sizeof cache, "PRAGMA cache_size = -%u", kb);
  return kh_sql_run(store, cache, error);
}

// Settings of the connection; `fresh`: of a new file, too.
static kh_status settle(kh_store *store, bool fresh, kh_error *error) {
  // what a stranger's file may not do: call functions from its schema
  kh_status status = kh_sql_run(store, "PRAGMA trusted_schema = 0", error);
  if (status == KH_OK && store->read_only) return kh_cache_settle(store, store->cache_kb, error);
  if (status == KH_OK && fresh) status = kh_sql_run(store, "PRAGMA page_size = 65536", error);
  if (status == KH_OK) status = kh_sql_run(store, "PRAGMA journal_mode = WAL", error);
  if (status == KH_OK) status = kh_sql_run(store, "PRAGMA synchronous = FULL", error);
  if (status == KH_OK) status = kh_cache_settle(store, store->cache_kb, error);
  return status;
}

static kh_status set_up(kh_store *store, const char *path, const kh_store_options *options,
                        kh_error *error) {
  kh_status status = KH_OK;
  if (options->user || options->at)
    status = kh_store_sign(store, options->user, options->at, error);
  if (status == KH_OK) status = connect(store, path, options, error);
  int64_t application = 0;
  int64_t version = 0;
  int64_t tables = 0;
  if (status == KH_OK)
    status = kh_sql_int(store, "SELECT count(*) FROM sqlite_schema", 0, &tables, error);
  if (status == KH_OK) status = kh_sql_int(store, "PRAGMA application_id", 0, &application, error);
  if (status == KH_OK) status = kh_sql_int(store, "PRAGMA user_version", 0, &version, error);
  if (status != KH_OK) return status;
  if (application != KH_STORE_APPLICATION && (tables || application || version))
    return kh_fail(error, KH_ERROR_STORE, KH_STAGE_STORE,
                   "this is a SQLite file, but no record of khutwa's; name another file");
  status = settle(store, !tables, error);
  if (status == KH_OK) status = kh_migrate(store, version, error);
  return status;
}

kh_status kh_store_open(kh_store **out, const char *path, const kh_store_options *options,
                        kh_error *error) {
  static const kh_store_options defaults = {0};
  if (!out || !path || !*path)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "a null pointer was given");
  *out = NULL;
  if (!options) options = &defaults;
  kh_arena arena;
  kh_arena_init(&arena, options->allocator);
  kh_store *store = arena.allocator.resize(arena.allocator.context, NULL, 0, sizeof *store);
  if (!store) return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  memset(store, 0, sizeof *store);
  store->allocator = arena.allocator;
  store->read_only = options->read_only;
  store->keep_raw = options->keep_raw;
  store->cache_kb = options->cache_kb ? options->cache_kb : CACHE_KB;
  const kh_status status = set_up(store, path, options, error);
  if (status != KH_OK) {
    (void)kh_store_close(store, NULL);
    return status;
  }
  *out = store;
  return KH_OK;
}

// ------------------------------------------------------------------ closing

static void finalize_kept(kh_store *store) {
  for (size_t i = 0; i < KH_STORE_QUERIES; i++) {
    (void)sqlite3_finalize(store->kept[i].statement);
    store->kept[i] = (kh_kept){0};
  }
  store->kept_count = 0;
}

// All that was written goes into the one file. While others have it open, it stays beside it.
static kh_status gather(kh_store *store, kh_error *error) {
  const int code =
      sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  if ((code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED) return KH_OK;
  if (code != SQLITE_OK) return kh_sql_failed(store, "finish the record", error);
  (void)sqlite3_busy_timeout(store->db, 0);
  (void)sqlite3_exec(store->db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
  return KH_OK;
}

kh_status kh_store_close(kh_store *store, kh_error *error) {
  if (!store) return KH_OK;
  kh_status status = KH_OK;
  kh_store_rollback(store);
  kh_forget(store);
  finalize_kept(store);
  if (store->db && !store->read_only) status = gather(store, error);
  (void)sqlite3_close_v2(store->db);
  const kh_allocator a = store->allocator;
  if (store->bytes) a.resize(a.context, store->bytes, store->bytes_room, 0);
  a.resize(a.context, store, sizeof *store, 0);
  return status;
}

void kh_forget(kh_store *store) {
  kh_rules_forget(store);
  kh_entities_forget(store);
  kh_near_forget(store);
  store->engine_of = NULL;
}

unsigned char *kh_room(kh_store *store, size_t size) {
  if (size <= store->bytes_room) return store->bytes;
  size_t room = store->bytes_room ? store->bytes_room : (size_t)64 << 10;
  while (room < size) room *= 2;
  const kh_allocator *a = &store->allocator;
  unsigned char *wider = a->resize(a->context, store->bytes, store->bytes_room, room);
  if (!wider) return NULL;
  store->bytes = wider;
  store->bytes_room = room;
  return wider;
}

// ------------------------------------------------------------------ transactions

// What others wrote since makes what is remembered stale.
static kh_status see_others(kh_store *store, kh_error *error) {
  int64_t version = 0;
  const kh_status status = kh_sql_int(store, "PRAGMA data_version", 0, &version, error);
  if (status == KH_OK && version != store->data_version) {
    kh_forget(store);
    store->data_version = version;
  }
  return status;
}

void kh_roll_back(kh_store *store) {
  // a second time where the first found no memory
  for (int tries = 0; tries < 2 && !sqlite3_get_autocommit(store->db); tries++) {
    kh_statements_reset(store);
    (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
  }
}

static kh_status begin(kh_store *store, kh_error *error) {
  if (store->read_only)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "the record was opened for reading");
  if (!store->user[0])
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                   "nobody has signed: tell who writes, and when");
  kh_roll_back(store); // what could not be taken back for want of memory
  kh_row row = kh_row_of(store, "BEGIN IMMEDIATE", error);
  kh_status status = kh_row_run(&row);
  if (status == KH_OK) status = see_others(store, error);
  return status;
}

static kh_status commit(kh_store *store, kh_error *error) {
  kh_row row = kh_row_of(store, "COMMIT", error);
  const kh_status status = kh_row_run(&row);
  if (status != KH_OK) {
    kh_roll_back(store);
    kh_forget(store);
  }
  return status;
}

kh_status kh_store_begin(kh_store *store, kh_error *error) {
  if (!store || store->in_batch)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "a batch was begun already");
  const kh_status status = begin(store, error);
  if (status != KH_OK) {
    kh_roll_back(store);
    return status;
  }
  store->in_batch = true;
  store->broken = false;
  return KH_OK;
}

kh_status kh_store_commit(kh_store *store, kh_error *error) {
  if (!store || !store->in_batch)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "no batch was begun");
  if (store->broken)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                   "a change of this batch failed: it can only be taken back");
  store->in_batch = false;
  return commit(store, error);
}

void kh_store_rollback(kh_store *store) {
  if (!store || !store->in_batch) return;
  store->in_batch = false;
  kh_roll_back(store);
  kh_forget(store);
}

kh_status kh_change_begin(kh_store *store, kh_error *error) {
  if (!store->in_batch) {
    const kh_status status = begin(store, error);
    if (status != KH_OK) kh_roll_back(store); // what failed may have been after BEGIN
    return status;
  }
  if (!store->broken) return KH_OK;
  return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                 "a change of this batch failed: it can only be taken back");
}

kh_status kh_change_end(kh_store *store, kh_status status, kh_error *error) {
  if (store->in_batch) {
    if (status != KH_OK) store->broken = true;
    return status;
  }
  if (status == KH_OK) return commit(store, error);
  kh_roll_back(store);
  kh_forget(store);
  return status;
}
