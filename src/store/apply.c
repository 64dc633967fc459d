// SPDX-License-Identifier: Apache-2.0
// What persons decided, applied to what the machine read. Items are never taken out, so that their
// numbers stay: what is rejected, or was added and then undone, keeps its place as "rejected".
#include "base/error.h"
#include "store/decision.h"
#include "store/patch.h"

#include <string.h>

enum { MOST_OTHERS = 256 };

typedef struct decided {
  int64_t decision;
  const char *action; // in the arena
  char layer;
  const char *after; // JSON, in the arena; NULL
  bool undone;
  uint32_t others[MOST_OTHERS]; // n of the claims beside the first
  size_t other_count;
  uint32_t n; // of the first; 0: it is attached to nothing
} decided;

// ------------------------------------------------------------------ changing a layer

static void set_state(kh_loaded *l, int layer, uint32_t n, const char *state) {
  const uint32_t count = kh_layer_count(l->document->record, layer);
  if (n == 0 || n > count) return;
  if (!l->states[layer])
    l->states[layer] = kh_arena_zero(&l->document->arena, count * sizeof(const char *));
  l->states[layer][n - 1] = state;
}

static void *replace_layer(kh_record *record, int layer, void *items) {
  switch (layer) {
  case KH_LAYER_FIGURE:
    record->figures = items;
    return &record->figures[record->figure_count++];
  case KH_LAYER_STATEMENT:
    record->statements = items;
    return &record->statements[record->statement_count++];
  case KH_LAYER_EVENT:
    record->events = items;
    return &record->events[record->event_count++];
  default:
    record->steps = items;
    return &record->steps[record->step_count++];
  }
}

// A place for one more item at the end of a layer.
static void *append(kh_loaded *l, int layer) {
  kh_record *record = l->document->record;
  kh_arena *arena = &l->document->arena;
  const size_t size = kh_patch_size(layer);
  const uint32_t count = kh_layer_count(record, layer);
  char *items = kh_arena_zero(arena, (count + 1) * size);
  const char **states = kh_arena_zero(arena, (count + 1) * sizeof *states);
  if (count) memcpy(items, kh_layer_item(record, layer, 0), count * size);
  if (count && l->states[layer]) memcpy(states, l->states[layer], count * sizeof(const char *));
  l->states[layer] = states;
  return replace_layer(record, layer, items);
}

// ------------------------------------------------------------------ one decision

static kh_status add_item(kh_loaded *l, int layer, const void *like, const json_t *patch,
                          bool undone, kh_error *error) {
  const kh_origin by_person = {.rule = "person", .confidence = -1};
  // `like` may lie in the array that is about to be replaced; its bytes stay where they are
  void *item = append(l, layer);
  if (like)
    memcpy(item, like, kh_patch_size(layer));
  else
    kh_patch_blank(layer, item);
  *kh_layer_origin(l->document->record, layer, kh_layer_count(l->document->record, layer) - 1) =
      by_person;
  kh_status status = kh_patch_apply(l, layer, item, patch, error);
  if (status == KH_OK) status = kh_patch_complete(layer, item, error);
  const bool good = status == KH_OK && !undone;
  set_state(l, layer, kh_layer_count(l->document->record, layer), good ? "added" : "rejected");
  return status;
}

static kh_status correct(kh_loaded *l, int layer, uint32_t n, const json_t *patch,
                         kh_error *error) {
  void *item = kh_layer_item(l->document->record, layer, n - 1);
  char copy[sizeof(kh_statement) + sizeof(kh_event) + sizeof(kh_figure) + sizeof(kh_step)];
  memcpy(copy, item, kh_patch_size(layer));
  kh_status status = kh_patch_apply(l, layer, item, patch, error);
  if (status == KH_OK) status = kh_patch_complete(layer, item, error);
  if (status == KH_OK)
    set_state(l, layer, n, "corrected");
  else
    memcpy(item, copy, kh_patch_size(layer));
  return status;
}

static kh_status split(kh_loaded *l, int layer, const decided *d, const json_t *parts,
                       kh_error *error) {
  const void *whole = d->n ? kh_layer_item(l->document->record, layer, d->n - 1) : NULL;
  kh_status status = KH_OK;
  for (size_t i = 0; i < json_array_size(parts); i++) {
    const kh_status added = add_item(l, layer, whole, json_array_get(parts, i), d->undone, error);
    if (added != KH_OK) status = added;
  }
  if (!d->undone) set_state(l, layer, d->n, "rejected");
  return status;
}

static kh_status apply_claim(kh_loaded *l, int layer, const decided *d, const json_t *after,
                             kh_error *error) {
  if (strcmp(d->action, "add") == 0) return add_item(l, layer, NULL, after, d->undone, error);
  if (strcmp(d->action, "split") == 0) return split(l, layer, d, after, error);
  if (d->undone || d->n == 0) return KH_OK;
  if (strcmp(d->action, "accept") == 0) {
    set_state(l, layer, d->n, "accepted");
  } else if (strcmp(d->action, "reject") == 0) {
    set_state(l, layer, d->n, "rejected");
  } else if (strcmp(d->action, "correct") == 0 || strcmp(d->action, "merge") == 0) {
    const kh_status status = correct(l, layer, d->n, after, error);
    if (status != KH_OK) return status;
    for (size_t i = 0; i < d->other_count; i++) set_state(l, layer, d->others[i], "rejected");
  }
  return KH_OK;
}

// An entity of the report is another one over all reports than khutwa thought.
static kh_status apply_entity(kh_loaded *l, const decided *d, const json_t *after,
                              kh_error *error) {
  if (d->undone || d->n == 0 || strcmp(d->action, "correct") != 0) return KH_OK;
  const char *entity = json_string_value(json_object_get(after, "entity"));
  const int64_t row = kh_entity_id(entity);
  if (!row)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                   "\"entity\": one of the record is wanted, as E77");
  l->entities[d->n - 1] = row;
  return KH_OK;
}

static kh_status apply_one(kh_loaded *l, const decided *d, kh_error *error) {
  if (d->after) {
    json_error_t why;
    l->json = json_loads(d->after, JSON_DECODE_ANY, &why);
    if (!l->json && kh_json_out_of_memory(l->store, &why, d->after))
      return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
    if (!l->json)
      return kh_fail(error, KH_ERROR_STORE, KH_STAGE_STORE, "decision %lld is damaged",
                     (long long)d->decision);
  }
  const int layer = kh_layer_of(d->layer);
  const kh_status status =
      layer >= 0 ? apply_claim(l, layer, d, l->json, error) : apply_entity(l, d, l->json, error);
  json_decref(l->json);
  l->json = NULL;
  return status;
}

// ------------------------------------------------------------------ all of them

static uint32_t most_of(const kh_loaded *l, char layer) {
  const kh_record *record = l->document->record;
  const int known = kh_layer_of(layer);
  return known >= 0 ? kh_layer_count(record, known) : record->entity_count;
}

static kh_status load_targets(kh_loaded *l, decided *d, kh_error *error) {
  kh_row row = kh_row_of(l->store,
                         "SELECT number, n FROM decision_target WHERE decision = ? AND attached "
                         "ORDER BY number",
                         error);
  kh_row_int(&row, d->decision);
  const uint32_t most = most_of(l, d->layer);
  kh_status status;
  while ((status = kh_row_next(&row)) == KH_OK) {
    const int64_t number = sqlite3_column_int64(row.statement, 0);
    const int64_t n = sqlite3_column_int64(row.statement, 1);
    if (n < 1 || n > most) continue;
    if (number == 0)
      d->n = (uint32_t)n;
    else if (d->other_count < MOST_OTHERS)
      d->others[d->other_count++] = (uint32_t)n;
  }
  return status == KH_END ? KH_OK : status;
}

kh_status kh_apply_decisions(kh_loaded *loaded, kh_error *error) {
  kh_row row = kh_row_of(loaded->store,
                         "SELECT decision, action, layer, after, undone FROM decision "
                         "WHERE doc = ? AND layer IN ('f', 's', 'v', 'p', 'e') ORDER BY decision",
                         error);
  kh_row_int(&row, loaded->doc);
  kh_error own = {0};
  row.error = &own;
  kh_status status = row.status;
  if (status != KH_OK) return status;
  while ((status = kh_row_next(&row)) == KH_OK) {
    const char *action = (const char *)sqlite3_column_text(row.statement, 1);
    const char *layer = (const char *)sqlite3_column_text(row.statement, 2);
    const char *after = (const char *)sqlite3_column_text(row.statement, 3);
    kh_arena *arena = &loaded->document->arena;
    decided d = {.decision = sqlite3_column_int64(row.statement, 0)};
    d.layer = layer ? layer[0] : 'e';
    d.action = kh_arena_copy(arena, action ? action : "", action ? strlen(action) : 0);
    d.after = after ? kh_arena_copy(arena, after, strlen(after)) : NULL;
    d.undone = sqlite3_column_int(row.statement, 4) != 0;
    status = kh_row_check(&row);
    if (status == KH_OK) status = load_targets(loaded, &d, &own);
    if (status == KH_OK) status = apply_one(loaded, &d, &own);
    // one that does not fit what was read anew leaves its claim as the machine read it
    if (status == KH_ERROR_ARGUMENT && d.decision != loaded->strict) status = KH_OK;
    if (status != KH_OK) break;
  }
  kh_row_end(&row);
  if (status == KH_END) return KH_OK;
  if (error) *error = own;
  return status;
}
