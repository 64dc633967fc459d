// SPDX-License-Identifier: Apache-2.0
// Documents out of the record, as kh_document_read gave them.
#include "base/error.h"
#include "base/layers.h"
#include "mention/mention.h"
#include "store/pack.h"
#include "text/text.h"

#include <sodium.h>
#include <string.h>

typedef struct loading {
  kh_store *store;
  kh_document *document;
  int64_t doc;
  kh_error *error;
} loading;

static const char *copy(kh_arena *arena, sqlite3_stmt *row, int column) {
  const char *text = (const char *)sqlite3_column_text(row, column);
  return text ? kh_arena_copy(arena, text, strlen(text)) : NULL;
}

static kh_published_from from_of(const char *name) {
  static const char *const names[] = {"", "input", "option", "page", "text"};
  for (int i = KH_PUBLISHED_INPUT; name && i <= KH_PUBLISHED_TEXT; i++) {
    if (strcmp(name, names[i]) == 0) return (kh_published_from)i;
  }
  return KH_PUBLISHED_NONE;
}

static void copy_digest(sqlite3_stmt *row, int column, char hex[65]) {
  const void *bytes = sqlite3_column_blob(row, column);
  if (bytes && sqlite3_column_bytes(row, column) == KH_DIGEST)
    (void)sodium_bin2hex(hex, 65, bytes, KH_DIGEST);
}

// The day goes where the stages had put it: the text layer, or the dateline.
static void place_day(kh_document *document, const char *day, kh_published_from from) {
  if (!day || strlen(day) != 10) return;
  if (from == KH_PUBLISHED_TEXT) {
    kh_mention_layer *mentions = kh_arena_zero(&document->arena, sizeof *mentions);
    memcpy(mentions->dateline, day, 11);
    document->mentions = mentions;
  } else {
    memcpy(document->text->published, day, 11);
    document->text->published_from = from;
  }
}

static void fill_text(kh_document *document, sqlite3_stmt *row) {
  kh_arena *arena = &document->arena;
  kh_text_layer *text = kh_arena_zero(arena, sizeof *text);
  document->text = text;
  text->id = copy(arena, row, 0);
  text->outlet = copy(arena, row, 1);
  text->title = copy(arena, row, 2);
  const char *lang = (const char *)sqlite3_column_text(row, 5);
  if (lang && strlen(lang) < sizeof text->lang) memcpy(text->lang, lang, strlen(lang) + 1);
  text->arabic = strcmp(text->lang, "ar") == 0;
  copy_digest(row, 6, text->raw_sha256);
  copy_digest(row, 7, text->text_sha256);
  const char *bytes = (const char *)sqlite3_column_text(row, 8);
  const int len = sqlite3_column_bytes(row, 8);
  text->bytes = kh_arena_copy(arena, bytes ? bytes : "", bytes ? (size_t)len : 0);
  text->len = bytes ? (uint32_t)len : 0;
  const char *title = text->title;
  const size_t title_len = title ? strlen(title) : 0;
  if (title_len && title_len <= text->len && memcmp(text->bytes, title, title_len) == 0)
    text->title_len = (uint32_t)title_len;
  place_day(document, copy(arena, row, 3), from_of((const char *)sqlite3_column_text(row, 4)));
}

// The rows of its entities, in its own order.
static kh_status load_entities(const loading *l, int64_t **entities, size_t *count) {
  kh_arena *arena = &l->document->arena;
  KH_ARRAY(int64_t) list = {0};
  kh_row row = kh_row_of(l->store, "SELECT n, entity FROM document_entity WHERE doc = ? ORDER BY n",
                         l->error);
  kh_row_int(&row, l->doc);
  kh_status status;
  while ((status = kh_row_next(&row)) == KH_OK) {
    int64_t *entity = KH_ADD(arena, &list);
    *entity = sqlite3_column_int64(row.statement, 1);
  }
  *entities = list.at;
  *count = list.count;
  return status == KH_END ? KH_OK : status;
}

static kh_status load(const loading *l) {
  kh_row row = kh_row_of(l->store,
                         "SELECT d.id, o.name, d.title, d.published, d.published_from, d.lang, "
                         "d.raw_sha256, d.text_sha256, b.text, b.record FROM document d "
                         "JOIN body b ON b.doc = d.doc LEFT JOIN outlet o ON o.outlet = d.outlet "
                         "WHERE d.doc = ?",
                         l->error);
  kh_row_int(&row, l->doc);
  kh_status status = kh_row_next(&row);
  if (status != KH_OK) return status;
  fill_text(l->document, row.statement);
  const void *blob = sqlite3_column_blob(row.statement, 9);
  const size_t len = (size_t)sqlite3_column_bytes(row.statement, 9);
  const unsigned char *packed =
      (const unsigned char *)kh_arena_copy(&l->document->arena, blob ? blob : "", blob ? len : 0);
  kh_row_end(&row);
  int64_t *entities = NULL;
  size_t count = 0;
  status = load_entities(l, &entities, &count);
  if (status != KH_OK) return status;
  return kh_record_unpack(l->store, l->document, packed, len, entities, count, l->error);
}

static kh_status load_guarded(const loading *l) {
  jmp_buf guard;
  l->document->arena.guard = &guard;
  kh_status status;
  if (setjmp(guard) == 0) {
    status = load(l);
  } else {
    kh_statements_reset(l->store);
    status = kh_fail(l->error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  }
  l->document->arena.guard = NULL;
  return status;
}

kh_status kh_store_document(kh_document **out, kh_store *store, int64_t doc,
                            kh_store_reading reading, kh_error *error) {
  (void)reading;
  if (!out || !store)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "a null pointer was given");
  *out = NULL;
  const kh_allocator *a = &store->allocator;
  kh_document *document = a->resize(a->context, NULL, 0, sizeof *document);
  if (!document) return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  memset(document, 0, sizeof *document);
  kh_arena_init(&document->arena, a);
  const loading l = {.store = store, .document = document, .doc = doc, .error = error};
  const kh_status status = load_guarded(&l);
  if (status != KH_OK) {
    kh_document_close(document);
    return status;
  }
  *out = document;
  return KH_OK;
}
