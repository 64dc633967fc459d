// SPDX-License-Identifier: Apache-2.0
// Everything about one thing: a report, a claim, somebody, a happening, a series, a step.
#include "base/error.h"
#include "store/asking.h"

#define SPAN(start, end)                                                                           \
  "CAST(substr(CAST(b.text AS BLOB), " start " + 1, " end " - " start ") AS TEXT)"

#define STATEMENT(c)                                                                               \
  "'speaker', " KH_JSON_REF(c ".speaker") ", 'with', " KH_JSON_PART(                               \
      "s", c ".doc", c ".n",                                                                       \
      "with") ", 'to', " KH_JSON_PART("s", c ".doc", c ".n",                                       \
                                      "to") ", 'via', " KH_JSON_REF(c                              \
                                                                    ".via") ", 'mode', " c         \
                                                                            ".mode, 'cue', " SPAN( \
                                                                                c ".cue_start", c  \
                                                                                ".cue_end") ", "   \
                                                                                            "'day" \
                                                                                            "',"   \
                                                                                            " " c  \
                                                                                            ".day" \
                                                                                            ", "   \
                                                                                            "'ins" \
                                                                                            "ide'" \
                                                                                            ", "   \
                                                                                            "'D' " \
                                                                                            "||"   \
                                                                                            " " c  \
                                                                                            ".doc" \
                                                                                            " || " \
                                                                                            "'.s'" \
                                                                                            " ||"  \
                                                                                            " " c  \
                                                                                            ".ins" \
                                                                                            "ide"
#define EVENT(c)                                                                                   \
  "'type', " c ".type, 'mode', " c ".mode, 'reality', " c ".reality, "                             \
  "'negated', " KH_JSON_BOOL(                                                                      \
      c                                                                                            \
      ".negated") ", "                                                                             \
                  "'actors', " KH_JSON_PART(                                                       \
                      "v", c ".doc", c ".n",                                                       \
                      "actor") ", "                                                                \
                               "'recipients', " KH_JSON_PART(                                      \
                                   "v", c ".doc", c ".n",                                          \
                                   "recipient") ", "                                               \
                                                "'place', " KH_JSON_REF(                           \
                                                    c                                              \
                                                    ".place") ", 'day', " c ".day, 'until', " c    \
                                                              ".until, "                           \
                                                              "'statement', 'D' || " c             \
                                                              ".doc || '.s' || " c ".statement, "  \
                                                              "'record_id', (SELECT 'H' || h.doc " \
                                                              "|| '.' || h.n FROM "                \
                                                              "happening_event m JOIN happening "  \
                                                              "h "                                 \
                                                              "USING (happening) WHERE m.doc = " c \
                                                              ".doc AND m.n = " c ".n)"
#define FIGURE(c)                                                                                  \
  "'value', " c ".value, 'high', " c ".high, 'bound', " c ".bound, 'counted', " c ".counted, "     \
  "'what', " c ".what, 'place', " KH_JSON_REF(c ".place") ", 'source', " KH_JSON_REF(              \
      c ".source") ", 'since', " c ".since, 'until', " c ".until, "                                \
                   "'part_of', 'D' || " c ".doc || '.f' || " c ".part_of, "                        \
                   "'restates', 'D' || " c ".doc || '.f' || " c ".restates, "                      \
                   "'record_id', (SELECT 'R' || z.doc || '.' || z.n FROM series_figure m JOIN "    \
                   "series_figure z "                                                              \
                   "ON z.series = m.series WHERE m.doc = " c ".doc AND m.n = " c ".n "             \
                   "ORDER BY z.doc, z.n LIMIT 1)"
#define STEP(c)                                                                                    \
  "'kind', " c ".kind, 'status', " c ".status, "                                                   \
  "'by', " KH_JSON_PART(                                                                           \
      "p", c ".doc", c ".n",                                                                       \
      "by") ", "                                                                                   \
            "'asked_by', " KH_JSON_PART(                                                           \
                "p", c ".doc", c ".n",                                                             \
                "asked_by") ", "                                                                   \
                            "'for', " SPAN(                                                        \
                                c ".for_start", c                                                  \
                                ".for_end") ", 'place', " KH_JSON_REF(c                            \
                                                                      ".place") ", "               \
                                                                                "'according_to',"  \
                                                                                " " KH_JSON_REF(   \
                                                                                    c              \
                                                                                    ".according_"  \
                                                                                    "to") ", "     \
                                                                                          "'as_"   \
                                                                                          "of',"   \
                                                                                          " " c    \
                                                                                          ".as_"   \
                                                                                          "of, "   \
                                                                                          "'state" \
                                                                                          "ment'," \
                                                                                          " 'D' "  \
                                                                                          "|| " c  \
                                                                                          ".doc "  \
                                                                                          "|| "    \
                                                                                          "'.s' "  \
                                                                                          "|| " c  \
                                                                                          ".state" \
                                                                                          "ment, " \
                                                                                          "'recor" \
                                                                                          "d_id'," \
                                                                                          " ("     \
                                                                                          "SELECT" \
                                                                                          " 'L' "  \
                                                                                          "|| "    \
                                                                                          "l.doc " \
                                                                                          "|| "    \
                                                                                          "'.' "   \
                                                                                          "|| "    \
                                                                                          "l.n "   \
                                                                                          "FROM "  \
                                                                                          "ledger" \
                                                                                          "_step " \
                                                                                          "m "     \
                                                                                          "JOIN "  \
                                                                                          "ledger" \
                                                                                          " l "    \
                                                                                          "USING " \
                                                                                          "(entry" \
                                                                                          ") "     \
                                                                                          "WHERE " \
                                                                                          "m.doc " \
                                                                                          "= " c   \
                                                                                          ".doc "  \
                                                                                          "AND "   \
                                                                                          "m.n "   \
                                                                                          "= " c   \
                                                                                          ".n)"

// Common to all claims, in a report's lists.
#define HEAD(c, letter)                                                                            \
  "'id', 'D' || " c ".doc || '." letter "' || " c                                                  \
  ".n, 'text', " SPAN(c ".start", c ".end") ", 'state', " c ".state, "

#define LIST(name, table, letter, fields)                                                          \
  ", '" name                                                                                       \
  "', json((SELECT json_group_array(json(claim)) FROM (SELECT json_object(" HEAD("c", letter)      \
      fields ") AS claim FROM " table " c WHERE c.doc = d.doc "                                    \
             "AND c.state <> 'rejected' ORDER BY c.n)))"

static const char *const document =
    "SELECT json_object('id', 'D' || d.doc, 'source_id', d.id, 'title', d.title, "
    "'outlet', o.name, 'published', d.published, 'published_from', d.published_from, "
    "'uri', d.uri, 'fetched', d.fetched, 'lang', d.lang, "
    "'container', (SELECT k.path FROM container k WHERE k.container = d.container), "
    "'position', d.position, 'raw_sha256', lower(hex(d.raw_sha256)), "
    "'text_sha256', lower(hex(d.text_sha256)), 'copy_of', 'D' || d.copy_of, "
    "'copies', json((SELECT json_group_array('D' || k.doc) FROM document k "
    "WHERE k.copy_of = d.doc)), 'text', b.text";
static const char *const document_end =
    ") FROM document d JOIN body b ON b.doc = d.doc LEFT JOIN outlet o ON o.outlet = d.outlet "
    "WHERE d.doc = ?";

static kh_status show_document(kh_asking *a, int64_t doc) {
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, document);
  kh_select_add(&s, LIST("statements", "statement", "s", STATEMENT("c")));
  kh_select_add(&s, LIST("events", "event", "v", EVENT("c")));
  kh_select_add(&s, LIST("figures", "figure", "f", FIGURE("c")));
  kh_select_add(&s, LIST("steps", "step", "p", STEP("c")));
  kh_select_int(&s, document_end, doc);
  const kh_status status = kh_asking_give(a, &s);
  kh_select_end(&s);
  return status;
}

#define CLAIM(table, letter, fields)                                                               \
  "SELECT json_object('layer', '" letter "', " HEAD("c", letter) fields                            \
      ", "                                                                                         \
      "'rule', (SELECT r.name FROM rule r WHERE r.rule = c.rule), 'confidence', c.confidence, "    \
      "'quote', " KH_JSON_QUOTE("c", letter) ") FROM " table                                       \
                                             " c " KH_JOIN_QUOTE("c") "WHERE c.doc = ?"

static const char *claim_sql(char layer) {
  switch (layer) {
  case 's':
    return CLAIM("statement", "s", STATEMENT("c"));
  case 'v':
    return CLAIM("event", "v", EVENT("c"));
  case 'f':
    return CLAIM("figure", "f", FIGURE("c"));
  default:
    return CLAIM("step", "p", STEP("c"));
  }
}

static kh_status show_claim(kh_asking *a, const kh_name_of *id) {
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_int(&s, claim_sql(id->layer), id->doc);
  kh_select_int(&s, " AND c.n = ?", id->n);
  const kh_status status = kh_asking_give(a, &s);
  kh_select_end(&s);
  return status;
}

static kh_status show(kh_asking *a, const kh_name_of *id) {
  switch (id->kind) {
  case 'D':
    return id->layer ? show_claim(a, id) : show_document(a, id->doc);
  case 'E':
    return kh_show_actor(a, id->doc);
  case 'H':
    return kh_show_happening(a, id->doc, id->n);
  case 'R':
    return kh_show_series(a, id->doc, id->n);
  default:
    return kh_show_entry(a, id->doc, id->n);
  }
}

kh_status kh_ask_show(kh_asking *a) {
  kh_name_of id;
  const char *text = a->selection->id ? a->selection->id : "";
  if (!kh_id_read(text, &id))
    return kh_fail(a->error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                   "\"%.100s\" is no id; ids look like D12, D12.v3, E77, H12.3, R12.3 or L12.3",
                   text);
  const kh_status status = show(a, &id);
  if (status != KH_OK || a->answer->rows) return status;
  return kh_fail(a->error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                 "there is no %.100s in this record; khutwa search finds ids", text);
}

// ------------------------------------------------------------------ diff

// The number of the claim in the other report that tells the same.
#define SAME(link, group, other)                                                                   \
  "(SELECT k.n FROM " link " x JOIN " link " k USING (" group ") WHERE x.doc = c.doc "             \
  "AND x.n = c.n AND k.doc = " other " ORDER BY k.n LIMIT 1)"
#define SAID(other)                                                                                \
  "(SELECT k.n FROM statement k JOIN body kb ON kb.doc = k.doc JOIN body cb ON cb.doc = c.doc "    \
  "WHERE k.doc = " other " AND k.speaker IS c.speaker AND k.end - k.start = c.end - c.start "      \
  "AND substr(CAST(kb.text AS BLOB), k.start + 1, k.end - k.start) = "                             \
  "substr(CAST(cb.text AS BLOB), c.start + 1, c.end - c.start) ORDER BY k.n LIMIT 1)"

#define CLAIMS(letter, table, type, value, match)                                                  \
  "SELECT '" letter "' AS layer, c.doc, c.n, c.start, c.end, " type " AS type, "                   \
  "CAST(" value " AS TEXT) AS value, " match " AS match FROM " table " c "                         \
  "WHERE c.state <> 'rejected' AND c.doc = "

#define ALL_CLAIMS(own, other)                                                                     \
  CLAIMS("s", "statement", "c.mode", "NULL", SAID(other))                                          \
  own " UNION ALL " CLAIMS("v", "event", "c.type", "c.reality || iif(c.negated, ' negated', '')",  \
                           SAME("happening_event", "happening", other)) own                        \
      " UNION ALL " CLAIMS("f", "figure", "c.what", "printf('%.15g', c.value)",                    \
                           SAME("series_figure", "series", other)) own                             \
      " UNION ALL " CLAIMS("p", "step", "c.kind", "c.status", SAME("ledger_step", "entry", other)) \
          own

// Claims of A with their partners in B, then those of B alone.
static const char *const diff =
    "WITH a AS MATERIALIZED (" ALL_CLAIMS("?1", "?2") "), b AS MATERIALIZED (" ALL_CLAIMS(
        "?2",
        "?1") ") "
              "SELECT json_object('layer', layer, 'change', change, 'type', type, "
              "'a', a_id, 'b', b_id, 'a_value', a_value, 'b_value', b_value, "
              "'a_text', a_text, 'b_text', b_text) FROM ("
              "SELECT a.layer, a.n AS place, iif(b.n IS NULL, 'only_a', iif(a.value IS b.value, "
              "'same', "
              "'differs')) AS change, a.type, 'D' || a.doc || '.' || a.layer || a.n AS a_id, "
              "'D' || b.doc || '.' || b.layer || b.n AS b_id, a.value AS a_value, b.value AS "
              "b_value, "
              "CAST(substr(CAST(ab.text AS BLOB), a.start + 1, a.end - a.start) AS TEXT) AS "
              "a_text, "
              "CAST(substr(CAST(bb.text AS BLOB), b.start + 1, b.end - b.start) AS TEXT) AS b_text "
              "FROM a JOIN body ab ON ab.doc = ?1 JOIN body bb ON bb.doc = ?2 "
              "LEFT JOIN b ON b.layer = a.layer AND b.n = a.match "
              "UNION ALL SELECT b.layer, b.n, 'only_b', b.type, NULL, 'D' || b.doc || '.' || "
              "b.layer || b.n, "
              "NULL, b.value, NULL, CAST(substr(CAST(bb.text AS BLOB), b.start + 1, b.end - "
              "b.start) AS TEXT) "
              "FROM b JOIN body bb ON bb.doc = ?2 WHERE b.match IS NULL) "
              "ORDER BY layer, change = 'only_b', place";

static kh_status read_document(kh_asking *a, const char *text, int64_t *doc) {
  kh_name_of id;
  if (!kh_id_read(text, &id) || id.kind != 'D' || id.layer)
    return kh_fail(a->error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                   "\"%.100s\" is no id of a report; they look like D12", text ? text : "");
  *doc = id.doc;
  kh_select s;
  long long found = 0;
  kh_select_begin(&s, a->store, a->error);
  kh_select_int(&s, "SELECT 1 FROM document WHERE doc = ?", id.doc);
  const kh_status status = kh_asking_number(&s, &found);
  kh_select_end(&s);
  if (status != KH_OK || found) return status;
  return kh_fail(a->error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                 "there is no %.100s in this record; khutwa search finds ids", text);
}

kh_status kh_ask_diff(kh_asking *a) {
  int64_t left = 0;
  int64_t right = 0;
  kh_status status = read_document(a, a->selection->id, &left);
  if (status == KH_OK) status = read_document(a, a->selection->other, &right);
  if (status != KH_OK) return status;
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_int(&s, diff, left);
  kh_select_int(&s, "", right);
  kh_asking_page(a, &s);
  status = kh_asking_give(a, &s);
  kh_select_end(&s);
  return status;
}
