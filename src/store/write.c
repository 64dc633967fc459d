// SPDX-License-Identifier: Apache-2.0
// Adding reports: the rows of a document, and its line in the chain.
#include "base/error.h"
#include "base/layers.h"
#include "store/digest.h"
#include "store/near.h"
#include "store/reading.h"
#include "text/text.h"

#include <khutwa/document.h>
#include <stdio.h>
#include <string.h>
#include <zstd.h>

enum { RAW_LEVEL = 3 };

static kh_status null_pointer(kh_error *error) {
  return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "a null pointer was given");
}

// ------------------------------------------------------------------ what documents refer to

// The number of the row of `table` that `select` finds by the values bound, or `insert` enters.
static kh_status number_of(kh_store *store, const char *select, const char *insert,
                           const char *first, const char *second, int64_t *number,
                           kh_error *error) {
  kh_row row = kh_row_of(store, select, error);
  kh_row_text_len(&row, first, strlen(first));
  if (second) kh_row_text_len(&row, second, strlen(second));
  kh_status status = kh_row_next(&row);
  if (status == KH_OK) {
    *number = sqlite3_column_int64(row.statement, 0);
    kh_row_end(&row);
    return KH_OK;
  }
  if (status != KH_END) return status;
  row = kh_row_of(store, insert, error);
  kh_row_text_len(&row, first, strlen(first));
  if (second) kh_row_text_len(&row, second, strlen(second));
  status = kh_row_run(&row);
  *number = sqlite3_last_insert_rowid(store->db);
  return status;
}

kh_status kh_engine_number(kh_store *store, const kh_engine *engine, int64_t *number,
                           kh_error *error) {
  if (store->engine_of == engine && engine) {
    *number = store->engine;
    return KH_OK;
  }
  const kh_status status =
      number_of(store, "SELECT engine FROM engine WHERE version = ? AND tables_sha256 = ?",
                "INSERT INTO engine(version, tables_sha256) VALUES(?, ?)", kh_version(),
                engine ? kh_engine_tables_digest(engine) : "", number, error);
  if (status == KH_OK) {
    store->engine = *number;
    store->engine_of = engine;
  }
  return status;
}

static kh_status outlet_number(kh_store *store, const char *name, int64_t *outlet,
                               kh_error *error) {
  *outlet = 0;
  if (!name || !*name) return KH_OK;
  return number_of(store, "SELECT outlet FROM outlet WHERE name = ?",
                   "INSERT INTO outlet(name) VALUES(?)", name, NULL, outlet, error);
}

// ------------------------------------------------------------------ containers

kh_status kh_store_open_container(kh_store *store, const kh_store_container *container,
                                  kh_store_progress *progress, kh_error *error) {
  if (!store || !container || !container->path || !container->kind || !progress)
    return null_pointer(error);
  *progress = (kh_store_progress){0};
  kh_status status = kh_change_begin(store, error);
  if (status != KH_OK) return status;
  kh_row row = kh_row_of(store,
                         "INSERT INTO container(path, kind, size, mtime) VALUES(?1, ?2, ?3, ?4) "
                         "ON CONFLICT(path) DO UPDATE SET kind = ?2, size = ?3, mtime = ?4, "
                         "items = 0, refused = 0, done = 0 WHERE size IS NOT ?3 OR mtime IS NOT ?4",
                         error);
  kh_row_text_len(&row, container->path, strlen(container->path));
  kh_row_text_len(&row, container->kind, strlen(container->kind));
  if (container->size < 0)
    kh_row_null(&row);
  else
    kh_row_int(&row, container->size);
  if (container->mtime < 0)
    kh_row_null(&row);
  else
    kh_row_int(&row, container->mtime);
  status = kh_row_run(&row);
  if (status == KH_OK) {
    row = kh_row_of(store, "SELECT container, items, refused, done FROM container WHERE path = ?",
                    error);
    kh_row_text_len(&row, container->path, strlen(container->path));
    status = kh_row_next(&row);
    if (status == KH_OK) {
      progress->container = sqlite3_column_int64(row.statement, 0);
      progress->items = (uint64_t)sqlite3_column_int64(row.statement, 1);
      progress->refused = (uint64_t)sqlite3_column_int64(row.statement, 2);
      progress->done = sqlite3_column_int(row.statement, 3) != 0;
      kh_row_end(&row);
    }
  }
  return kh_change_end(store, status, error);
}

kh_status kh_store_set_progress(kh_store *store, const kh_store_progress *progress,
                                kh_error *error) {
  if (!store || !progress) return null_pointer(error);
  kh_status status = kh_change_begin(store, error);
  if (status != KH_OK) return status;
  kh_row row = kh_row_of(
      store, "UPDATE container SET items = ?, refused = ?, done = ? WHERE container = ?", error);
  kh_row_int(&row, (int64_t)progress->items);
  kh_row_int(&row, (int64_t)progress->refused);
  kh_row_int(&row, progress->done);
  kh_row_int(&row, progress->container);
  status = kh_row_run(&row);
  return kh_change_end(store, status, error);
}

static kh_status write_refusal_line(kh_store *store, int64_t refusal, kh_error *error) {
  unsigned char digest[KH_DIGEST];
  const kh_status status = kh_refusal_digest(store, refusal, digest, error);
  if (status != KH_OK) return status;
  char subject[40];
  (void)snprintf(subject, sizeof subject, "refusal %lld", (long long)refusal);
  const kh_audit_line line = {.action = "refuse", .subject = subject, .digest = digest};
  return kh_audit_add(store, &line, NULL, error);
}

kh_status kh_store_refuse(kh_store *store, int64_t container, uint64_t position,
                          const kh_error *why, kh_error *error) {
  if (!store || !why) return null_pointer(error);
  kh_status status = kh_change_begin(store, error);
  if (status != KH_OK) return status;
  kh_row row = kh_row_of(store,
                         "INSERT INTO refusal(container, position, line, code, message) "
                         "VALUES(?, ?, ?, ?, ?)",
                         error);
  kh_row_int(&row, container);
  kh_row_int(&row, (int64_t)position);
  kh_row_int(&row, why->line);
  kh_row_text(&row, kh_status_name(why->code));
  kh_row_text_len(&row, why->message, strlen(why->message));
  status = kh_row_run(&row);
  if (status == KH_OK)
    status = write_refusal_line(store, sqlite3_last_insert_rowid(store->db), error);
  return kh_change_end(store, status, error);
}

// ------------------------------------------------------------------ a document

typedef struct adding {
  kh_store *store;
  const kh_store_item *item;
  const kh_document *document;
  int64_t doc;
  kh_error *error;
} adding;

// A hexadecimal digest as bytes.
static void digest_bytes(const char *hex, unsigned char bytes[KH_DIGEST]) {
  (void)sodium_hex2bin(bytes, KH_DIGEST, hex, strlen(hex), NULL, NULL, NULL);
}

// KH_OK: the item is in the record, and met again.
static kh_status find_known(const adding *a, int64_t *doc) {
  unsigned char raw[KH_DIGEST];
  digest_bytes(kh_document_raw_sha256(a->document), raw);
  kh_row row = kh_row_of(a->store,
                         "SELECT doc FROM document WHERE substr(raw_sha256, 1, 8) = substr(?1, 1, "
                         "8) AND raw_sha256 = ?1",
                         a->error);
  kh_row_blob(&row, raw, KH_DIGEST);
  kh_status status = kh_row_next(&row);
  if (status != KH_OK) return status;
  *doc = sqlite3_column_int64(row.statement, 0);
  kh_row_end(&row);
  row = kh_row_of(a->store, "INSERT OR IGNORE INTO again VALUES(?, ?, ?)", a->error);
  kh_row_int(&row, a->item->container);
  kh_row_int(&row, (int64_t)a->item->position);
  kh_row_int(&row, *doc);
  return kh_row_run(&row);
}

static kh_status write_document(adding *a, const kh_near_found *near) {
  static const char *const from[] = {NULL, "input", "option", "page", "text"};
  kh_store *store = a->store;
  const kh_document *d = a->document;
  unsigned char raw[KH_DIGEST];
  unsigned char text[KH_DIGEST];
  int64_t outlet = 0;
  int64_t engine = 0;
  kh_status status = outlet_number(store, kh_document_outlet(d), &outlet, a->error);
  if (status == KH_OK) status = kh_engine_number(store, d->engine, &engine, a->error);
  if (status != KH_OK) return status;
  digest_bytes(kh_document_raw_sha256(d), raw);
  digest_bytes(kh_document_text_sha256(d), text);
  size_t length = 0;
  (void)kh_document_text(d, &length);
  const char *id = kh_document_id(d);
  kh_row row = kh_row_of(store,
                         "INSERT INTO document(id, container, position, line, uri, outlet, title, "
                         "published, published_from, fetched, lang, length, raw_sha256, "
                         "text_sha256, engine, print, copy_of) "
                         "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         a->error);
  kh_row_text_len(&row, id ? id : "", id ? strlen(id) : 0);
  kh_row_int(&row, a->item->container);
  kh_row_int(&row, (int64_t)a->item->position);
  kh_row_int(&row, a->item->line);
  kh_row_text(&row, kh_document_uri(d));
  kh_row_id(&row, outlet);
  kh_row_text(&row, kh_document_title(d));
  kh_row_text(&row, kh_document_published(d));
  kh_row_text(&row, from[kh_document_published_from(d)]);
  kh_row_text(&row, kh_document_fetched(d));
  kh_row_text(&row, kh_document_lang(d));
  kh_row_int(&row, (int64_t)length);
  kh_row_blob(&row, raw, KH_DIGEST);
  kh_row_blob(&row, text, KH_DIGEST);
  kh_row_int(&row, engine);
  if (near->count)
    kh_row_blob(&row, near->bytes, near->count * 4);
  else
    kh_row_null(&row);
  kh_row_id(&row, near->original);
  status = kh_row_run(&row);
  a->doc = sqlite3_last_insert_rowid(store->db);
  store->adding = a->doc;
  return status;
}

// The bytes as they came, where they are to be kept and are not the text itself.
static kh_status write_raw(adding *a) {
  size_t text_len = 0;
  const char *text = kh_document_text(a->document, &text_len);
  const char *raw = a->item->raw;
  const size_t len = a->item->raw_len;
  if (!a->store->keep_raw || !raw || (len == text_len && memcmp(raw, text, len) == 0)) return KH_OK;
  const size_t most = ZSTD_compressBound(len);
  unsigned char *room = kh_room(a->store, most);
  const size_t packed = room ? ZSTD_compress(room, most, raw, len, RAW_LEVEL) : 0;
  if (!room || ZSTD_isError(packed))
    return kh_fail(a->error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  kh_row row = kh_row_of(a->store, "UPDATE body SET raw = ? WHERE doc = ?", a->error);
  kh_row_blob(&row, room, packed);
  kh_row_int(&row, a->doc);
  return kh_row_run(&row);
}

static kh_status write_audit(adding *a) {
  unsigned char digest[KH_DIGEST];
  const kh_status status = kh_document_digest(a->store, a->doc, digest, a->error);
  if (status != KH_OK) return status;
  char subject[32];
  (void)snprintf(subject, sizeof subject, "D%lld", (long long)a->doc);
  const kh_audit_line line = {.action = "import", .subject = subject, .digest = digest};
  return kh_audit_add(a->store, &line, NULL, a->error);
}

static kh_status add(adding *a, kh_store_added *added) {
  kh_status status = find_known(a, &added->doc);
  if (status != KH_END) {
    added->known = true;
    return status;
  }
  kh_near_found near;
  status = kh_near_find(a->store, a->document, &near, a->error);
  if (status == KH_OK) status = write_document(a, &near);
  if (status == KH_OK)
    status = kh_reading_write(a->store, a->document, a->doc, KH_READING_FIRST, a->error);
  if (status == KH_OK) status = write_raw(a);
  if (status == KH_OK) status = kh_near_enter(a->store, &near, a->doc, a->error);
  if (status == KH_OK) status = write_audit(a);
  added->doc = a->doc;
  return status;
}

kh_status kh_store_add(kh_store *store, const kh_store_item *item, kh_store_added *added,
                       kh_error *error) {
  kh_store_added own = {0};
  if (!store || !item || !item->document) return null_pointer(error);
  kh_status status = kh_change_begin(store, error);
  if (status != KH_OK) return status;
  adding a = {.store = store, .item = item, .document = item->document, .error = error};
  status = kh_change_end(store, add(&a, &own), error);
  if (added) *added = own;
  return status;
}
