// SPDX-License-Identifier: Apache-2.0
// The record as a whole: how much is in it, and what filters and forms may offer.
#include "app/web/api.h"

#include "app/web/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// ---- the record

static json_t *names_of(const char *(*name)(int), int count, int first) {
  json_t *list = json_array();
  for (int i = first; list && i < count; i++)
    (void)json_array_append_new(list, json_string(name(i)));
  return list;
}

#define NAMES(function, type)                                                                      \
  static const char *function##_at(int value) { return function((type)value); }
NAMES(kh_event_type_name, kh_event_type)
NAMES(kh_reality_name, kh_reality)
NAMES(kh_statement_mode_name, kh_statement_mode)
NAMES(kh_harm_name, kh_harm)
NAMES(kh_counted_name, kh_counted)
NAMES(kh_bound_name, kh_bound)
NAMES(kh_step_kind_name, kh_step_kind)
NAMES(kh_step_status_name, kh_step_status)
NAMES(kh_entity_kind_name, kh_entity_kind)
NAMES(kh_sector_name, kh_sector)
#undef NAMES

static json_t *vocabulary(sqlite3 *db) {
  kh_pick pick = {0};
  kh_pick_add(&pick, "SELECT json_group_array(country) AS \"list$\" FROM (SELECT DISTINCT "
                     "country FROM entity WHERE country <> '' ORDER BY 1)");
  json_t *countries = kh_pick_row(db, &pick);
  kh_pick_free(&pick);
  kh_pick_add(&pick,
              "SELECT json_group_object(type, json(modes)) AS \"map$\" FROM (SELECT type, "
              "json_group_array(mode) AS modes FROM (SELECT DISTINCT type, mode FROM happening "
              "WHERE mode IS NOT NULL ORDER BY 1, 2) GROUP BY type)");
  json_t *modes = kh_pick_row(db, &pick);
  kh_pick_free(&pick);
  json_t *all =
      json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:O?, s:O?}", "event_type",
                names_of(kh_event_type_name_at, KH_EVENT_ASSAULT + 1, 0), "reality",
                names_of(kh_reality_name_at, KH_REALITY_CONDITIONAL + 1, 0), "statement_mode",
                names_of(kh_statement_mode_name_at, KH_MODE_MIXED + 1, 0), "what",
                names_of(kh_harm_name_at, KH_HARM_OTHER + 1, 0), "counted",
                names_of(kh_counted_name_at, KH_COUNTED_OTHER + 1, 0), "bound",
                names_of(kh_bound_name_at, KH_BOUND_AT_MOST + 1, 0), "step_kind",
                names_of(kh_step_kind_name_at, KH_STEP_OTHER + 1, 0), "step_status",
                names_of(kh_step_status_name_at, KH_STATUS_SUSPENDED + 1, 0), "entity_kind",
                names_of(kh_entity_kind_name_at, KH_KIND_ACTOR + 1, 0), "sector",
                names_of(kh_sector_name_at, KH_SECTOR_LAB + 1, KH_SECTOR_NONE + 1), "country",
                json_object_get(countries, "list"), "event_mode", json_object_get(modes, "map"));
  json_decref(countries);
  json_decref(modes);
  return all;
}

// Rows of all tables are counted when the indexes are made (kh_store_index), since counting
// millions of them takes longer than a first screen may.
static json_t *counts(sqlite3 *db) {
  kh_pick pick = {0};
  kh_pick_add(
      &pick,
      "SELECT (SELECT count(*) FROM document) AS documents, (SELECT value FROM meta WHERE key = "
      "'counts') AS \"kept$\", (SELECT count(DISTINCT t.doc || t.layer || t.n) FROM decision d "
      "JOIN "
      "decision_target t USING (decision) WHERE NOT d.undone AND t.attached AND t.doc IS NOT NULL "
      "AND "
      "t.layer IN ('s', 'v', 'f', 'p')) AS decided");
  json_t *row = kh_pick_row(db, &pick);
  kh_pick_free(&pick);
  if (!json_is_object(row)) return row;
  json_t *kept = json_object_get(row, "kept");
  if (json_is_object(kept)) (void)json_object_update_missing(row, kept);
  (void)json_object_del(row, "kept");
  const json_int_t claims = json_integer_value(json_object_get(row, "claims"));
  const json_int_t decided = json_integer_value(json_object_get(row, "decided"));
  (void)json_object_set_new(row, "open", json_integer(claims > decided ? claims - decided : 0));
  (void)json_object_del(row, "claims");
  return row;
}

// What takes a walk over whole tables, {"outlets", "vocabulary"}: made when the server starts, and
// anew when reports were added, though not at every moment of an import. A reference, or NULL.
enum { KEEP_S = 15 };

static json_t *offered(kh_core *core, sqlite3 *db) {
  kh_pick pick = {0};
  kh_pick_add(&pick, "SELECT coalesce(max(doc), 0) FROM document");
  const int64_t newest = kh_pick_int(db, &pick, 0);
  kh_pick_free(&pick);
  const int64_t now = (int64_t)time(NULL);
  (void)pthread_mutex_lock(&core->lock);
  const bool fresh =
      core->offered && (core->offered_doc == newest || now - core->offered_s < KEEP_S);
  json_t *kept = fresh ? json_incref(core->offered) : NULL;
  (void)pthread_mutex_unlock(&core->lock);
  if (kept) return kept;
  kh_pick_add(&pick, "SELECT o.name, count(*) AS documents FROM document d JOIN outlet o USING "
                     "(outlet) GROUP BY o.outlet ORDER BY documents DESC LIMIT 500");
  json_t *outlets = kh_pick_rows(db, &pick);
  kh_pick_free(&pick);
  json_t *made = json_pack("{s:o?, s:o?}", "outlets", outlets, "vocabulary", vocabulary(db));
  (void)pthread_mutex_lock(&core->lock);
  json_decref(core->offered);
  core->offered = json_incref(made);
  core->offered_doc = newest;
  core->offered_s = now;
  (void)pthread_mutex_unlock(&core->lock);
  return made;
}

void kh_record_warm(kh_core *core) {
  sqlite3 *db = kh_pool_lend(core->pool);
  if (db) json_decref(offered(core, db));
  kh_pool_give_back(core->pool, db);
}

static kh_reply record(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)request;
  (void)parameters;
  sqlite3 *db = kh_pool_lend(core->pool);
  if (!db) return kh_unreadable();
  kh_pick pick = {0};
  // apart, so that each is one look into the index
  kh_pick_add(&pick,
              "SELECT (SELECT min(published) FROM document) AS first_day, (SELECT "
              "max(published) FROM document) AS last_day, (SELECT coalesce(max(decision), 0) "
              "FROM decision) AS decided_through");
  json_t *days = kh_pick_row(db, &pick);
  kh_pick_free(&pick);
  json_t *lists = offered(core, db);
  const char *slash = strrchr(core->path, '/');
  json_t *all =
      json_pack("{s:s, s:s, s:s, s:b, s:o?}", "name", slash ? slash + 1 : core->path, "version",
                kh_version(), "user", core->user, "writable", 1, "counts", counts(db));
  if (all && json_is_object(lists)) (void)json_object_update(all, lists);
  if (all && json_is_object(days)) (void)json_object_update(all, days);
  json_decref(lists);
  json_decref(days);
  kh_pool_give_back(core->pool, db);
  return kh_reply_json(200, all);
}

static kh_reply about(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)core;
  (void)request;
  (void)parameters;
  return kh_reply_json(200, json_pack("{s:s}", "khutwa", kh_version()));
}

const kh_route kh_routes_record[] = {
    {"GET", "/api/about", about},
    {"GET", "/api/record", record},
    {NULL, NULL, NULL},
};
