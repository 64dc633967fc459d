// SPDX-License-Identifier: Apache-2.0
// Reading a stored document again with other rules. What the machine said is replaced; decisions of
// persons are put on the claims that stand where theirs stood.
#include "base/error.h"
#include "store/audit.h"
#include "store/decision.h"
#include "store/digest.h"
#include "store/reading.h"

#include <stdio.h>
#include <string.h>

// ------------------------------------------------------------------ finding claims again

// How well claim `index` fits an anchor: 0 not at all.
static uint32_t fit_claim(const kh_record *record, int layer, uint32_t index, kh_span span,
                          const char *type) {
  const kh_span here = kh_layer_span(record, layer, index);
  const bool same_type = strcmp(kh_layer_type(record, layer, index), type) == 0;
  if (here.start == span.start && here.end == span.end) return same_type ? UINT32_MAX : 1U << 30;
  const uint32_t from = here.start > span.start ? here.start : span.start;
  const uint32_t to = here.end < span.end ? here.end : span.end;
  return same_type && to > from ? to - from : 0;
}

static bool mentioned_at(const kh_entity *e, kh_span span) {
  for (uint32_t i = 0; i < e->mention_count; i++) {
    if (e->mentions[i].span.start == span.start && e->mentions[i].span.end == span.end) return true;
  }
  return false;
}

// The number of the claim or entity that stands where the anchor is, or 0.
static int64_t find_again(const kh_record *record, char letter, kh_span span, const char *type) {
  const int layer = kh_layer_of(letter);
  uint32_t best = 0;
  int64_t n = 0;
  if (layer < 0) {
    for (uint32_t i = 0; i < record->entity_count; i++) {
      if (mentioned_at(&record->entities[i], span)) return (int64_t)i + 1;
    }
    return 0;
  }
  for (uint32_t i = 0; i < kh_layer_count(record, layer); i++) {
    const uint32_t fit = fit_claim(record, layer, i, span, type);
    if (fit <= best) continue;
    best = fit;
    n = (int64_t)i + 1;
  }
  return n;
}

typedef struct rereading {
  kh_store *store;
  int64_t doc;
  const kh_record *now;
  uint32_t before[KH_LAYERS]; // items that the machine had read
  kh_store_reread *result;
  kh_error *error;
} rereading;

static kh_status attach(const rereading *r, int64_t decision, int64_t number, int64_t n) {
  kh_row row = kh_row_of(r->store,
                         "UPDATE decision_target SET n = ?3, attached = ?3 > 0 "
                         "WHERE decision = ?1 AND number = ?2",
                         r->error);
  kh_row_int(&row, decision);
  kh_row_int(&row, number);
  kh_row_int(&row, n);
  return kh_row_run(&row);
}

static kh_status attach_row(const rereading *r, sqlite3_stmt *row) {
  const char *letter = (const char *)sqlite3_column_text(row, 2);
  const char *type = (const char *)sqlite3_column_text(row, 6);
  const int layer = letter ? kh_layer_of(letter[0]) : -1;
  int64_t n = sqlite3_column_int64(row, 3);
  const kh_span span = {(uint32_t)sqlite3_column_int64(row, 4),
                        (uint32_t)sqlite3_column_int64(row, 5)};
  if (layer >= 0 && n > r->before[layer])
    n += (int64_t)kh_layer_count(r->now, layer) - r->before[layer]; // a person's own claim
  else
    n = find_again(r->now, letter ? letter[0] : 'e', span, type ? type : "");
  if (n)
    r->result->kept++;
  else
    r->result->unattached++;
  return attach(r, sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1), n);
}

static kh_status attach_all(const rereading *r) {
  kh_row row = kh_row_of(r->store,
                         "SELECT decision, number, layer, n, start, end, type FROM decision_target "
                         "WHERE doc = ?1 AND layer <> 'E' ORDER BY decision, number",
                         r->error);
  kh_row_int(&row, r->doc);
  kh_status status;
  while ((status = kh_row_next(&row)) == KH_OK) {
    status = attach_row(r, row.statement);
    if (status == KH_OK) continue;
    kh_row_end(&row);
    return status;
  }
  return status == KH_END ? KH_OK : status;
}

// ------------------------------------------------------------------ reading

static kh_status read_again(const kh_loaded *l, const kh_engine *engine, kh_document **now,
                            kh_error *error) {
  const kh_document *d = l->document;
  size_t len = 0;
  const char *text = kh_document_text(d, &len);
  const char *title = kh_document_title(d);
  const size_t head = title ? strlen(title) : 0;
  const bool titled = head && len >= head + 2 && memcmp(text, title, head) == 0 &&
                      memcmp(text + head, "\n\n", 2) == 0;
  const kh_published_from from = kh_document_published_from(d);
  const bool told = from != KH_PUBLISHED_NONE && from != KH_PUBLISHED_TEXT;
  const kh_source source = {.id = kh_document_id(d),
                            .outlet = kh_document_outlet(d),
                            .title = titled ? title : NULL,
                            .published = told ? kh_document_published(d) : NULL,
                            .published_from = told ? from : KH_PUBLISHED_NONE,
                            .charset = "UTF-8",
                            .format = KH_FORMAT_TEXT};
  const size_t skip = titled ? head + 2 : 0;
  kh_status status = kh_document_read(now, engine, text + skip, len - skip, &source, error);
  if (status != KH_OK) return status;
  size_t now_len = 0;
  const char *now_text = kh_document_text(*now, &now_len);
  if (now_len == len && memcmp(now_text, text, len) == 0) return KH_OK;
  kh_document_close(*now);
  *now = NULL;
  return kh_fail(error, KH_ERROR_STORE, KH_STAGE_STORE,
                 "D%lld is not read again: its text would change", (long long)l->doc);
}

static kh_status update_document(const rereading *r, const kh_document *now) {
  int64_t engine = 0;
  kh_status status = kh_engine_number(r->store, now->engine, &engine, r->error);
  if (status != KH_OK) return status;
  kh_row row = kh_row_of(r->store,
                         "UPDATE document SET engine = ?2, lang = ?3, published = CASE WHEN "
                         "published_from IS NULL OR published_from = 'text' THEN ?4 ELSE published "
                         "END, published_from = CASE WHEN published_from IS NULL OR published_from "
                         "= 'text' THEN iif(?4 IS NULL, NULL, 'text') ELSE published_from END "
                         "WHERE doc = ?1",
                         r->error);
  kh_row_int(&row, r->doc);
  kh_row_int(&row, engine);
  kh_row_text(&row, kh_document_lang(now));
  kh_row_text(&row, kh_document_published(now));
  return kh_row_run(&row);
}

static kh_status write_line(const rereading *r) {
  unsigned char digest[KH_DIGEST];
  const kh_status status = kh_document_digest(r->store, r->doc, digest, r->error);
  if (status != KH_OK) return status;
  char subject[32];
  (void)snprintf(subject, sizeof subject, "D%lld", (long long)r->doc);
  const kh_audit_line line = {.action = "reread", .subject = subject, .digest = digest};
  return kh_audit_add(r->store, &line, NULL, r->error);
}

static kh_status replace(rereading *r, const kh_document *now) {
  r->now = now->record;
  kh_status status = update_document(r, now);
  if (status == KH_OK) status = kh_reading_write(r->store, now, r->doc, KH_READING_AGAIN, r->error);
  if (status == KH_OK) status = attach_all(r);
  if (status == KH_OK) status = kh_document_rebuild(r->store, r->doc, 0, r->error);
  if (status == KH_OK) status = write_line(r);
  return status;
}

static kh_status is_current(kh_store *store, int64_t doc, const kh_engine *engine, bool *current,
                            kh_error *error) {
  kh_row row = kh_row_of(store,
                         "SELECT g.version = ?2 AND g.tables_sha256 = ?3 FROM document d "
                         "JOIN engine g ON g.engine = d.engine WHERE d.doc = ?1",
                         error);
  kh_row_int(&row, doc);
  kh_row_text(&row, kh_version());
  kh_row_text(&row, kh_engine_tables_digest(engine));
  const kh_status status = kh_row_next(&row);
  if (status != KH_OK) return status;
  *current = sqlite3_column_int(row.statement, 0) != 0;
  kh_row_end(&row);
  return KH_OK;
}

static kh_status reread(rereading *r, const kh_engine *engine, bool always) {
  bool current = false;
  kh_status status = is_current(r->store, r->doc, engine, &current, r->error);
  if (status != KH_OK || (current && !always)) return status;
  kh_loaded before = {0};
  status = kh_load(&before, r->store, r->doc, KH_STORE_MACHINE, r->error);
  if (status != KH_OK) return status;
  memcpy(r->before, before.machine, sizeof r->before);
  kh_document *now = NULL;
  status = read_again(&before, engine, &now, r->error);
  if (status == KH_OK && now) status = replace(r, now);
  if (status == KH_OK) r->result->read = true;
  kh_document_close(now);
  kh_document_close(before.document);
  return status;
}

kh_status kh_store_reread_document(kh_store *store, int64_t doc, const kh_engine *engine,
                                   bool always, kh_store_reread *result, kh_error *error) {
  kh_store_reread own = {0};
  if (!store || !engine)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "a null pointer was given");
  kh_status status = kh_change_begin(store, error);
  if (status != KH_OK) return status;
  rereading r = {.store = store, .doc = doc, .result = &own, .error = error};
  status = reread(&r, engine, always);
  // that there is no such document is nothing that went wrong within a batch
  const kh_status whole = kh_change_end(store, status == KH_END ? KH_OK : status, error);
  if (result) *result = own;
  return whole == KH_OK ? status : whole;
}

kh_status kh_store_next_document(kh_store *store, int64_t after, int64_t *doc, kh_error *error) {
  if (!store || !doc)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "a null pointer was given");
  kh_row row =
      kh_row_of(store, "SELECT doc FROM document WHERE doc > ? ORDER BY doc LIMIT 1", error);
  kh_row_int(&row, after);
  const kh_status status = kh_row_next(&row);
  if (status != KH_OK) return status;
  *doc = sqlite3_column_int64(row.statement, 0);
  kh_row_end(&row);
  return KH_OK;
}
