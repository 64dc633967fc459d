// SPDX-License-Identifier: Apache-2.0
#include "view/occurrence.h"

#include "base/error.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define PARTIES(role, from)                                                                        \
  "(SELECT json_group_array(json_object('id', 'E' || entity, 'name', name, 'name_en', name_en, "   \
  "'kind', kind, 'country', country, 'sector', sector, 'known_id', known_id)) FROM (SELECT "       \
  "DISTINCT c.entity, c.name, c.name_en, c.kind, c.country, c.sector, c.known_id FROM " from       \
  " JOIN entity e ON e.entity = q.entity JOIN entity c "                                           \
  "ON c.entity = coalesce(e.merged_into, e.entity) WHERE q.role = '" role "' LIMIT 24))"

#define OF_HAPPENING                                                                               \
  "(SELECT q.entity, q.role FROM happening_event m JOIN part q ON q.doc = m.doc AND q.layer = "    \
  "'v' "                                                                                           \
  "AND q.n = m.n WHERE m.happening = h.happening) q"
#define OF_EVENT                                                                                   \
  "(SELECT q.entity, q.role FROM part q WHERE q.doc = v.doc AND q.layer = 'v' AND q.n = v.n) q"

#define BEST(column, what)                                                                         \
  "(SELECT r." column " FROM series r WHERE r.happening = h.happening AND r.what = '" what "' "    \
  "ORDER BY r.best DESC LIMIT 1)"

// `o` is the row that has type, mode, days and place; v the event whose words are shown.
#define COLUMNS(o)                                                                                 \
  o ".type, " o ".mode, " o ".day, coalesce(" o ".until, " o                                       \
    ".day), coalesce(v.day_from, 'published'), v.reality, v.negated, "                             \
    "'D' || v.doc || '.v' || v.n, 'D' || v.doc, l.name, l.name_en, l.place_code, l.country, "      \
    "(SELECT s.name_en FROM entity s WHERE s.known_id = 'c-' || l.country), l.admin1, l.admin2, "  \
    "l.latitude, l.longitude, khutwa_sentence(b.text, v.start, v.end), "                           \
    "CAST(substr(CAST(b.text AS BLOB), v.start + 1, v.end - v.start) AS TEXT), "                   \
    "d.title, d.published, y.name, d.uri, "                                                        \
    "length(CAST(substr(CAST(b.text AS BLOB), 1, v.start) AS TEXT)), "                             \
    "length(CAST(substr(CAST(b.text AS BLOB), 1, v.end) AS TEXT)), "

#define JOINED(o)                                                                                  \
  " JOIN document d ON d.doc = v.doc JOIN body b ON b.doc = v.doc "                                \
  "LEFT JOIN outlet y ON y.outlet = d.outlet LEFT JOIN entity w ON w.entity = " o ".place "        \
  "LEFT JOIN entity l ON l.entity = coalesce(w.merged_into, w.entity) "

enum {
  TYPE,
  MODE,
  DAY,
  UNTIL,
  DAY_FROM,
  REALITY,
  NEGATED,
  CLAIM,
  DOCUMENT,
  PLACE,
  PLACE_EN,
  PLACE_CODE,
  COUNTRY,
  COUNTRY_EN,
  ADMIN1,
  ADMIN2,
  LATITUDE,
  LONGITUDE,
  SENTENCE,
  TRIGGER,
  TITLE,
  PUBLISHED,
  OUTLET,
  URI,
  START,
  END,
  ID,
  MENTIONS,
  SOURCES,
  OUTLETS,
  ACTORS,
  RECIPIENTS,
  KILLED,
  KILLED_LOW,
  KILLED_HIGH,
  KILLED_CIVILIANS,
  WOUNDED,
  DETAINED,
  COUNTED_BY
};

static const char
    *const happenings =
        "SELECT " COLUMNS(
            "h") "'H' || h.doc || '.' || h.n, h.mentions, h.sources, "
                 "(SELECT group_concat(name, '; ') FROM (SELECT DISTINCT y2.name FROM "
                 "happening_event m "
                 "JOIN document z ON z.doc = m.doc JOIN outlet y2 ON y2.outlet = z.outlet "
                 "WHERE m.happening = h.happening)), " PARTIES("actor", OF_HAPPENING) ", " PARTIES("recipient", OF_HAPPENING) ", " BEST(
                     "best",
                     "killed") ", " BEST("low",
                                         "killed") ", " BEST("high",
                                                             "killed") ", "
                                                                       "(SELECT max(r.best) FROM "
                                                                       "series r WHERE r.happening "
                                                                       "= h.happening AND r.what = "
                                                                       "'killed' "
                                                                       "AND r.counted IN "
                                                                       "('civilians', 'children', "
                                                                       "'women', 'families', "
                                                                       "'journalists', "
                                                                       "'medics')), " BEST("best", "wounded") ", " BEST(
                                                                           "best",
                                                                           "detained") ", "
                                                                                       "(SELECT "
                                                                                       "group_"
                                                                                       "concat("
                                                                                       "name, '; "
                                                                                       "') FROM "
                                                                                       "(SELECT "
                                                                                       "DISTINCT "
                                                                                       "e.name "
                                                                                       "FROM "
                                                                                       "series r "
                                                                                       "JOIN "
                                                                                       "series_"
                                                                                       "figure m "
                                                                                       "USING "
                                                                                       "(series) "
                                                                                       "JOIN "
                                                                                       "figure f "
                                                                                       "ON f.doc = "
                                                                                       "m.doc AND "
                                                                                       "f.n = m.n "
                                                                                       "JOIN "
                                                                                       "entity e "
                                                                                       "ON "
                                                                                       "e.entity = "
                                                                                       "f.source "
                                                                                       "WHERE "
                                                                                       "r."
                                                                                       "happening "
                                                                                       "= "
                                                                                       "h."
                                                                                       "happening "
                                                                                       "AND r.what "
                                                                                       "= "
                                                                                       "'killed')) "
                                                                                       "FROM "
                                                                                       "happening "
                                                                                       "h JOIN "
                                                                                       "event v ON "
                                                                                       "v.doc = "
                                                                                       "h.doc AND "
                                                                                       "v.n = "
                                                                                       "h.n" JOINED(
                                                                                           "h") "WH"
                                                                                                "ER"
                                                                                                "E "
                                                                                                "EX"
                                                                                                "IS"
                                                                                                "TS"
                                                                                                " ("
                                                                                                "SE"
                                                                                                "LE"
                                                                                                "CT"
                                                                                                " 1"
                                                                                                " F"
                                                                                                "RO"
                                                                                                "M "
                                                                                                "ha"
                                                                                                "pp"
                                                                                                "en"
                                                                                                "in"
                                                                                                "g_"
                                                                                                "ev"
                                                                                                "en"
                                                                                                "t "
                                                                                                "m "
                                                                                                "WH"
                                                                                                "ER"
                                                                                                "E "
                                                                                                "m."
                                                                                                "ha"
                                                                                                "pp"
                                                                                                "en"
                                                                                                "in"
                                                                                                "g "
                                                                                                "= "
                                                                                                "h."
                                                                                                "ha"
                                                                                                "pp"
                                                                                                "en"
                                                                                                "in"
                                                                                                "g "
                                                                                                "AN"
                                                                                                "D "
                                                                                                "m."
                                                                                                "do"
                                                                                                "c "
                                                                                                "IN"
                                                                                                " ("
                                                                                                "SE"
                                                                                                "LE"
                                                                                                "CT"
                                                                                                " d"
                                                                                                "oc"
                                                                                                " F"
                                                                                                "RO"
                                                                                                "M "
                                                                                                "te"
                                                                                                "mp"
                                                                                                ".c"
                                                                                                "ho"
                                                                                                "se"
                                                                                                "n)"
                                                                                                ")";

static const char *const loose =
    "SELECT " COLUMNS("v") "'D' || v.doc || '.v' || v.n, 1, 1, y.name, " PARTIES(
        "actor",
        OF_EVENT) ", " PARTIES("recipient",
                               OF_EVENT) ", "
                                         "NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM event "
                                         "v" JOINED(
                                             "v") "WHERE v.state <> 'rejected' AND v.doc IN "
                                                  "(SELECT doc FROM temp.chosen) "
                                                  "AND NOT EXISTS (SELECT 1 FROM happening_event m "
                                                  "WHERE m.doc = v.doc AND m.n = v.n)";

// ------------------------------------------------------------------ what is selected

static void add_filters(const kh_exporting *x, kh_select *s, const char *row, bool happening) {
  const kh_selection *w = x->selection;
  char column[16];
  static const char *const part[2] = {
      " AND EXISTS (SELECT 1 FROM part q WHERE q.doc = v.doc AND q.layer = 'v' AND q.n = v.n "
      "AND q.entity IN (SELECT value FROM json_each(?)))",
      " AND EXISTS (SELECT 1 FROM happening_event m JOIN part q ON q.doc = m.doc "
      "AND q.layer = 'v' AND q.n = m.n WHERE m.happening = h.happening "
      "AND q.entity IN (SELECT value FROM json_each(?)))"};
  (void)snprintf(column, sizeof column, "%s.type", row);
  kh_select_words(s, column, w->type);
  (void)snprintf(column, sizeof column, "%s.day", row);
  if (kh_told(w->from)) {
    kh_select_add(s, " AND ");
    kh_select_add(s, column);
    kh_select_text(s, " >= ?", w->from);
  }
  if (kh_told(w->to)) {
    kh_select_add(s, " AND ");
    kh_select_add(s, column);
    kh_select_text(s, " <= ?", w->to);
  }
  if (x->meant->place.count) {
    kh_select_add(s, " AND ");
    kh_select_add(s, row);
    kh_select_text(s, ".place IN (SELECT value FROM json_each(?))", x->meant->place.json);
  }
  if (x->meant->actor.count) kh_select_text(s, part[happening], x->meant->actor.json);
  kh_select_add(s, " ORDER BY ");
  kh_select_add(s, column);
}

// ------------------------------------------------------------------ rows

static double number(kh_select *s, int column) {
  if (sqlite3_column_type(s->statement, column) == SQLITE_NULL) return NAN;
  return sqlite3_column_double(s->statement, column);
}

static json_t *parties(kh_select *s, int column) {
  json_t *list = json_loads(kh_select_column(s, column), 0, NULL);
  return list ? list : json_array();
}

static void read_row(kh_select *s, kh_occurrence *o) {
  *o = (kh_occurrence){
      .id = kh_select_column(s, ID),
      .claim = kh_select_column(s, CLAIM),
      .document = kh_select_column(s, DOCUMENT),
      .type = kh_select_column(s, TYPE),
      .mode = kh_select_column(s, MODE),
      .day = kh_select_column(s, DAY),
      .until = kh_select_column(s, UNTIL),
      .day_from = kh_select_column(s, DAY_FROM),
      .reality = kh_select_column(s, REALITY),
      .negated = kh_select_number(s, NEGATED) != 0,
      .mentions = kh_select_number(s, MENTIONS),
      .sources = kh_select_number(s, SOURCES),
      .place = kh_select_column(s, PLACE),
      .place_en = kh_select_column(s, PLACE_EN),
      .place_code = kh_select_column(s, PLACE_CODE),
      .country = kh_select_column(s, COUNTRY),
      .country_en = kh_select_column(s, COUNTRY_EN),
      .admin1 = kh_select_column(s, ADMIN1),
      .admin2 = kh_select_column(s, ADMIN2),
      .latitude = number(s, LATITUDE),
      .longitude = number(s, LONGITUDE),
      .sentence = kh_select_column(s, SENTENCE),
      .trigger = kh_select_column(s, TRIGGER),
      .outlets = kh_select_column(s, OUTLETS),
      .title = kh_select_column(s, TITLE),
      .published = kh_select_column(s, PUBLISHED),
      .outlet = kh_select_column(s, OUTLET),
      .uri = kh_select_column(s, URI),
      .actors = parties(s, ACTORS),
      .recipients = parties(s, RECIPIENTS),
      .killed = number(s, KILLED),
      .killed_low = number(s, KILLED_LOW),
      .killed_high = number(s, KILLED_HIGH),
      .killed_civilians = number(s, KILLED_CIVILIANS),
      .wounded = number(s, WOUNDED),
      .detained = number(s, DETAINED),
      .counted_by = kh_select_column(s, COUNTED_BY),
      .start = kh_select_number(s, START),
      .end = kh_select_number(s, END),
  };
}

static kh_status walk(kh_exporting *x, kh_select *s, kh_occurrence_fn take) {
  kh_status status;
  while ((status = kh_select_next(s)) == KH_OK) {
    kh_occurrence o;
    read_row(s, &o);
    if (!o.actors || !o.recipients)
      status = kh_fail(x->error, KH_ERROR_MEMORY, KH_STAGE_VIEW, "out of memory");
    else
      status = take(x, &o);
    json_decref(o.actors);
    json_decref(o.recipients);
    if (status == KH_OK) status = kh_export_check(x);
    if (status != KH_OK) return status;
  }
  return status == KH_END ? KH_OK : status;
}

kh_status kh_occurrences(kh_exporting *x, bool actual, kh_occurrence_fn take) {
  kh_select s;
  kh_select_begin(&s, x->store, x->error);
  kh_select_add(&s, happenings);
  // denied by every report: its first mention is negated, and none tells it
  if (actual)
    kh_select_add(&s, " AND EXISTS (SELECT 1 FROM happening_event m JOIN event e ON e.doc = m.doc "
                      "AND e.n = m.n WHERE m.happening = h.happening AND NOT e.negated)");
  add_filters(x, &s, "h", true);
  kh_status status = walk(x, &s, take);
  kh_select_end(&s);
  if (status != KH_OK) return status;
  kh_select_begin(&s, x->store, x->error);
  kh_select_add(&s, loose);
  if (actual) kh_select_add(&s, " AND v.reality = 'actual' AND NOT v.negated");
  add_filters(x, &s, "v", false);
  status = walk(x, &s, take);
  kh_select_end(&s);
  return status;
}

const char *kh_party_text(const json_t *party, const char *key) {
  const char *text = json_string_value(json_object_get(party, key));
  return text ? text : "";
}

bool kh_party_is_armed(const json_t *party) {
  const char *sector = kh_party_text(party, "sector");
  static const char *const armed[] = {"MIL", "REB", "COP", "SPY"};
  if (strcmp(kh_party_text(party, "kind"), "armed") == 0) return true;
  for (size_t i = 0; i < sizeof armed / sizeof *armed; i++)
    if (strcmp(sector, armed[i]) == 0) return true;
  return false;
}
