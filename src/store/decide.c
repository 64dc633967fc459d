// SPDX-License-Identifier: Apache-2.0
// Decisions of persons: checked, kept, put into effect and into the chain, all or nothing.
#include "base/error.h"
#include "store/audit.h"
#include "store/decision.h"
#include "store/digest.h"
#include "store/json_text.h"
#include "store/patch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_OTHERS = 200, MOST_AFTER = 1 << 20, MOST_NOTE = 8000 };

typedef struct deciding {
  kh_store *store;
  const kh_decision_request *request;
  kh_target target;
  kh_target others[MOST_OTHERS];
  size_t other_count;
  int64_t decision; // the number it will have
  char *before;     // of jansson; NULL
  char *after;
} deciding;

static kh_status bad(kh_error *error, const char *message) {
  return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "%s", message);
}

// ------------------------------------------------------------------ the request

// Which actions there are on what.
static bool fits(const char *action, char layer) {
  static const struct {
    const char *action;
    const char *layers;
  } known[] = {{"accept", "fsvp"}, {"reject", "fsvpEhrl"}, {"correct", "fsvpe"},
               {"add", "fsvp"},    {"split", "fsvphrl"},   {"merge", "fsvpEhrl"},
               {"unmerge", "E"},   {"note", "fsvpeEhrl"}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (strcmp(known[i].action, action) == 0) return strchr(known[i].layers, layer) != NULL;
  }
  return false;
}

static bool is_action(const deciding *d, const char *action) {
  return strcmp(d->request->action, action) == 0;
}

static bool on_claim(const deciding *d) { return strchr("fsvp", d->target.layer) != NULL; }

static kh_status read_target(deciding *d, kh_error *error) {
  const kh_decision_request *r = d->request;
  if (!kh_target_read(r->target, &d->target))
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                   "\"%.40s\" names nothing; ids look like D12.v3, E77 or H12.3",
                   r->target ? r->target : "");
  if (is_action(d, "add")) {
    if (d->target.layer != 'D' || !r->layer || strlen(r->layer) != 1 ||
        !strchr("fsvp", r->layer[0]))
      return bad(error, "name the report (D12) and the layer (f, s, v or p) that it is added to");
    d->target.layer = d->target.claim = r->layer[0];
  }
  if (fits(r->action, d->target.layer)) return KH_OK;
  return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "\"%.20s\" cannot be done to %.40s",
                 r->action, r->target);
}

static kh_status read_others(deciding *d, kh_error *error) {
  const kh_decision_request *r = d->request;
  if (r->other_count > MOST_OTHERS) return bad(error, "at most 200 others can be named");
  const bool far = strchr("Ehrl", d->target.layer) != NULL;
  const bool wanted = is_action(d, "merge") || (far && is_action(d, "split"));
  if (wanted && r->other_count == 0) return bad(error, "name the others, too");
  if (r->other_count && !wanted && !(far && is_action(d, "reject")))
    return bad(error, "others are named to merge, to split or to keep apart");
  for (size_t i = 0; i < r->other_count; i++) {
    kh_target *t = &d->others[i];
    const bool same = kh_target_read(r->others[i], t) && t->claim == d->target.claim &&
                      (t->doc == d->target.doc || far) &&
                      !(t->doc == d->target.doc && t->n == d->target.n);
    if (!same)
      return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                     "\"%.40s\" is no other of the kind of %.40s", r->others[i] ? r->others[i] : "",
                     r->target);
  }
  d->other_count = r->other_count;
  return KH_OK;
}

static kh_status read_request(deciding *d, kh_error *error) {
  const kh_decision_request *r = d->request;
  if (!r->action) return bad(error, "say what to do: accept, correct, reject, add, split or merge");
  if (r->note && strlen(r->note) > MOST_NOTE) return bad(error, "the note is too long");
  if (r->after && strlen(r->after) > MOST_AFTER) return bad(error, "the change is too long");
  if (is_action(d, "note") && (!r->note || !*r->note)) return bad(error, "a note needs words");
  kh_status status = read_target(d, error);
  if (status == KH_OK) status = read_others(d, error);
  return status;
}

// ------------------------------------------------------------------ conflicts

static kh_status check_seen(kh_store *store, char layer, const kh_target *t, int64_t seen,
                            int64_t *other, kh_error *error) {
  if (seen < 0 || t->n == 0) return KH_OK;
  const char text[2] = {layer, '\0'};
  const char claim[2] = {t->claim, '\0'};
  kh_row row = kh_row_of(store,
                         "SELECT d.decision, d.user, d.action, d.at FROM decision_target t "
                         "JOIN decision d ON d.decision = t.decision WHERE t.doc = ?1 "
                         "AND t.layer = ?2 AND t.n = ?3 AND d.layer = ?4 AND d.changed > ?5 "
                         "AND d.action <> 'note' ORDER BY d.changed DESC LIMIT 1",
                         error);
  kh_row_int(&row, t->doc);
  kh_row_text(&row, claim);
  kh_row_int(&row, t->n);
  kh_row_text(&row, text);
  kh_row_int(&row, seen);
  const kh_status status = kh_row_next(&row);
  if (status != KH_OK) return status == KH_END ? KH_OK : status;
  *other = sqlite3_column_int64(row.statement, 0);
  const kh_status conflict =
      kh_fail(error, KH_ERROR_CONFLICT, KH_STAGE_STORE,
              "%.80s decided on this meanwhile (%s, %s): look at it again, then decide",
              (const char *)sqlite3_column_text(row.statement, 1),
              (const char *)sqlite3_column_text(row.statement, 2),
              (const char *)sqlite3_column_text(row.statement, 3));
  kh_row_end(&row);
  return conflict;
}

static kh_status check_conflicts(deciding *d, int64_t *other, kh_error *error) {
  if (is_action(d, "note")) return KH_OK;
  const int64_t seen = d->request->seen;
  const char layer = d->target.layer;
  kh_status status = check_seen(d->store, layer, &d->target, seen, other, error);
  for (size_t i = 0; i < d->other_count && status == KH_OK; i++)
    status = check_seen(d->store, layer, &d->others[i], seen, other, error);
  return status;
}

// ------------------------------------------------------------------ what changes

// A claim must be there; of `add` none is named.
static kh_status check_claim(const kh_loaded *l, const kh_target *t, kh_error *error) {
  const kh_record *record = l->document->record;
  const int layer = kh_layer_of(t->claim);
  const uint32_t count = layer >= 0 ? kh_layer_count(record, layer) : record->entity_count;
  if (t->n >= 0 && t->n <= count) return KH_OK;
  return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "there is no D%lld.%c%lld",
                 (long long)t->doc, t->claim, (long long)t->n);
}

static kh_status settle_entity(kh_loaded *l, json_t *after, kh_error *error) {
  const int64_t row = kh_entity_id(json_string_value(json_object_get(after, "entity")));
  int32_t index = 0;
  if (!row || json_object_size(after) != 1)
    return bad(error, "say who it is: {\"entity\": \"E77\"}");
  return kh_loaded_entity(l, row, &index, error);
}

static kh_status settle_parts(kh_loaded *l, int layer, json_t *parts, kh_error *error) {
  const size_t count = json_array_size(parts);
  if (count < 2 || count > MOST_OTHERS)
    return bad(error, "to split, give a list of two parts or more, each with its changed fields");
  kh_status status = KH_OK;
  for (size_t i = 0; i < count && status == KH_OK; i++)
    status = kh_patch_settle(l, layer, json_array_get(parts, i), error);
  return status;
}

// Reads `after`, settles its references and takes down what was there before. Under the guard.
static kh_status settle(kh_loaded *l, void *context, kh_error *error) {
  deciding *d = context;
  kh_status status = check_claim(l, &d->target, error);
  for (size_t i = 0; i < d->other_count && status == KH_OK; i++)
    if (d->others[i].doc == d->target.doc) status = check_claim(l, &d->others[i], error);
  if (status != KH_OK) return status;
  const bool changes = is_action(d, "correct") || is_action(d, "add") || is_action(d, "split") ||
                       is_action(d, "merge");
  if (!changes || strchr("hrl", d->target.layer)) return KH_OK;
  const char *after = d->request->after ? d->request->after : is_action(d, "merge") ? "{}" : "";
  json_error_t why;
  l->json = json_loads(after, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
  if (!l->json && kh_json_out_of_memory(l->store, &why, after))
    return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  if (!l->json)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "the change is no JSON: %.100s",
                   why.text);
  const int layer = kh_layer_of(d->target.layer);
  if (layer < 0)
    status = settle_entity(l, l->json, error);
  else if (is_action(d, "split"))
    status = settle_parts(l, layer, l->json, error);
  else
    status = kh_patch_settle(l, layer, l->json, error);
  if (status != KH_OK) return status;
  d->after = kh_json_text(l->json, JSON_COMPACT | JSON_SORT_KEYS);
  if (!d->after) return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  if (layer < 0 || !json_is_object(l->json) || d->target.n == 0) return KH_OK;
  json_t *before = kh_patch_before(
      l, layer, kh_layer_item(l->document->record, layer, (uint32_t)d->target.n - 1), l->json);
  if (before) d->before = kh_json_text(before, JSON_COMPACT | JSON_SORT_KEYS);
  json_decref(before);
  return d->before ? KH_OK : kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
}

// ------------------------------------------------------------------ keeping it

static kh_status next_number(kh_store *store, int64_t *number, kh_error *error) {
  const kh_status status = kh_sql_int(store, "SELECT max(seq) FROM audit", 0, number, error);
  *number += 1;
  return status;
}

static kh_status write_decision(const deciding *d, kh_error *error) {
  const char layer[2] = {d->target.layer, '\0'};
  kh_row row = kh_row_of(d->store,
                         "INSERT INTO decision(decision, at, user, action, layer, doc, before, "
                         "after, note, changed) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         error);
  const bool near = on_claim(d) || d->target.layer == 'e';
  kh_row_int(&row, d->decision);
  kh_row_text(&row, d->store->at);
  kh_row_text(&row, d->store->user);
  kh_row_text(&row, d->request->action);
  kh_row_text(&row, layer);
  kh_row_id(&row, near ? d->target.doc : 0);
  kh_row_text(&row, d->before);
  kh_row_text(&row, d->after);
  kh_row_text(&row, d->request->note);
  kh_row_int(&row, d->decision);
  return kh_row_run(&row);
}

static kh_status write_target(const deciding *d, int number, const kh_target *t, const kh_loaded *l,
                              kh_error *error) {
  const char claim[2] = {t->claim, '\0'};
  kh_span span = {0, 0};
  const char *type = "";
  const int layer = kh_layer_of(t->claim);
  if (l && layer >= 0) {
    span = kh_layer_span(l->document->record, layer, (uint32_t)t->n - 1);
    type = kh_layer_type(l->document->record, layer, (uint32_t)t->n - 1);
  } else if (l && t->claim == 'e') {
    const kh_entity *e = &l->document->record->entities[t->n - 1];
    if (e->mention_count) span = e->mentions[0].span;
    type = kh_entity_kind_name(e->kind);
  }
  kh_row row = kh_row_of(d->store,
                         "INSERT INTO decision_target(decision, number, layer, doc, n, start, end, "
                         "type) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                         error);
  kh_row_int(&row, d->decision);
  kh_row_int(&row, number);
  kh_row_text(&row, claim);
  kh_row_int(&row, t->doc);
  kh_row_int(&row, t->n);
  kh_row_int(&row, span.start);
  kh_row_int(&row, span.end);
  kh_row_text_len(&row, type, strlen(type));
  return kh_row_run(&row);
}

// Targets of other documents than the loaded one: loaded for their words.
static kh_status write_far_target(const deciding *d, int number, const kh_target *t,
                                  kh_error *error) {
  if (t->claim == 'E') {
    int64_t there = 0;
    kh_row row = kh_row_of(d->store, "SELECT entity FROM entity WHERE entity = ?", error);
    kh_row_int(&row, t->n);
    kh_status status = kh_row_next(&row);
    if (status == KH_OK) there = t->n;
    kh_row_end(&row);
    if (status == KH_END || (status == KH_OK && !there))
      return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "there is no entity E%lld",
                     (long long)t->n);
    return status == KH_OK ? write_target(d, number, t, NULL, error) : status;
  }
  kh_loaded l = {0};
  kh_status status = kh_load(&l, d->store, t->doc, KH_STORE_EFFECTIVE, error);
  if (status == KH_END)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "there is no document D%lld",
                   (long long)t->doc);
  if (status != KH_OK) return status;
  status = check_claim(&l, t, error);
  if (status == KH_OK) status = write_target(d, number, t, &l, error);
  kh_document_close(l.document);
  return status;
}

static kh_status write_targets(const deciding *d, const kh_loaded *l, kh_error *error) {
  kh_status status = KH_OK;
  kh_target t = d->target;
  int number = 0;
  if (!l) {
    status = write_far_target(d, number++, &t, error);
    for (size_t i = 0; i < d->other_count && status == KH_OK; i++)
      status = write_far_target(d, number++, &d->others[i], error);
    return status;
  }
  if (t.n) status = write_target(d, number++, &t, l, error);
  for (size_t i = 0; i < d->other_count && status == KH_OK; i++)
    status = write_target(d, number++, &d->others[i], l, error);
  return status;
}

// New claims stand behind those that were there: `from` of them.
static kh_status write_new_targets(const deciding *d, uint32_t from, kh_error *error) {
  const bool added = is_action(d, "add");
  if (!added && !(is_action(d, "split") && on_claim(d))) return KH_OK;
  kh_loaded l = {0};
  kh_status status = kh_load(&l, d->store, d->target.doc, KH_STORE_EFFECTIVE, error);
  if (status != KH_OK) return status;
  kh_target t = d->target;
  const uint32_t count = kh_layer_count(l.document->record, kh_layer_of(t.claim));
  int number = added ? 0 : 1;
  for (uint32_t n = from + 1; n <= count && status == KH_OK; n++) {
    t.n = n;
    status = write_target(d, number++, &t, &l, error);
  }
  kh_document_close(l.document);
  return status;
}

static kh_status write_line(const deciding *d, kh_error *error) {
  unsigned char digest[KH_DIGEST];
  kh_status status = kh_decision_digest(d->store, d->decision, digest, error);
  if (status != KH_OK) return status;
  const kh_audit_line line = {
      .action = d->request->action, .subject = d->request->target, .digest = digest};
  return kh_audit_add(d->store, &line, NULL, error);
}

static kh_status decide_near(deciding *d, kh_error *error) {
  kh_loaded l = {0};
  kh_status status = kh_load(&l, d->store, d->target.doc, KH_STORE_EFFECTIVE, error);
  if (status == KH_END)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "there is no document D%lld",
                   (long long)d->target.doc);
  if (status != KH_OK) return status;
  status = kh_guarded(&l, settle, d, error);
  const int layer = kh_layer_of(d->target.layer);
  const uint32_t count = layer >= 0 ? kh_layer_count(l.document->record, layer) : 0;
  if (status == KH_OK) status = write_decision(d, error);
  if (status == KH_OK) status = write_targets(d, &l, error);
  kh_document_close(l.document);
  if (status == KH_OK) status = kh_document_rebuild(d->store, d->target.doc, d->decision, error);
  if (status == KH_OK && layer >= 0) status = write_new_targets(d, count, error);
  return status;
}

static kh_status decide_far(deciding *d, kh_error *error) {
  kh_status status = write_decision(d, error);
  if (status == KH_OK) status = write_targets(d, NULL, error);
  if (status == KH_OK && d->target.layer == 'E') status = kh_entities_rejoin(d->store, error);
  return status;
}

static kh_status decide(deciding *d, int64_t *other, kh_error *error) {
  kh_status status = check_conflicts(d, other, error);
  if (status == KH_OK) status = next_number(d->store, &d->decision, error);
  if (status != KH_OK) return status;
  const bool near = on_claim(d) || d->target.layer == 'e';
  status = near ? decide_near(d, error) : decide_far(d, error);
  if (status == KH_OK) status = write_line(d, error);
  return status;
}

kh_status kh_store_decide(kh_store *store, const kh_decision_request *request, kh_decided *decided,
                          kh_error *error) {
  if (decided) *decided = (kh_decided){0};
  if (!store || !request) return bad(error, "a null pointer was given");
  deciding d = {.store = store, .request = request};
  kh_status status = read_request(&d, error);
  if (status != KH_OK) return status;
  status = kh_change_begin(store, error);
  if (status != KH_OK) return status;
  int64_t other = 0;
  status = kh_change_end(store, decide(&d, &other, error), error);
  free(d.before);
  free(d.after);
  if (decided && status == KH_OK) *decided = (kh_decided){d.decision, d.decision};
  if (decided && status == KH_ERROR_CONFLICT) decided->decision = other;
  return status;
}

// ------------------------------------------------------------------ undo and redo

static kh_status find_decision(kh_store *store, int64_t decision, bool undone, char *layer,
                               int64_t *doc, kh_error *error) {
  kh_row row =
      kh_row_of(store, "SELECT layer, doc, undone FROM decision WHERE decision = ?", error);
  kh_row_int(&row, decision);
  const kh_status status = kh_row_next(&row);
  if (status == KH_END)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "there is no decision %lld",
                   (long long)decision);
  if (status != KH_OK) return status;
  const unsigned char *text = sqlite3_column_text(row.statement, 0);
  *layer = text ? (char)text[0] : 'e';
  *doc = sqlite3_column_int64(row.statement, 1);
  const bool is_undone = sqlite3_column_int(row.statement, 2) != 0;
  kh_row_end(&row);
  if (is_undone == undone) return KH_OK;
  return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                 undone ? "decision %lld holds: there is nothing to redo"
                        : "decision %lld is undone already",
                 (long long)decision);
}

// Somebody decided later on one of its targets.
static kh_status check_later(kh_store *store, int64_t decision, char layer, int64_t seen,
                             int64_t *other, kh_error *error) {
  if (seen < 0) return KH_OK;
  kh_row row =
      kh_row_of(store, "SELECT layer, doc, n FROM decision_target WHERE decision = ?", error);
  kh_row_int(&row, decision);
  kh_status status;
  while ((status = kh_row_next(&row)) == KH_OK) {
    const unsigned char *claim = sqlite3_column_text(row.statement, 0);
    const kh_target t = {.layer = layer,
                         .claim = claim ? (char)claim[0] : layer,
                         .doc = sqlite3_column_int64(row.statement, 1),
                         .n = sqlite3_column_int64(row.statement, 2)};
    status = check_seen(store, layer, &t, seen, other, error);
    if (status == KH_OK) continue;
    kh_row_end(&row);
    return status;
  }
  return status == KH_END ? KH_OK : status;
}

static kh_status turn(kh_store *store, int64_t decision, bool undo, int64_t seen,
                      kh_decided *decided, kh_error *error) {
  char layer = 0;
  int64_t doc = 0;
  int64_t line_number = 0;
  kh_status status = find_decision(store, decision, !undo, &layer, &doc, error);
  if (status == KH_OK)
    status = check_later(store, decision, layer, seen, &decided->decision, error);
  if (status == KH_OK) status = next_number(store, &line_number, error);
  if (status != KH_OK) return status;
  kh_row row =
      kh_row_of(store, "UPDATE decision SET undone = ?, changed = ? WHERE decision = ?", error);
  kh_row_int(&row, undo);
  kh_row_int(&row, line_number);
  kh_row_int(&row, decision);
  status = kh_row_run(&row);
  if (status == KH_OK && doc) status = kh_document_rebuild(store, doc, 0, error);
  if (status == KH_OK && layer == 'E') status = kh_entities_rejoin(store, error);
  unsigned char digest[KH_DIGEST];
  if (status == KH_OK) status = kh_decision_digest(store, decision, digest, error);
  if (status != KH_OK) return status;
  char subject[40];
  (void)snprintf(subject, sizeof subject, "decision %lld", (long long)decision);
  const kh_audit_line line = {
      .action = undo ? "undo" : "redo", .subject = subject, .digest = digest};
  *decided = (kh_decided){decision, line_number};
  return kh_audit_add(store, &line, NULL, error);
}

static kh_status turn_in_change(kh_store *store, int64_t decision, bool undo, int64_t seen,
                                kh_decided *decided, kh_error *error) {
  kh_decided own = {0};
  if (decided) *decided = own;
  if (!store) return bad(error, "a null pointer was given");
  kh_status status = kh_change_begin(store, error);
  if (status != KH_OK) return status;
  status = kh_change_end(store, turn(store, decision, undo, seen, &own, error), error);
  if (decided && (status == KH_OK || status == KH_ERROR_CONFLICT)) *decided = own;
  return status;
}

kh_status kh_store_undo(kh_store *store, int64_t decision, int64_t seen, kh_decided *decided,
                        kh_error *error) {
  return turn_in_change(store, decision, true, seen, decided, error);
}

kh_status kh_store_redo(kh_store *store, int64_t decision, int64_t seen, kh_decided *decided,
                        kh_error *error) {
  return turn_in_change(store, decision, false, seen, decided, error);
}

// ------------------------------------------------------------------ its digest

kh_status kh_decision_digest(kh_store *store, int64_t decision, unsigned char digest[KH_DIGEST],
                             kh_error *error) {
  kh_digest d;
  (void)crypto_hash_sha256_init(&d);
  kh_status status = kh_digest_rows(
      store,
      "SELECT decision, at, user, action, layer, doc, before, after, note FROM decision "
      "WHERE decision = ?",
      decision, &d, error);
  if (status != KH_OK) return status;
  status = kh_digest_rows(store,
                          "SELECT number, layer, doc, start, end, type, "
                          "CASE layer WHEN 'E' THEN n END FROM decision_target "
                          "WHERE decision = ? ORDER BY number",
                          decision, &d, error);
  if (status != KH_OK && status != KH_END) return status;
  (void)crypto_hash_sha256_final(&d, digest);
  return KH_OK;
}
