// SPDX-License-Identifier: Apache-2.0
#include "store/reading.h"

#include "base/error.h"
#include "base/layers.h"
#include "store/pack.h"

#include <string.h>

typedef struct writing {
  kh_store *store;
  const kh_document *document;
  int64_t doc;
  kh_resolved *resolved; // of its entities
  int64_t *entities;
  kh_error *error;
} writing;

kh_status kh_roles_write(kh_store *store, const kh_document *document, int64_t doc,
                         const kh_entity *e, int64_t entity, kh_error *error) {
  const char *text = kh_document_text(document, NULL);
  const char *day = kh_document_published(document);
  kh_status status = KH_OK;
  for (uint32_t i = 0; i < e->role_count && status == KH_OK; i++) {
    const kh_span span = e->roles[i].span;
    kh_row row = kh_row_of(
        store,
        "INSERT INTO entity_role VALUES(?1, ?2, ?3, ?3, ?4) ON CONFLICT(entity, role) DO UPDATE "
        "SET first_day = min(coalesce(first_day, ?3), coalesce(?3, first_day)), "
        "last_day = max(coalesce(last_day, ?3), coalesce(?3, last_day))",
        error);
    kh_row_int(&row, entity);
    kh_row_text_len(&row, text + span.start, span.end - span.start);
    kh_row_text(&row, day);
    kh_row_int(&row, doc);
    status = kh_row_run(&row);
  }
  return status;
}

// Who the document's entities are: rows of document_entity, and of those that are new.
static kh_status write_entities(writing *w) {
  const kh_record *record = w->document->record;
  for (uint32_t i = 0; i < record->entity_count; i++) {
    const kh_entity *e = &record->entities[i];
    kh_status status = kh_entity_resolve(w->store, e, w->doc, &w->resolved[i], w->error);
    if (status != KH_OK) return status;
    w->entities[i] = w->resolved[i].entity;
    status =
        kh_document_entity_write(w->store, w->doc, i, w->entities[i], e->mention_count, w->error);
    if (status == KH_OK)
      status = kh_roles_write(w->store, w->document, w->doc, e, w->entities[i], w->error);
    if (status != KH_OK) return status;
  }
  return KH_OK;
}

static kh_status write_body(writing *w, kh_reading reading) {
  size_t text_len = 0;
  size_t packed = 0;
  const char *text = kh_document_text(w->document, &text_len);
  const kh_status status =
      kh_record_pack(w->store, w->document->record, text, w->resolved, &packed, w->error);
  if (status != KH_OK) return status;
  kh_row row =
      kh_row_of(w->store,
                reading == KH_READING_FIRST ? "INSERT INTO body(record, doc, text) VALUES(?, ?, ?)"
                                            : "UPDATE body SET record = ? WHERE doc = ?",
                w->error);
  kh_row_blob(&row, w->store->bytes, packed);
  kh_row_int(&row, w->doc);
  if (reading == KH_READING_FIRST) kh_row_text_len(&row, text, text_len);
  return kh_row_run(&row);
}

static kh_status remove_entities(const writing *w) {
  kh_row row = kh_row_of(w->store, "DELETE FROM document_entity WHERE doc = ?", w->error);
  kh_row_int(&row, w->doc);
  return kh_row_run(&row);
}

static kh_status write_all(writing *w, kh_reading reading) {
  kh_status status = reading == KH_READING_AGAIN ? remove_entities(w) : KH_OK;
  if (status == KH_OK) status = write_entities(w);
  if (status == KH_OK) status = write_body(w, reading);
  if (status != KH_OK || reading == KH_READING_AGAIN) return status;
  const kh_claims claims = {.doc = w->doc,
                            .published = kh_document_published(w->document),
                            .record = w->document->record,
                            .entities = w->entities};
  return kh_claims_write(w->store, &claims, w->error);
}

kh_status kh_reading_write(kh_store *store, const kh_document *document, int64_t doc,
                           kh_reading reading, kh_error *error) {
  writing w = {.store = store, .document = document, .doc = doc, .error = error};
  const kh_allocator *m = &store->allocator;
  const size_t count = (size_t)document->record->entity_count + 1;
  kh_status status;
  store->adding = doc;
  w.resolved = m->resize(m->context, NULL, 0, count * sizeof *w.resolved);
  w.entities = m->resize(m->context, NULL, 0, count * sizeof *w.entities);
  if (w.resolved && w.entities)
    status = write_all(&w, reading);
  else
    status = kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  if (w.resolved) m->resize(m->context, w.resolved, count * sizeof *w.resolved, 0);
  if (w.entities) m->resize(m->context, w.entities, count * sizeof *w.entities, 0);
  store->adding = 0;
  return status;
}
