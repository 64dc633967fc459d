// SPDX-License-Identifier: Apache-2.0
// The record as a whole, its documents, and the queue of claims that nobody has decided.
#include "app/web/api.h"

#include "app/web/filter.h"
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

// ---- documents

// Claims of a document that nobody has decided, of all layers.
static const char claims_of[] =
    "(SELECT state, confidence FROM statement WHERE doc = d.doc UNION ALL SELECT state, confidence "
    "FROM event WHERE doc = d.doc UNION ALL SELECT state, confidence FROM figure WHERE doc = d.doc "
    "UNION ALL SELECT state, confidence FROM step WHERE doc = d.doc)";

static void add_document_columns(kh_pick *pick) {
  kh_pick_add(pick, "SELECT 'D' || d.doc AS id, d.id AS source_id, d.title, d.published, "
                    "(SELECT name FROM outlet o WHERE o.outlet = d.outlet) AS outlet, d.uri, "
                    "d.lang, d.length, CASE WHEN d.copy_of THEN 'D' || d.copy_of END AS copy_of, "
                    "(SELECT count(*) FROM ");
  kh_pick_add(pick, claims_of);
  kh_pick_add(pick, ") AS claims, (SELECT count(*) FROM ");
  kh_pick_add(pick, claims_of);
  kh_pick_add(pick, " WHERE state = 'machine') AS open, (SELECT min(coalesce(confidence, 0.5)) "
                    "FROM ");
  kh_pick_add(pick, claims_of);
  kh_pick_add(pick, " WHERE state = 'machine') AS least FROM document d WHERE TRUE");
}

// What the filters that all lists share leave of the documents d.
static void narrow_by_filter(kh_pick *pick, const kh_filter *filter) {
  kh_filter_days(pick, filter, "d.published");
  if (filter->outlet)
    kh_pick_text(pick, " AND d.outlet = (SELECT outlet FROM outlet WHERE name = ?)",
                 filter->outlet);
  if (filter->actor)
    kh_pick_number(pick,
                   " AND d.doc IN (SELECT doc FROM document_entity WHERE entity IN (SELECT entity "
                   "FROM entity WHERE ? IN (entity, merged_into)))",
                   filter->actor);
  if (filter->place) {
    kh_pick_add(pick, " AND d.doc IN (SELECT doc FROM document_entity de WHERE TRUE");
    kh_filter_place(pick, filter, "de.entity");
    kh_pick_add(pick, ")");
  }
}

static void narrow_documents(kh_pick *pick, const kh_request *request, const kh_filter *filter) {
  narrow_by_filter(pick, filter);
  const char *words = kh_arg(request, "q");
  if (words) kh_pick_text(pick, " AND instr(d.title, ?) > 0", words);
  const char *review = kh_arg(request, "review");
  if (review && strcmp(review, "all") != 0) {
    kh_pick_add(pick, strcmp(review, "done") == 0 ? " AND NOT EXISTS (SELECT 1 FROM "
                                                  : " AND EXISTS (SELECT 1 FROM ");
    kh_pick_add(pick, claims_of);
    kh_pick_add(pick, " WHERE state = 'machine')");
  }
}

static void add_document_order(kh_pick *pick, const kh_request *request) {
  const char *order = kh_arg(request, "order");
  if (order && strcmp(order, "published") == 0)
    kh_pick_add(pick, " ORDER BY d.published DESC, d.doc");
  else if (order && strcmp(order, "added") == 0)
    kh_pick_add(pick, " ORDER BY d.doc DESC");
  else if (order && strcmp(order, "title") == 0)
    kh_pick_add(pick, " ORDER BY d.title, d.doc");
  else
    kh_pick_add(pick, " ORDER BY d.doc");
}

// Whether a claim of a report is open takes a look at each report: that count ends where nobody
// reads on.
static int64_t count_documents(sqlite3 *db, const kh_request *request, const kh_filter *filter) {
  enum { LOOKED_AT = 2000 };
  kh_pick pick = {0};
  kh_pick_add(&pick, "SELECT count(*) FROM (SELECT 1 FROM document d WHERE TRUE");
  narrow_documents(&pick, request, filter);
  const char *review = kh_arg(request, "review");
  if (review && strcmp(review, "all") != 0)
    kh_pick_number(&pick, " LIMIT ?)", LOOKED_AT);
  else
    kh_pick_add(&pick, ")");
  const int64_t total = kh_pick_int(db, &pick, -1);
  kh_pick_free(&pick);
  return total;
}

// ---- the queue

static void add_queue_layer(kh_pick *pick, const kh_request *request, const kh_filter *filter,
                            char letter, const char *table) {
  const char *layers = kh_arg(request, "layer");
  if (layers && !strchr(layers, letter)) return;
  const char text[2] = {letter, 0};
  if (pick->sql.len) kh_pick_add(pick, " UNION ALL ");
  kh_pick_add(pick, "SELECT c.doc, c.n, '");
  kh_pick_add(pick, text);
  kh_pick_add(pick, "' AS layer, c.permille, c.start, c.end FROM ");
  kh_pick_add(pick, table);
  kh_pick_add(pick, " c WHERE c.state_code = 0");
  const char *document = kh_arg(request, "document");
  int64_t doc = 0;
  if (document)
    kh_pick_number(pick, " AND c.doc = ?", kh_id_number(document, 'D', &doc) ? doc : -1);
  if (filter->from || filter->to || filter->outlet || filter->actor || filter->place) {
    kh_pick_add(pick, " AND c.doc IN (SELECT d.doc FROM document d WHERE TRUE");
    narrow_by_filter(pick, filter);
    kh_pick_add(pick, ")");
  }
}

static void add_queue(kh_pick *pick, const kh_request *request, const kh_filter *filter) {
  add_queue_layer(pick, request, filter, 's', "statement");
  add_queue_layer(pick, request, filter, 'v', "event");
  add_queue_layer(pick, request, filter, 'f', "figure");
  add_queue_layer(pick, request, filter, 'p', "step");
}

// Counting stops where nobody reads on: a queue of all reports has millions of claims.
enum { COUNTED = 10000 };

static int64_t count_queue(sqlite3 *db, const kh_request *request, const kh_filter *filter) {
  kh_pick inner = {0};
  add_queue(&inner, request, filter);
  kh_pick pick = inner;
  memset(&pick.sql, 0, sizeof pick.sql);
  kh_pick_add(&pick, "SELECT count(*) FROM (");
  kh_pick_add(&pick, inner.sql.bytes ? inner.sql.bytes : "");
  kh_pick_number(&pick, " LIMIT ?)", COUNTED);
  const int64_t number = kh_pick_int(db, &pick, -1);
  kh_pick_free(&pick);
  kh_pick_free(&inner);
  return number;
}

static kh_reply queue(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)parameters;
  kh_filter filter;
  kh_reply reply;
  if (!kh_filter_read(request, &filter, &reply)) return reply;
  kh_pick inner = {0};
  add_queue(&inner, request, &filter);
  if (!inner.sql.len) {
    kh_pick_free(&inner);
    return kh_reply_error(400, "bad_request", "layer: any of s, v, f, p is wanted");
  }
  kh_pick_add(&inner, " ORDER BY permille, doc, n");
  kh_filter_page(&inner, &filter);
  kh_pick pick = inner;
  memset(&pick.sql, 0, sizeof pick.sql);
  kh_pick_add(&pick, "SELECT 'D' || q.doc || '.' || q.layer || q.n AS id, 'D' || q.doc AS "
                     "document, d.title, q.layer, q.permille / 1000.0 AS confidence, "
                     "CAST(substr(CAST(b.text AS BLOB), "
                     "q.start + 1, q.end - q.start) AS TEXT) AS text FROM (");
  kh_pick_add(&pick, inner.sql.bytes ? inner.sql.bytes : "");
  kh_pick_add(&pick, ") q JOIN document d USING (doc) JOIN body b USING (doc)");
  sqlite3 *db = kh_pool_lend(core->pool);
  json_t *rows = db ? kh_pick_rows(db, &pick) : NULL;
  kh_pick_free(&pick);
  kh_pick_free(&inner);
  const int64_t number = db ? count_queue(db, request, &filter) : -1;
  kh_pool_give_back(core->pool, db);
  return kh_page_reply(&filter, rows, number);
}

// ---- documents in the order of certainty

// The order is that of the queue's claims: walking the indexes of open claims finds the first
// documents without looking at all the others.
typedef struct walk {
  const kh_filter *filter;
  json_t *seen;
  json_t *chosen; // numbers of the page's documents and one more
} walk;

static bool take_document(void *context, sqlite3_stmt *row) {
  walk *now = context;
  const int64_t doc = sqlite3_column_int64(row, 0);
  char key[24];
  (void)snprintf(key, sizeof key, "%lld", (long long)doc);
  if (json_object_get(now->seen, key)) return true;
  (void)json_object_set_new(now->seen, key, json_true());
  if ((int64_t)json_object_size(now->seen) > now->filter->offset)
    (void)json_array_append_new(now->chosen, json_integer(doc));
  return (int64_t)json_array_size(now->chosen) <= now->filter->limit;
}

// Behind those with open claims come those without, as they were added.
static bool add_decided_documents(sqlite3 *db, const kh_request *request, const walk *now) {
  const kh_filter *filter = now->filter;
  const int64_t open = (int64_t)json_object_size(now->seen);
  const int64_t wanted = filter->limit + 1 - (int64_t)json_array_size(now->chosen);
  const char *review = kh_arg(request, "review");
  if (wanted <= 0 || (review && strcmp(review, "open") == 0)) return true;
  kh_pick pick = {0};
  kh_pick_add(&pick, "SELECT d.doc FROM document d WHERE NOT EXISTS (SELECT 1 FROM ");
  kh_pick_add(&pick, claims_of);
  kh_pick_add(&pick, " WHERE state = 'machine')");
  narrow_documents(&pick, request, filter);
  kh_pick_number(&pick, " ORDER BY d.doc LIMIT ?", wanted);
  kh_pick_number(&pick, " OFFSET ?", filter->offset > open ? filter->offset - open : 0);
  json_t *rows = kh_pick_rows(db, &pick);
  kh_pick_free(&pick);
  for (size_t i = 0; i < json_array_size(rows); i++)
    (void)json_array_append(now->chosen, json_object_get(json_array_get(rows, i), "doc"));
  json_decref(rows);
  return rows != NULL;
}

static json_t *least_certain(sqlite3 *db, const kh_request *request, const kh_filter *filter) {
  walk now = {filter, json_object(), json_array()};
  kh_pick pick = {0};
  add_queue(&pick, request, filter);
  bool whole = true;
  if (pick.sql.len) { // else none of the layers was asked for
    kh_pick_add(&pick, " ORDER BY permille, doc");
    whole = kh_pick_each(db, &pick, take_document, &now);
  }
  kh_pick_free(&pick);
  whole = whole && add_decided_documents(db, request, &now);
  json_t *rows = json_array();
  for (size_t i = 0; whole && i < json_array_size(now.chosen); i++) {
    kh_pick one = {0};
    add_document_columns(&one);
    kh_pick_number(&one, " AND d.doc = ?", json_integer_value(json_array_get(now.chosen, i)));
    whole = json_array_append_new(rows, kh_pick_row(db, &one)) == 0;
    kh_pick_free(&one);
  }
  json_decref(now.seen);
  json_decref(now.chosen);
  if (whole) return rows;
  json_decref(rows);
  return NULL;
}

static json_t *in_order(sqlite3 *db, const kh_request *request, const kh_filter *filter) {
  kh_pick pick = {0};
  add_document_columns(&pick);
  narrow_documents(&pick, request, filter);
  add_document_order(&pick, request);
  kh_filter_page(&pick, filter);
  json_t *rows = kh_pick_rows(db, &pick);
  kh_pick_free(&pick);
  return rows;
}

static kh_reply documents(kh_core *core, const kh_request *request,
                          const kh_parameters *parameters) {
  (void)parameters;
  kh_filter filter;
  kh_reply reply;
  if (!kh_filter_read(request, &filter, &reply)) return reply;
  const char *order = kh_arg(request, "order");
  const char *review = kh_arg(request, "review");
  const bool certainty = (!order || strcmp(order, "certainty") == 0) &&
                         !(review && strcmp(review, "done") == 0) && !kh_arg(request, "q");
  sqlite3 *db = kh_pool_lend(core->pool);
  if (!db) return kh_unreadable();
  json_t *rows = certainty ? least_certain(db, request, &filter) : in_order(db, request, &filter);
  const int64_t total = rows ? count_documents(db, request, &filter) : -1;
  kh_pool_give_back(core->pool, db);
  return kh_page_reply(&filter, rows, total);
}

const kh_route kh_routes_list[] = {
    {"GET", "/api/about", about},
    {"GET", "/api/record", record},
    {"GET", "/api/documents", documents},
    {"GET", "/api/queue", queue},
    {NULL, NULL, NULL},
};
