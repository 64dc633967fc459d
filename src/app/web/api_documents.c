// SPDX-License-Identifier: Apache-2.0
// The documents of the record, and the queue of claims that nobody has decided. Both begin with
// what is least certain; a claim whose certainty nobody measured stands behind those with a number.
#include "app/web/api.h"

#include "app/web/filter.h"
#include "app/web/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Counting stops where nobody reads on: there are millions of open claims in a large record, and
// whether a report has any takes a look at each report.
enum { COUNTED_CLAIMS = 10000, COUNTED_DOCUMENTS = 2000 };

// ---- filters

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

// Whether anything in document d is open, with the numbers that the tables hold.
static const char is_open[] =
    "(EXISTS (SELECT 1 FROM statement WHERE doc = d.doc AND state_code = 0) "
    "OR EXISTS (SELECT 1 FROM event WHERE doc = d.doc AND state_code = 0) "
    "OR EXISTS (SELECT 1 FROM figure WHERE doc = d.doc AND state_code = 0) "
    "OR EXISTS (SELECT 1 FROM step WHERE doc = d.doc AND state_code = 0))";

// "open" or "done"; NULL where either will do.
static const char *review_of(const kh_request *request) {
  const char *review = kh_arg(request, "review");
  return review && strcmp(review, "all") != 0 ? review : NULL;
}

static void narrow_documents(kh_pick *pick, const kh_request *request, const kh_filter *filter) {
  narrow_by_filter(pick, filter);
  const char *words = kh_arg(request, "q");
  if (words) kh_pick_text(pick, " AND instr(d.title, ?) > 0", words);
  const char *review = review_of(request);
  if (!review) return;
  kh_pick_add(pick, strcmp(review, "done") == 0 ? " AND NOT " : " AND ");
  kh_pick_add(pick, is_open);
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
  if (kh_filter_narrows(filter)) {
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

static int64_t count_queue(sqlite3 *db, const kh_request *request, const kh_filter *filter) {
  kh_pick inner = {0};
  add_queue(&inner, request, filter);
  kh_pick pick = inner;
  memset(&pick.sql, 0, sizeof pick.sql);
  kh_pick_add(&pick, "SELECT count(*) FROM (");
  kh_pick_add(&pick, inner.sql.bytes ? inner.sql.bytes : "");
  kh_pick_number(&pick, " LIMIT ?)", COUNTED_CLAIMS);
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
  kh_pick_add(&inner, " ORDER BY permille NULLS LAST, doc, n");
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
  return kh_page_reply_most(&filter, rows, number, COUNTED_CLAIMS);
}

// ---- documents

// The first line of a text without a title, as far as a list has room for it.
#define LEAD                                                                                       \
  "CASE WHEN coalesce(d.title, '') = '' THEN (SELECT substr(t, 1, instr(t || char(10), char(10)) " \
  "- 1) FROM (SELECT substr(ltrim(text, char(9, 10, 13, 32)), 1, 120) AS t FROM body WHERE doc = " \
  "d.doc)) END AS lead"

// What a list shows of each; the claims are counted apart.
static void add_document_columns(kh_pick *pick) {
  kh_pick_add(pick,
              "SELECT 'D' || d.doc AS id, d.id AS source_id, d.title, d.published, "
              "(SELECT name FROM outlet o WHERE o.outlet = d.outlet) AS outlet, d.uri, "
              "d.lang, d.length, CASE WHEN d.copy_of THEN 'D' || d.copy_of END AS copy_of, " LEAD);
}

// The claims of some documents: how many, how many are open, and how sure the least certain of
// those is. `documents` is a JSON array of their numbers. Rows have "id"; documents without claims
// have none.
static json_t *claims_of(sqlite3 *db, const char *documents) {
  static const char *const layers[] = {"statement", "event", "figure", "step"};
  kh_pick pick = {0};
  kh_pick_add(&pick, "SELECT 'D' || doc AS id, count(*) AS claims, sum(state_code = 0) AS open, "
                     "min(iif(state_code = 0, permille, NULL)) / 1000.0 AS least FROM (");
  for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
    kh_pick_add(&pick, i ? " UNION ALL SELECT doc, state_code, permille FROM "
                         : "SELECT doc, state_code, permille FROM ");
    kh_pick_add(&pick, layers[i]);
    kh_pick_text(&pick, " WHERE doc IN (SELECT value FROM json_each(?))", documents);
  }
  kh_pick_add(&pick, ") GROUP BY doc");
  json_t *rows = kh_pick_rows(db, &pick);
  kh_pick_free(&pick);
  return rows;
}

// Puts the counts of claims into the rows of documents, which may be in any order.
static bool add_counts(json_t *rows, json_t *counts) {
  json_t *by_id = json_object();
  size_t at = 0;
  json_t *row = NULL;
  json_array_foreach(counts, at, row)(void)
      json_object_set(by_id, json_string_value(json_object_get(row, "id")), row);
  json_t *nothing = json_pack("{s:i, s:i, s:n}", "claims", 0, "open", 0, "least");
  bool whole = by_id && nothing;
  json_array_foreach(rows, at, row) {
    json_t *known = json_object_get(by_id, json_string_value(json_object_get(row, "id")));
    whole = whole && json_object_update(row, known ? known : nothing) == 0;
  }
  json_decref(by_id);
  json_decref(nothing);
  return whole;
}

// The rows of these documents, in this order. Takes `chosen`, an array of their numbers.
static json_t *rows_of(sqlite3 *db, json_t *chosen) {
  char *documents = json_dumps(chosen, JSON_COMPACT);
  json_decref(chosen);
  if (!documents) return NULL;
  kh_pick pick = {0};
  add_document_columns(&pick);
  kh_pick_text(&pick,
               " FROM json_each(?) j CROSS JOIN document d ON d.doc = j.value ORDER BY j.key",
               documents);
  json_t *rows = kh_pick_rows(db, &pick);
  kh_pick_free(&pick);
  json_t *counts = rows ? claims_of(db, documents) : NULL;
  const bool whole = counts && add_counts(rows, counts);
  json_decref(counts);
  free(documents);
  if (whole) return rows;
  json_decref(rows);
  return NULL;
}

static int64_t count_documents(sqlite3 *db, const kh_request *request, const kh_filter *filter) {
  kh_pick pick = {0};
  // in the order that claims lie in, where nothing narrows: each look is near the last one
  kh_pick_add(&pick, kh_filter_narrows(filter)
                         ? "SELECT count(*) FROM (SELECT 1 FROM document d WHERE TRUE"
                         : "SELECT count(*) FROM (SELECT 1 FROM document d NOT "
                           "INDEXED WHERE TRUE");
  narrow_documents(&pick, request, filter);
  if (review_of(request))
    kh_pick_number(&pick, " LIMIT ?)", COUNTED_DOCUMENTS);
  else
    kh_pick_add(&pick, ")");
  const int64_t total = kh_pick_int(db, &pick, -1);
  kh_pick_free(&pick);
  return total;
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

// Numbers of documents, as many as fit on a page, behind those that were chosen.
static bool choose(sqlite3 *db, kh_pick *pick, json_t *chosen) {
  json_t *rows = kh_pick_rows(db, pick);
  for (size_t i = 0; i < json_array_size(rows); i++)
    (void)json_array_append(chosen, json_object_get(json_array_get(rows, i), "doc"));
  json_decref(rows);
  return rows != NULL;
}

// Behind those with open claims come those without, as they were added.
static bool choose_decided(sqlite3 *db, const kh_request *request, const walk *now) {
  const kh_filter *filter = now->filter;
  const int64_t open = (int64_t)json_object_size(now->seen);
  const int64_t wanted = filter->limit + 1 - (int64_t)json_array_size(now->chosen);
  if (wanted <= 0 || review_of(request)) return true;
  kh_pick pick = {0};
  kh_pick_add(&pick, "SELECT d.doc FROM document d WHERE NOT ");
  kh_pick_add(&pick, is_open);
  narrow_by_filter(&pick, filter);
  kh_pick_number(&pick, " ORDER BY d.doc LIMIT ?", wanted);
  kh_pick_number(&pick, " OFFSET ?", filter->offset > open ? filter->offset - open : 0);
  const bool whole = choose(db, &pick, now->chosen);
  kh_pick_free(&pick);
  return whole;
}

static json_t *least_certain(sqlite3 *db, const kh_request *request, const kh_filter *filter) {
  walk now = {filter, json_object(), json_array()};
  kh_pick pick = {0};
  add_queue(&pick, request, filter);
  bool whole = true;
  if (pick.sql.len) { // else none of the layers was asked for
    kh_pick_add(&pick, " ORDER BY permille NULLS LAST, doc");
    whole = kh_pick_each(db, &pick, take_document, &now);
  }
  kh_pick_free(&pick);
  whole = whole && choose_decided(db, request, &now);
  json_decref(now.seen);
  if (whole) return rows_of(db, now.chosen);
  json_decref(now.chosen);
  return NULL;
}

// ---- documents in other orders

static const char *order_of(const char *order) {
  if (order && strcmp(order, "published") == 0) return " ORDER BY d.published DESC, d.doc";
  if (order && strcmp(order, "added") == 0) return " ORDER BY d.doc DESC";
  if (order && strcmp(order, "title") == 0) return " ORDER BY d.title, d.doc";
  return " ORDER BY d.doc";
}

static json_t *in_order(sqlite3 *db, const kh_request *request, const kh_filter *filter) {
  json_t *chosen = json_array();
  kh_pick pick = {0};
  kh_pick_add(&pick, "SELECT d.doc FROM document d WHERE TRUE");
  narrow_documents(&pick, request, filter);
  kh_pick_add(&pick, order_of(kh_arg(request, "order")));
  kh_filter_page(&pick, filter);
  const bool whole = choose(db, &pick, chosen);
  kh_pick_free(&pick);
  if (whole) return rows_of(db, chosen);
  json_decref(chosen);
  return NULL;
}

static kh_reply documents(kh_core *core, const kh_request *request,
                          const kh_parameters *parameters) {
  (void)parameters;
  kh_filter filter;
  kh_reply reply;
  if (!kh_filter_read(request, &filter, &reply)) return reply;
  const char *order = kh_arg(request, "order");
  const char *review = review_of(request);
  const bool certainty = (!order || strcmp(order, "certainty") == 0) &&
                         !(review && strcmp(review, "done") == 0) && !kh_arg(request, "q");
  sqlite3 *db = kh_pool_lend(core->pool);
  if (!db) return kh_unreadable();
  json_t *rows = certainty ? least_certain(db, request, &filter) : in_order(db, request, &filter);
  // the rows of the last page tell by themselves
  const size_t seen = json_array_size(rows);
  const bool last = seen <= (size_t)filter.limit && (seen > 0 || filter.offset == 0);
  const int64_t total = rows && !last ? count_documents(db, request, &filter) : -1;
  kh_pool_give_back(core->pool, db);
  return kh_page_reply_most(&filter, rows, total, review ? COUNTED_DOCUMENTS : INT64_MAX);
}

static const char *first_list(void *context, const char *name) {
  (void)context;
  return strcmp(name, "review") == 0 ? "open" : NULL;
}

void kh_documents_warm(kh_core *core) {
  const kh_request request = {.arg = first_list};
  kh_filter filter;
  kh_reply reply;
  if (!kh_filter_read(&request, &filter, &reply)) return;
  // a page asks for several things at once
  sqlite3 *kept[] = {kh_pool_lend(core->pool), kh_pool_lend(core->pool)};
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
    if (!kept[i]) continue;
    json_decref(least_certain(kept[i], &request, &filter));
    (void)count_documents(kept[i], &request, &filter);
    kh_pool_give_back(core->pool, kept[i]);
  }
}

const kh_route kh_routes_documents[] = {
    {"GET", "/api/documents", documents},
    {"GET", "/api/queue", queue},
    {NULL, NULL, NULL},
};
