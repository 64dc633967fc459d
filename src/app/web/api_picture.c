// SPDX-License-Identifier: Apache-2.0
// What charts are drawn from: the timeline, the map, the network of actors, the graph of
// conditions.
#include "app/web/api.h"

#include "app/web/filter.h"
#include "app/web/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A transliteration of ours is no name in English.
#define REF(e)                                                                                     \
  "json_object('id', 'E' || " e ".entity, 'name', " e ".name, 'name_en', iif(" e                   \
  ".name_en_transliterated, NULL, " e ".name_en), 'kind', " e ".kind)"
#define QUOTE(body, claim)                                                                         \
  "CAST(substr(CAST(" body ".text AS BLOB), " claim ".start + 1, " claim ".end - " claim           \
  ".start) AS TEXT)"

static bool has_layer(const kh_request *request, char letter, const char *otherwise) {
  const char *layers = kh_arg(request, "layer");
  return strchr(layers ? layers : otherwise, letter) != NULL;
}

// ---- narrowing

static void narrow_happenings(kh_pick *pick, const kh_filter *filter) {
  kh_filter_day_numbers(pick, filter, "h.day_number"); // when it began
  kh_filter_types(pick, filter, "h.type");
  kh_filter_place(pick, filter, "h.place");
  if (filter->actor)
    kh_pick_number(
        pick,
        " AND h.happening IN (SELECT he.happening FROM document_entity de JOIN part p ON "
        "p.doc = de.doc AND p.role_code IN (3, 4) AND p.entity = de.entity JOIN happening_event "
        "he ON he.doc = p.doc AND he.n = p.n WHERE de.entity IN (SELECT entity FROM "
        "entity WHERE ? IN (entity, merged_into)))",
        filter->actor);
  if (filter->outlet)
    kh_pick_text(pick,
                 " AND h.happening IN (SELECT he.happening FROM document d JOIN happening_event he "
                 "USING (doc) WHERE d.outlet = (SELECT outlet FROM outlet WHERE name = ?))",
                 filter->outlet);
}

static void narrow_statements(kh_pick *pick, const kh_filter *filter) {
  kh_filter_day_numbers(pick, filter, "s.day_number");
  if (filter->from && filter->to) { // a saying is told within days: the index of reports finds it
    kh_pick_text(pick, " AND s.doc IN (SELECT doc FROM document WHERE published >= ?",
                 filter->from);
    kh_pick_text(pick, " AND published < date(?, '+60 days'))", filter->to);
  }
  if (filter->actor)
    kh_pick_number(
        pick,
        " AND (s.doc, s.speaker) IN (SELECT doc, entity FROM document_entity WHERE entity "
        "IN (SELECT entity FROM entity WHERE ? IN (entity, merged_into)))",
        filter->actor);
  if (filter->outlet)
    kh_pick_text(pick,
                 " AND s.doc IN (SELECT doc FROM document WHERE outlet = (SELECT outlet FROM "
                 "outlet WHERE name = ?))",
                 filter->outlet);
}

static void narrow_steps(kh_pick *pick, const kh_filter *filter) {
  kh_filter_day_numbers(pick, filter, "l.last_day_number");
  kh_filter_place(pick, filter, "l.place");
  if (filter->actor)
    kh_pick_number(pick,
                   " AND l.entry IN (SELECT entry FROM ledger_part WHERE entity IN (SELECT entity "
                   "FROM entity WHERE ? IN (entity, merged_into)))",
                   filter->actor);
}

// ---- bins

typedef enum unit { UNIT_DAY = 10, UNIT_MONTH = 7, UNIT_YEAR = 4 } unit; // characters of a day

static const char *unit_name(unit length) {
  return length == UNIT_DAY ? "day" : length == UNIT_MONTH ? "month" : "year";
}

// The unit in which the days between two make a chart that can be read.
static unit unit_for(const char *first, const char *last) {
  if (!first || !last) return UNIT_DAY;
  const long years = strtol(last, NULL, 10) - strtol(first, NULL, 10);
  const long months = years * 12 + strtol(last + 5, NULL, 10) - strtol(first + 5, NULL, 10);
  if (months <= 3) return UNIT_DAY;
  return months <= 15 * 12 ? UNIT_MONTH : UNIT_YEAR;
}

// Adds rows of (day, count) to bins under `key`.
static void fill_bins(json_t *bins, const json_t *days, unit length, const char *key) {
  size_t i = 0;
  json_t *row = NULL;
  json_array_foreach((json_t *)days, i, row) {
    const char *day = json_string_value(json_object_get(row, "day"));
    if (!day || strlen(day) < (size_t)length) continue;
    char begin[11] = "0000-01-01";
    memcpy(begin, day, (size_t)length);
    json_t *bin = json_object_get(bins, begin);
    if (!bin) {
      bin = json_pack("{s:s}", "begin", begin);
      if (json_object_set_new(bins, begin, bin) != 0) return;
    }
    const json_int_t number = json_integer_value(json_object_get(bin, key)) +
                              json_integer_value(json_object_get(row, "count"));
    (void)json_object_set_new(bin, key, json_integer(number));
  }
}

static int by_begin(const void *a, const void *b) {
  return strcmp(json_string_value(json_object_get(*(json_t *const *)a, "begin")),
                json_string_value(json_object_get(*(json_t *const *)b, "begin")));
}

// The bins in the order of time.
static json_t *sorted_bins(json_t *bins) {
  const size_t count = json_object_size(bins);
  json_t **list = calloc(count + 1, sizeof *list);
  json_t *out = json_array();
  if (list && out) {
    size_t at = 0;
    const char *key = NULL;
    json_t *bin = NULL;
    json_object_foreach(bins, key, bin) list[at++] = bin;
    qsort(list, at, sizeof *list, by_begin);
    for (size_t i = 0; i < at; i++) (void)json_array_append(out, list[i]);
  }
  free(list);
  json_decref(bins);
  return out;
}

typedef struct span_of_days {
  char first[11];
  char last[11];
  int64_t total;
} span_of_days;

static void widen(span_of_days *span, const json_t *days) {
  size_t i = 0;
  json_t *row = NULL;
  json_array_foreach((json_t *)days, i, row) {
    const char *day = json_string_value(json_object_get(row, "day"));
    span->total += json_integer_value(json_object_get(row, "count"));
    if (!day || strlen(day) != 10) continue;
    if (!span->first[0] || strcmp(day, span->first) < 0) memcpy(span->first, day, 11);
    if (!span->last[0] || strcmp(day, span->last) > 0) memcpy(span->last, day, 11);
  }
}

static json_t *days_of(sqlite3 *db, char layer, const kh_filter *filter) {
  kh_pick pick = {0};
  if (layer == 'h') {
    kh_pick_add(&pick,
                "SELECT h.day, count(*) AS count FROM happening h WHERE h.day_number IS NOT NULL");
    narrow_happenings(&pick, filter);
    kh_pick_add(&pick, " GROUP BY h.day_number");
  } else if (layer == 's') {
    kh_pick_add(&pick,
                "SELECT s.day, count(*) AS count FROM statement s WHERE s.day_number IS NOT NULL "
                "AND s.state_code <> 3");
    narrow_statements(&pick, filter);
    kh_pick_add(&pick, " GROUP BY s.day_number");
  } else {
    kh_pick_add(&pick, "SELECT l.last_day AS day, count(*) AS count FROM ledger l WHERE "
                       "l.last_day_number IS NOT NULL");
    narrow_steps(&pick, filter);
    kh_pick_add(&pick, " GROUP BY l.last_day_number");
  }
  json_t *rows = kh_pick_rows(db, &pick);
  kh_pick_free(&pick);
  return rows;
}

// ---- the timeline

// clang-format off
// Who the entities are now known to be whose numbers a SELECT gives in its column `entity`.
#define KNOWN(numbers)                                                                             \
  "FROM (" numbers ") q JOIN entity o ON o.entity = q.entity "                                     \
  "JOIN entity e ON e.entity = coalesce(o.merged_into, o.entity)"
#define ALL_OF(numbers)                                                                            \
  "(SELECT json_group_array(json(ref)) FROM (SELECT DISTINCT " REF("e") " AS ref " KNOWN(numbers)  \
  " LIMIT 24))"
#define ONE_OF(number) "(SELECT " REF("e") " " KNOWN("SELECT " number " AS entity") ")"
#define MENTIONED(role)                                                                            \
  ALL_OF("SELECT p.entity FROM happening_event m JOIN part p ON p.doc = m.doc AND p.n = m.n AND "  \
         "p.role_code = " role " WHERE m.happening = h.happening")

static const char happening_row[] =
    "SELECT 'h' AS layer, 'H' || h.doc || '.' || h.n AS id, h.type, h.mode, h.day, h.until, "
    "NULL AS time, " QUOTE("b", "v") " AS text, "
    MENTIONED("3") " AS \"actors$\", " MENTIONED("4") " AS \"recipients$\", "
    ONE_OF("h.place") " AS \"place$\", h.mentions, h.sources, h.denied AS \"denied?\", v.reality, "
    "'D' || h.doc AS document, 'D' || h.doc || '.v' || h.n AS claim "
    "FROM happening h JOIN event v ON v.doc = h.doc AND v.n = h.n JOIN body b ON b.doc = h.doc "
    "WHERE h.day_number IS NOT NULL";

static const char statement_row[] =
    "SELECT 's' AS layer, 'D' || s.doc || '.s' || s.n AS id, s.mode AS type, s.day, "
    "NULL AS until, NULL AS time, " QUOTE("b", "s") " AS text, "
    ALL_OF("SELECT s.speaker AS entity") " AS \"actors$\", "
    ALL_OF("SELECT p.entity FROM part p WHERE p.doc = s.doc AND p.n = s.n AND p.role_code = 2")
    " AS \"recipients$\", 'D' || s.doc AS document, 'D' || s.doc || '.s' || s.n AS claim "
    "FROM statement s JOIN body b USING (doc) WHERE s.day_number IS NOT NULL AND s.state_code <> 3";

static const char step_row[] =
    "SELECT 'p' AS layer, 'L' || l.doc || '.' || l.n AS id, l.kind AS type, l.last_day AS day, "
    "NULL AS until, NULL AS time, " QUOTE("b", "p") " AS text, "
    ALL_OF("SELECT x.entity FROM ledger_part x WHERE x.entry = l.entry AND x.role_code = 5")
    " AS \"actors$\", l.mentions, l.sources, l.status AS reality, 'D' || l.doc AS document, "
    "'D' || l.doc || '.p' || l.n AS claim "
    "FROM ledger l JOIN step p ON p.doc = l.doc AND p.n = l.n JOIN body b ON b.doc = l.doc "
    "WHERE l.last_day_number IS NOT NULL";
// clang-format on

static json_t *items_of(sqlite3 *db, char layer, const kh_filter *filter) {
  kh_pick pick = {0};
  if (layer == 'h') {
    kh_pick_add(&pick, happening_row);
    narrow_happenings(&pick, filter);
    kh_pick_add(&pick, " ORDER BY h.day_number, h.happening");
  } else if (layer == 's') {
    kh_pick_add(&pick, statement_row);
    narrow_statements(&pick, filter);
    kh_pick_add(&pick, " ORDER BY s.day_number, s.doc, s.n");
  } else {
    kh_pick_add(&pick, step_row);
    narrow_steps(&pick, filter);
    kh_pick_add(&pick, " ORDER BY l.last_day_number, l.entry");
  }
  kh_pick_number(&pick, " LIMIT ?", filter->limit);
  json_t *rows = kh_pick_rows(db, &pick);
  kh_pick_free(&pick);
  return rows;
}

static kh_reply timeline(kh_core *core, const kh_request *request,
                         const kh_parameters *parameters) {
  (void)parameters;
  static const struct {
    char letter;
    const char *key;
  } layers[] = {{'h', "happenings"}, {'s', "statements"}, {'p', "steps"}};
  enum { LAYERS = sizeof layers / sizeof *layers };
  kh_filter filter;
  kh_reply reply;
  if (!kh_filter_read(request, &filter, &reply)) return reply;
  sqlite3 *db = kh_pool_lend(core->pool);
  if (!db) return kh_unreadable();
  json_t *days[LAYERS] = {NULL};
  span_of_days span;
  memset(&span, 0, sizeof span);
  bool whole = true;
  for (size_t i = 0; i < LAYERS; i++) {
    if (!has_layer(request, layers[i].letter, "h")) continue;
    days[i] = days_of(db, layers[i].letter, &filter);
    if (!days[i])
      whole = false;
    else
      widen(&span, days[i]);
  }
  const unit length = unit_for(filter.from     ? filter.from
                               : span.first[0] ? span.first
                                               : NULL,
                               filter.to      ? filter.to
                               : span.last[0] ? span.last
                                              : NULL);
  json_t *bins = json_object();
  json_t *items = json_array();
  for (size_t i = 0; i < LAYERS; i++) {
    if (!days[i]) continue;
    fill_bins(bins, days[i], length, layers[i].key);
    json_decref(days[i]);
    if (span.total > filter.limit) continue;
    json_t *some = items_of(db, layers[i].letter, &filter);
    if (some)
      (void)json_array_extend(items, some);
    else
      whole = false;
    json_decref(some);
  }
  kh_pool_give_back(core->pool, db);
  json_t *all = json_pack("{s:I, s:s, s:o, s:o}", "total", (json_int_t)span.total, "unit",
                          unit_name(length), "bins", sorted_bins(bins), "items", items);
  if (whole) return kh_reply_json(200, all);
  json_decref(all);
  return kh_unreadable();
}

// ---- the map

static json_t *places(sqlite3 *db, const kh_request *request, const kh_filter *filter) {
  kh_pick pick = {0};
  const char *as_it_lies = kh_filter_narrows(filter) ? "" : "NOT INDEXED ";
  kh_pick_add(&pick, "WITH happened AS (SELECT h.place, h.type, count(*) AS number FROM "
                     "happening h ");
  kh_pick_add(&pick, as_it_lies);
  kh_pick_add(&pick, "WHERE h.place IS NOT NULL");
  if (!has_layer(request, 'h', "hf")) kh_pick_add(&pick, " AND FALSE");
  narrow_happenings(&pick, filter);
  kh_pick_add(&pick, " GROUP BY h.place, h.type_code), types AS (SELECT place, sum(number) AS "
                     "happenings, json_group_object(type, number) AS types FROM happened GROUP "
                     "BY place), counted AS (SELECT r.place, sum(r.figures) AS figures, max(CASE "
                     "WHEN r.what = 'killed' THEN r.best END) AS killed FROM series r ");
  kh_pick_add(&pick, as_it_lies);
  kh_pick_add(&pick, "WHERE r.place IS NOT NULL");
  if (!has_layer(request, 'f', "hf")) kh_pick_add(&pick, " AND FALSE");
  kh_filter_day_numbers(&pick, filter, "r.since_number");
  kh_pick_add(
      &pick,
      " GROUP BY r.place), there AS (SELECT place FROM types UNION SELECT place FROM counted) "
      "SELECT "
      "'E' || e.entity AS id, e.name, iif(e.name_en_transliterated, NULL, e.name_en) AS name_en, "
      "e.country, e.admin1, e.latitude AS lat, "
      "e.longitude "
      "AS lon, coalesce(t.happenings, 0) AS happenings, coalesce(c.figures, 0) AS figures, "
      "coalesce(t.types, '{}') AS \"types$\", c.killed FROM there JOIN entity e ON e.entity = "
      "there.place LEFT JOIN types t ON t.place = there.place LEFT JOIN counted c ON c.place = "
      "there.place WHERE e.latitude IS NOT NULL ORDER BY happenings DESC, e.entity LIMIT 5000");
  json_t *rows = kh_pick_rows(db, &pick);
  kh_pick_free(&pick);
  return rows;
}

static int64_t unplaced(sqlite3 *db, const kh_filter *filter) {
  kh_pick pick = {0};
  kh_pick_add(&pick, "SELECT count(*) FROM happening h LEFT JOIN entity e ON e.entity = h.place "
                     "WHERE e.latitude IS NULL");
  narrow_happenings(&pick, filter);
  const int64_t number = kh_pick_int(db, &pick, 0);
  kh_pick_free(&pick);
  return number;
}

static kh_reply map(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)parameters;
  kh_filter filter;
  kh_reply reply;
  if (!kh_filter_read(request, &filter, &reply)) return reply;
  sqlite3 *db = kh_pool_lend(core->pool);
  if (!db) return kh_unreadable();
  json_t *there = places(db, request, &filter);
  kh_filter always = filter; // the slider shows all of time
  always.from = NULL;
  always.to = NULL;
  json_t *days = days_of(db, 'h', &always);
  span_of_days span;
  memset(&span, 0, sizeof span);
  if (days) widen(&span, days);
  const unit length = unit_for(span.first[0] ? span.first : NULL, span.last[0] ? span.last : NULL);
  json_t *bins = json_object();
  if (days) fill_bins(bins, days, length, "happenings");
  json_decref(days);
  const int64_t nowhere = unplaced(db, &filter);
  kh_pool_give_back(core->pool, db);
  if (!there) {
    json_decref(bins);
    return kh_unreadable();
  }
  return kh_reply_json(200,
                       json_pack("{s:o, s:s, s:o, s:I}", "places", there, "unit", unit_name(length),
                                 "bins", sorted_bins(bins), "unplaced", (json_int_t)nowhere));
}

// ---- who did what to whom

// Happenings that are looked at for one picture: the latest, so that it comes soon.
enum { NETWORK_HAPPENINGS = 20000 };

static json_t *edges(sqlite3 *db, const kh_filter *filter) {
  kh_pick pick = {0};
  kh_pick_add(&pick, "WITH chosen AS (SELECT h.happening, h.type, h.doc, h.n FROM happening h "
                     "WHERE h.denied = 0");
  narrow_happenings(&pick, filter);
  kh_pick_number(&pick, " ORDER BY h.day_number DESC LIMIT ?), ", NETWORK_HAPPENINGS);
  kh_pick_add(
      &pick,
      "who AS (SELECT c.happening, c.type, c.doc, c.n, p.role, coalesce(e.merged_into, e.entity) "
      "AS "
      "entity FROM chosen c JOIN part p ON p.layer = 'v' AND p.doc = c.doc AND p.n = c.n JOIN "
      "entity "
      "e USING (entity)), pairs AS (SELECT a.entity AS a, b.entity AS b, a.type, 1 AS directed, "
      "a.doc, a.n FROM who a JOIN who b ON b.happening = a.happening AND b.role = 'recipient' "
      "WHERE "
      "a.role = 'actor' AND a.entity <> b.entity UNION ALL SELECT a.entity, b.entity, a.type, 0, "
      "a.doc, a.n FROM who a JOIN who b ON b.happening = a.happening AND b.role = 'actor' WHERE "
      "a.role "
      "= 'actor' AND a.entity < b.entity AND a.type IN ('CONSULT', 'AGREE', 'COOPERATE')) SELECT "
      "'E' "
      "|| a AS a, 'E' || b AS b, type, directed AS \"directed?\", count(*) AS count, min('H' || "
      "doc || "
      "'.' || n) AS example FROM pairs GROUP BY a, b, type, directed ORDER BY count(*) DESC, a, b");
  kh_pick_number(&pick, " LIMIT ?", filter->limit);
  json_t *rows = kh_pick_rows(db, &pick);
  kh_pick_free(&pick);
  return rows;
}

static bool add_node(sqlite3 *db, json_t *nodes, const char *id, json_int_t weight) {
  json_t *node = json_object_get(nodes, id);
  if (!node) {
    int64_t entity = 0;
    if (!kh_id_number(id, 'E', &entity)) return false;
    kh_pick pick = {0};
    kh_pick_number(&pick,
                   "SELECT 'E' || entity AS id, name, iif(name_en_transliterated, NULL, name_en) "
                   "AS name_en, kind, sector, country, 0 AS weight "
                   "FROM entity WHERE entity = ?",
                   entity);
    node = kh_pick_row(db, &pick);
    kh_pick_free(&pick);
    if (!json_is_object(node) || json_object_set_new(nodes, id, node) != 0) return false;
  }
  const json_int_t old = json_integer_value(json_object_get(node, "weight"));
  return json_object_set_new(node, "weight", json_integer(old + weight)) == 0;
}

static kh_reply network(kh_core *core, const kh_request *request, const kh_parameters *parameters) {
  (void)parameters;
  kh_filter filter;
  kh_reply reply;
  if (!kh_filter_read(request, &filter, &reply)) return reply;
  if (!kh_arg(request, "limit")) filter.limit = 150;
  sqlite3 *db = kh_pool_lend(core->pool);
  if (!db) return kh_unreadable();
  json_t *list = edges(db, &filter);
  json_t *nodes = json_object();
  bool whole = list && nodes;
  for (size_t i = 0; whole && i < json_array_size(list); i++) {
    const json_t *edge = json_array_get(list, i);
    const json_int_t count = json_integer_value(json_object_get(edge, "count"));
    whole = add_node(db, nodes, json_string_value(json_object_get(edge, "a")), count) &&
            add_node(db, nodes, json_string_value(json_object_get(edge, "b")), count);
  }
  kh_pool_give_back(core->pool, db);
  json_t *node_list = json_array();
  const char *key = NULL;
  json_t *node = NULL;
  json_object_foreach(nodes, key, node)(void) json_array_append(node_list, node);
  json_decref(nodes);
  if (whole)
    return kh_reply_json(
        200, json_pack("{s:o, s:o, s:i}", "nodes", node_list, "edges", list, "left_out", 0));
  json_decref(node_list);
  json_decref(list);
  return kh_unreadable();
}

// ---- what waits for what

enum { CONDITIONS = 300 };

// The entries that conditions speak of, as lists of them show them; NULL: they cannot be read.
static json_t *nodes_of(kh_core *core, const json_t *conditions) {
  json_t *seen = json_object();
  kh_bytes ids = {0};
  for (size_t i = 0; i < json_array_size(conditions) * 2; i++) {
    const char *id = json_string_value(
        json_object_get(json_array_get(conditions, i / 2), i % 2 ? "needs" : "entry"));
    if (!id || json_object_get(seen, id)) continue;
    (void)json_object_set_new(seen, id, json_true());
    if (ids.len) (void)kh_bytes_text(&ids, ",");
    (void)kh_bytes_text(&ids, id);
  }
  json_decref(seen);
  if (!ids.len) return json_array();
  const kh_selection selection = {.id = ids.bytes, .brief = true, .limit = KH_ASK_MOST};
  kh_reply reply = kh_ask_page(core, KH_ASK_STEPS, &selection);
  free(ids.bytes);
  json_t *page = reply.status == 200 ? json_loadb(reply.bytes, reply.len, 0, NULL) : NULL;
  kh_reply_free(&reply);
  json_t *nodes = json_incref(json_object_get(page, "items"));
  json_decref(page);
  return nodes;
}

static kh_reply conditions(kh_core *core, const kh_request *request,
                           const kh_parameters *parameters) {
  (void)parameters;
  kh_filter filter;
  kh_reply reply;
  if (!kh_filter_read(request, &filter, &reply)) return reply;
  sqlite3 *db = kh_pool_lend(core->pool);
  if (!db) return kh_unreadable();
  kh_pick pick = {0};
  // chosen first, so that the texts of these alone are looked at
  kh_pick_add(&pick, "WITH chosen AS (SELECT c.doc, c.n, c.entry, l.entry AS needs, "
                     "l.last_day_number AS day FROM condition c JOIN ledger l ON l.entry = c.needs "
                     "WHERE TRUE");
  narrow_steps(&pick, &filter);
  const char *process = kh_arg(request, "process");
  if (process) kh_pick_text(&pick, " AND l.process = ?", process);
  kh_pick_number(&pick, " ORDER BY l.last_day_number DESC, c.doc, c.n LIMIT ?) ", CONDITIONS);
  kh_pick_add(&pick, "SELECT (SELECT 'L' || w.doc || '.' || w.n FROM ledger w WHERE w.entry = "
                     "c.entry) AS entry, 'L' || (c.needs >> 20) || '.' || (c.needs & 1048575) AS "
                     "needs, CAST(substr(CAST(b.text AS BLOB), p.for_start + 1, p.for_end - "
                     "p.for_start) AS TEXT) AS for, ");
  kh_pick_add(
      &pick,
      "json_object('claim', 'D' || c.doc || '.p' || c.n, 'document', 'D' || c.doc, "
      "'title', d.title, 'published', d.published, 'text', " QUOTE(
          "b", "p") ") AS \"quote$\" FROM chosen c CROSS JOIN step p ON p.doc = c.doc AND p.n = "
                    "c.n JOIN body b ON b.doc = c.doc JOIN document d ON d.doc = c.doc ORDER BY "
                    "c.day DESC, c.doc, c.n");
  json_t *list = kh_pick_rows(db, &pick);
  kh_pick_free(&pick);
  kh_pool_give_back(core->pool, db);
  if (!list) return kh_unreadable();
  json_t *nodes = nodes_of(core, list);
  if (nodes) return kh_reply_json(200, json_pack("{s:o, s:o}", "nodes", nodes, "edges", list));
  json_decref(list);
  return kh_unreadable();
}

const kh_route kh_routes_picture[] = {
    {"GET", "/api/timeline", timeline},
    {"GET", "/api/map", map},
    {"GET", "/api/network", network},
    {"GET", "/api/conditions", conditions},
    {NULL, NULL, NULL},
};
