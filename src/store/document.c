// SPDX-License-Identifier: Apache-2.0
// Documents out of the record, as kh_document_read gave them.
#include "base/error.h"
#include "base/layers.h"
#include "mention/mention.h"
#include "store/load.h"
#include "store/pack.h"
#include "text/text.h"

#include <sodium.h>
#include <string.h>

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
  text->uri = copy(arena, row, 10);
  text->fetched = copy(arena, row, 11);
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

static kh_status load_machine(kh_loaded *l, kh_error *error) {
  kh_row row = kh_row_of(l->store,
                         "SELECT d.id, o.name, d.title, d.published, d.published_from, d.lang, "
                         "d.raw_sha256, d.text_sha256, b.text, b.record, d.uri, d.fetched "
                         "FROM document d JOIN body b ON b.doc = d.doc "
                         "LEFT JOIN outlet o ON o.outlet = d.outlet WHERE d.doc = ?",
                         error);
  kh_row_int(&row, l->doc);
  kh_status status = kh_row_next(&row);
  if (status != KH_OK) return status;
  fill_text(l->document, row.statement);
  const void *blob = sqlite3_column_blob(row.statement, 9);
  const size_t len = (size_t)sqlite3_column_bytes(row.statement, 9);
  const unsigned char *packed =
      (const unsigned char *)kh_arena_copy(&l->document->arena, blob ? blob : "", blob ? len : 0);
  status = kh_row_check(&row);
  kh_row_end(&row);
  if (status != KH_OK) return status;
  status = kh_record_unpack(l->store, l->document, packed, len, &l->entities, error);
  if (status != KH_OK) return status;
  for (int i = 0; i < KH_LAYERS; i++) l->machine[i] = kh_layer_count(l->document->record, i);
  l->machine_entities = l->document->record->entity_count;
  const size_t rows = l->machine_entities * sizeof *l->read_as;
  l->read_as = kh_arena_alloc(&l->document->arena, rows);
  if (rows) memcpy(l->read_as, l->entities, rows);
  return KH_OK;
}

static kh_status load(kh_loaded *l, void *context, kh_error *error) {
  const kh_store_reading *reading = context;
  kh_status status = load_machine(l, error);
  if (status == KH_OK && *reading == KH_STORE_EFFECTIVE) status = kh_apply_decisions(l, error);
  return status;
}

kh_status kh_guarded(kh_loaded *loaded, kh_status (*run)(kh_loaded *, void *, kh_error *),
                     void *context, kh_error *error) {
  jmp_buf guard;
  loaded->document->arena.guard = &guard;
  kh_status status;
  if (setjmp(guard) == 0) {
    status = run(loaded, context, error);
  } else {
    kh_statements_reset(loaded->store);
    status = kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  }
  json_decref(loaded->json);
  loaded->json = NULL;
  loaded->document->arena.guard = NULL;
  return status;
}

kh_status kh_load(kh_loaded *loaded, kh_store *store, int64_t doc, kh_store_reading reading,
                  kh_error *error) {
  *loaded = (kh_loaded){.store = store, .doc = doc, .strict = loaded->strict};
  const kh_allocator *a = &store->allocator;
  kh_document *document = a->resize(a->context, NULL, 0, sizeof *document);
  if (!document) return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  memset(document, 0, sizeof *document);
  kh_arena_init(&document->arena, a);
  loaded->document = document;
  const kh_status status = kh_guarded(loaded, load, &reading, error);
  if (status == KH_OK) return KH_OK;
  kh_document_close(document);
  loaded->document = NULL;
  return status;
}

kh_status kh_store_document(kh_document **out, kh_store *store, int64_t doc,
                            kh_store_reading reading, kh_error *error) {
  if (!out || !store)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "a null pointer was given");
  kh_loaded loaded = {0};
  const kh_status status = kh_load(&loaded, store, doc, reading, error);
  *out = loaded.document;
  return status;
}
