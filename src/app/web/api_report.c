// SPDX-License-Identifier: Apache-2.0
// One report: its text and its record with the decisions applied, and why a claim was read so.
#include "app/web/api.h"

#include "app/web/filter.h"
#include "app/web/route.h"
#include "app/web/why.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
  const char *key; // of the record
  char letter;
  const char *table;
  const char *record_id; // SQL: the happening, series or entry that the claim c belongs to
} layers[] = {
    {"statements", 's', "statement", "NULL"},
    {"events", 'v', "event",
     "(SELECT 'H' || h.doc || '.' || h.n FROM happening_event x JOIN happening h USING (happening) "
     "WHERE x.doc = c.doc AND x.n = c.n)"},
    {"figures", 'f', "figure",
     "(SELECT 'R' || y.doc || '.' || y.n FROM series_figure x JOIN series_figure y USING (series) "
     "WHERE "
     "x.doc = c.doc AND x.n = c.n ORDER BY y.doc, y.n LIMIT 1)"},
    {"steps", 'p', "step",
     "(SELECT 'L' || l.doc || '.' || l.n FROM ledger_step x JOIN ledger l USING (entry) WHERE "
     "x.doc "
     "= c.doc AND x.n = c.n)"},
};
enum { LAYERS = sizeof layers / sizeof *layers };

// ---- the record as JSON

static json_t *read_record(kh_core *core, int64_t doc, kh_reply *reply) {
  kh_error error;
  kh_store *store = kh_core_lend(core, &error);
  if (!store) {
    *reply = kh_reply_failure(&error);
    return NULL;
  }
  kh_document *document = NULL;
  const kh_status status = kh_store_document(&document, store, doc, KH_STORE_EFFECTIVE, &error);
  kh_core_give_back(core, store);
  if (status != KH_OK) {
    *reply = status == KH_END ? kh_reply_error(404, "not_found", "there is no such document")
                              : kh_reply_failure(&error);
    return NULL;
  }
  kh_bytes text = {0};
  const kh_status written = kh_view_json(document, kh_bytes_write, &text, &error);
  kh_document_close(document);
  json_t *record =
      written == KH_OK && !text.failed ? json_loadb(text.bytes, text.len, 0, NULL) : NULL;
  free(text.bytes);
  if (!record) *reply = kh_unreadable();
  return record;
}

// ---- what the record over all reports adds

// Puts what `row` says about a claim into the claim; the row's `n` finds it.
static void mark_claims(json_t *claims, const json_t *rows, char letter, const char *doc_id) {
  size_t i = 0;
  json_t *row = NULL;
  json_array_foreach((json_t *)rows, i, row) {
    const size_t n = (size_t)json_integer_value(json_object_get(row, "n"));
    json_t *claim = n ? json_array_get(claims, n - 1) : NULL;
    if (!claim) continue;
    char n_id[24];
    char id[64];
    (void)snprintf(n_id, sizeof n_id, "%c%zu", letter, n);
    (void)snprintf(id, sizeof id, "%s.%s", doc_id, n_id);
    (void)json_object_set_new(claim, "id", json_string(id));
    (void)json_object_set_new(claim, "n", json_string(n_id));
    (void)json_object_update(claim, row);
    (void)json_object_set_new(claim, "n", json_string(n_id));
  }
}

static bool add_claim_rows(sqlite3 *db, json_t *record, int64_t doc, const char *doc_id) {
  for (size_t i = 0; i < LAYERS; i++) {
    kh_pick pick = {0};
    kh_pick_add(&pick, "SELECT c.n, c.state, ");
    kh_pick_add(&pick, layers[i].record_id);
    kh_pick_add(&pick, " AS record_id FROM ");
    kh_pick_add(&pick, layers[i].table);
    kh_pick_number(&pick, " c WHERE c.doc = ? ORDER BY c.n", doc);
    json_t *rows = kh_pick_rows(db, &pick);
    kh_pick_free(&pick);
    if (!rows) return false;
    mark_claims(json_object_get(record, layers[i].key), rows, layers[i].letter, doc_id);
    json_decref(rows);
  }
  return true;
}

// ---- decisions

static bool take_decision(void *context, const kh_decision *decision) {
  json_t *by_id = context;
  char key[24];
  (void)snprintf(key, sizeof key, "%lld", (long long)decision->id);
  return json_object_set_new(by_id, key, kh_decision_json(decision)) == 0;
}

typedef struct deciding {
  json_t *record;
  json_t *by_id;
} deciding;

static bool take_state(void *context, const kh_claim_state *state) {
  deciding *now = context;
  for (size_t i = 0; i < LAYERS; i++) {
    if (layers[i].letter != state->layer) continue;
    json_t *claim = json_array_get(json_object_get(now->record, layers[i].key), state->n - 1);
    char key[24];
    (void)snprintf(key, sizeof key, "%lld", (long long)state->decision);
    json_t *decision = json_object_get(now->by_id, key);
    if (claim) (void)json_object_set_new(claim, "state", json_string(state->state));
    if (claim && decision) (void)json_object_set(claim, "decided", decision);
  }
  return true;
}

static bool add_decisions(kh_core *core, json_t *record, int64_t doc, int64_t *version) {
  kh_error error;
  kh_store *store = kh_core_lend(core, &error);
  if (!store) return false;
  const kh_decision_filter filter = {.doc = doc};
  deciding now = {record, json_object()};
  const bool whole =
      kh_store_decisions(store, &filter, take_decision, now.by_id, &error) == KH_OK &&
      kh_store_states(store, doc, take_state, &now, &error) == KH_OK &&
      kh_store_version(store, doc, version, &error) == KH_OK;
  json_decref(now.by_id);
  kh_core_give_back(core, store);
  return whole;
}

static bool add_entity_ids(sqlite3 *db, json_t *record, int64_t doc) {
  kh_pick pick = {0};
  kh_pick_number(&pick,
                 "SELECT de.n, 'E' || coalesce(e.merged_into, e.entity) AS record_id FROM "
                 "document_entity de JOIN entity e USING (entity) WHERE de.doc = ?",
                 doc);
  json_t *rows = kh_pick_rows(db, &pick);
  kh_pick_free(&pick);
  json_t *entities = json_object_get(record, "entities");
  for (size_t i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    const size_t n = (size_t)json_integer_value(json_object_get(row, "n"));
    json_t *entity = n ? json_array_get(entities, n - 1) : NULL;
    if (entity) (void)json_object_set(entity, "record_id", json_object_get(row, "record_id"));
  }
  json_decref(rows);
  return rows != NULL;
}

static bool add_document_row(sqlite3 *db, json_t *record, int64_t doc) {
  kh_pick pick = {0};
  kh_pick_number(
      &pick,
      "SELECT d.uri, d.fetched, CASE WHEN d.copy_of THEN 'D' || d.copy_of END AS copy_of, (SELECT "
      "json_group_array('D' || c.doc) FROM document c WHERE c.copy_of = d.doc) AS \"copies$\" FROM "
      "document d WHERE d.doc = ?",
      doc);
  json_t *row = kh_pick_row(db, &pick);
  kh_pick_free(&pick);
  const bool there = json_is_object(row);
  if (there) (void)json_object_update(json_object_get(record, "document"), row);
  json_decref(row);
  return there;
}

// The neighbours in the order of the documents, and how many claims are open.
static json_t *queue_place(sqlite3 *db, int64_t doc) {
  kh_pick pick = {0};
  kh_pick_number(&pick,
                 "SELECT (SELECT 'D' || max(doc) FROM document WHERE doc < ?1) AS previous, "
                 "(SELECT 'D' || min(doc) FROM document WHERE doc > ?1) AS next",
                 doc);
  json_t *row = kh_pick_row(db, &pick);
  kh_pick_free(&pick);
  return row;
}

json_t *kh_report_json(kh_core *core, int64_t doc, kh_reply *reply) {
  json_t *record = read_record(core, doc, reply);
  if (!record) return NULL;
  char id[32];
  (void)snprintf(id, sizeof id, "D%lld", (long long)doc);
  sqlite3 *db = kh_pool_lend(core->pool);
  int64_t version = 0;
  const bool whole = db && add_claim_rows(db, record, doc, id) && add_entity_ids(db, record, doc) &&
                     add_document_row(db, record, doc) &&
                     add_decisions(core, record, doc, &version);
  if (whole) {
    (void)json_object_set_new(record, "id", json_string(id));
    (void)json_object_set_new(record, "version", json_integer(version));
    (void)json_object_set_new(record, "queue", queue_place(db, doc));
  }
  kh_pool_give_back(core->pool, db);
  if (whole) return record;
  json_decref(record);
  *reply = kh_unreadable();
  return NULL;
}

static kh_reply report(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)request;
  int64_t doc = 0;
  if (!kh_id_number(parameters->at[0], 'D', &doc))
    return kh_reply_error(404, "not_found", "the id of a document is wanted, as D12");
  kh_reply reply;
  json_t *record = kh_report_json(core, doc, &reply);
  return record ? kh_reply_json(200, record) : reply;
}

// ---- why

// The row of a frame has a rule's whole name; other rows hold for all that begin so.
static const kh_rule_note *note_of(const char *rule, bool frame) {
  const kh_rule_note *best = NULL;
  size_t longest = 0;
  for (const kh_rule_note *note = kh_rule_notes; note->id; note++) {
    const size_t len = strlen(note->id);
    if ((note->file != NULL) != frame || strncmp(rule, note->id, len) != 0) continue;
    if (frame ? rule[len] == 0 : len > longest) {
      best = note;
      longest = len;
    }
  }
  return best;
}

static void add_notes(json_t *row, bool arabic) {
  const char *rule = json_string_value(json_object_get(row, "rule"));
  const kh_rule_note *family = rule ? note_of(rule, false) : NULL;
  const kh_rule_note *frame = rule ? note_of(rule, true) : NULL;
  if (family)
    (void)json_object_set_new(row, "title", json_string(arabic ? family->arabic : family->english));
  if (frame) {
    if (strcmp(frame->example, "-") != 0)
      (void)json_object_set_new(row, "example", json_string(frame->example));
    (void)json_object_set_new(row, "file", json_sprintf("%s:%u", frame->file, frame->line));
  }
}

static kh_reply why(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  int64_t doc = 0;
  int64_t n = 0;
  char letter = 0;
  if (!kh_id_claim(parameters->at[0], &doc, &letter, &n))
    return kh_reply_error(404, "not_found", "the id of a claim is wanted, as D12.v3");
  sqlite3 *db = kh_pool_lend(core->pool);
  if (!db) return kh_unreadable();
  kh_pick pick = {0};
  kh_pick_add(&pick, "SELECT r.name AS rule, c.confidence FROM ");
  for (size_t i = 0; i < LAYERS; i++) {
    if (layers[i].letter == letter) kh_pick_add(&pick, layers[i].table);
  }
  kh_pick_number(&pick, " c JOIN rule r USING (rule) WHERE c.doc = ?", doc);
  kh_pick_number(&pick, " AND c.n = ?", n);
  json_t *row = kh_pick_row(db, &pick);
  kh_pick_free(&pick);
  kh_pool_give_back(core->pool, db);
  if (json_is_object(row)) {
    add_notes(row, request->arabic);
    return kh_reply_json(200, row);
  }
  json_decref(row);
  return kh_reply_error(404, "not_found", "there is no such claim");
}

const kh_route kh_routes_report[] = {
    {"GET", "/api/documents/:", report},
    {"GET", "/api/claims/:/why", why},
    {NULL, NULL, NULL},
};
