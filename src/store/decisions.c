// SPDX-License-Identifier: Apache-2.0
// What was decided, to look at.
#include "base/error.h"
#include "store/decision.h"

#include <string.h>

enum { MOST_TARGETS = 256 };

typedef struct listing {
  char ids[MOST_TARGETS][KH_ID_BYTES];
  const char *others[MOST_TARGETS];
  size_t count;
  bool attached;
} listing;

kh_status kh_store_version(kh_store *store, int64_t doc, int64_t *version, kh_error *error) {
  if (!store || !version)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "a null pointer was given");
  *version = 0;
  kh_row row = kh_row_of(store,
                         doc ? "SELECT max(changed) FROM decision WHERE decision IN "
                               "(SELECT decision FROM decision_target WHERE doc = ?1)"
                             : "SELECT max(changed) FROM decision WHERE layer = 'E' OR ?1 > 0",
                         error);
  kh_row_int(&row, doc);
  const kh_status status = kh_row_next(&row);
  if (status != KH_OK) return status == KH_END ? KH_OK : status;
  *version = sqlite3_column_int64(row.statement, 0);
  kh_row_end(&row);
  return KH_OK;
}

// The letter that ids of a happening, series or entry begin with.
static void write_id(const char *layer, char claim, int64_t doc, int64_t n, char id[KH_ID_BYTES]) {
  kh_target_write(claim, doc, n, id);
  const char *far = strchr("hrl", layer[0]);
  if (!far || !*far) return;
  // D12.v3 becomes H12.3
  char *dot = strchr(id, '.');
  id[0] = (char)(*far - 'a' + 'A');
  if (dot) memmove(dot + 1, dot + 2, strlen(dot + 2) + 1);
}

static kh_status load_targets(kh_store *store, int64_t decision, const char *layer, listing *list,
                              kh_error *error) {
  list->count = 0;
  list->attached = true;
  kh_row row = kh_row_of(store,
                         "SELECT layer, doc, n, attached FROM decision_target WHERE decision = ? "
                         "ORDER BY number",
                         error);
  kh_row_int(&row, decision);
  kh_status status;
  while ((status = kh_row_next(&row)) == KH_OK) {
    if (list->count == MOST_TARGETS) continue;
    const unsigned char *claim = sqlite3_column_text(row.statement, 0);
    char *id = list->ids[list->count];
    write_id(layer, claim ? (char)claim[0] : 'v', sqlite3_column_int64(row.statement, 1),
             sqlite3_column_int64(row.statement, 2), id);
    list->others[list->count++] = id;
    if (!sqlite3_column_int(row.statement, 3)) list->attached = false;
  }
  return status == KH_END ? KH_OK : status;
}

static const char *text(sqlite3_stmt *row, int column) {
  return (const char *)sqlite3_column_text(row, column);
}

static const char *text_or_empty(sqlite3_stmt *row, int column) {
  const char *value = text(row, column);
  return value ? value : "";
}

static kh_status give(kh_store *store, sqlite3_stmt *row, kh_decision_fn take, void *context,
                      bool *going, kh_error *error) {
  listing list;
  kh_decision d = {.id = sqlite3_column_int64(row, 0),
                   .at = text_or_empty(row, 1),
                   .user = text_or_empty(row, 2),
                   .action = text_or_empty(row, 3),
                   .layer = text_or_empty(row, 4),
                   .before = text(row, 5),
                   .after = text(row, 6),
                   .note = text(row, 7),
                   .undone = sqlite3_column_int(row, 8) != 0,
                   .changed = sqlite3_column_int64(row, 9)};
  const kh_status status = load_targets(store, d.id, d.layer, &list, error);
  if (status != KH_OK) return status;
  d.target = list.count ? list.others[0] : "";
  d.others = list.others + 1;
  d.other_count = list.count ? list.count - 1 : 0;
  d.attached = list.attached;
  *going = take(context, &d);
  return KH_OK;
}

kh_status kh_store_decisions(kh_store *store, const kh_decision_filter *filter, kh_decision_fn take,
                             void *context, kh_error *error) {
  static const kh_decision_filter all = {0};
  if (!store || !take)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "a null pointer was given");
  if (!filter) filter = &all;
  kh_row row = kh_row_of(
      store,
      "SELECT decision, at, user, action, layer, before, after, note, undone, changed FROM "
      "decision "
      "WHERE (?1 = 0 OR decision = ?1) AND (?2 = 0 OR decision IN "
      "(SELECT decision FROM decision_target WHERE doc = ?2)) AND changed > ?3 "
      "AND (?4 IS NULL OR user = ?4) AND (?5 = 0 OR decision IN "
      "(SELECT decision FROM decision_target WHERE NOT attached)) AND (?6 = 0 OR decision < ?6) "
      "ORDER BY decision DESC LIMIT ?7",
      error);
  kh_row_int(&row, filter->id);
  kh_row_int(&row, filter->doc);
  kh_row_int(&row, filter->after);
  kh_row_text(&row, filter->user);
  kh_row_int(&row, filter->unattached);
  kh_row_int(&row, filter->before);
  kh_row_int(&row, filter->limit ? (int64_t)filter->limit : -1);
  kh_status status;
  while ((status = kh_row_next(&row)) == KH_OK) {
    bool going = true;
    status = give(store, row.statement, take, context, &going, error);
    if (status == KH_OK && going) continue;
    kh_row_end(&row);
    return status;
  }
  return status == KH_END ? KH_OK : status;
}

kh_status kh_store_states(kh_store *store, int64_t doc, kh_state_fn take, void *context,
                          kh_error *error) {
  if (!store || !take)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "a null pointer was given");
  kh_row row = kh_row_of(
      store,
      "SELECT c.layer, c.n, c.state, (SELECT max(d.decision) FROM decision_target t "
      "JOIN decision d ON d.decision = t.decision WHERE t.doc = ?1 AND t.layer = c.layer "
      "AND t.n = c.n AND t.attached AND d.layer = c.layer AND d.action <> 'note' "
      "AND NOT d.undone) FROM ("
      "SELECT 'f' AS layer, n, state FROM figure WHERE doc = ?1 AND state <> 'machine' UNION ALL "
      "SELECT 's', n, state FROM statement WHERE doc = ?1 AND state <> 'machine' UNION ALL "
      "SELECT 'v', n, state FROM event WHERE doc = ?1 AND state <> 'machine' UNION ALL "
      "SELECT 'p', n, state FROM step WHERE doc = ?1 AND state <> 'machine') c ORDER BY 1, 2",
      error);
  kh_row_int(&row, doc);
  kh_status status;
  while ((status = kh_row_next(&row)) == KH_OK) {
    const char *layer = text_or_empty(row.statement, 0);
    const kh_claim_state state = {.layer = layer[0],
                                  .n = (uint32_t)sqlite3_column_int64(row.statement, 1),
                                  .state = text_or_empty(row.statement, 2),
                                  .decision = sqlite3_column_int64(row.statement, 3)};
    if (take(context, &state)) continue;
    kh_row_end(&row);
    return KH_OK;
  }
  return status == KH_END ? KH_OK : status;
}
