// SPDX-License-Identifier: Apache-2.0
// Series of figures: what befell whom, where, in one period, with every source's value.
#include "store/asking.h"
#include "store/codes.h"

#define COUNTED_BY                                                                                 \
  "SELECT m.series FROM figure c JOIN series_figure m ON m.doc = c.doc AND m.n = c.n "             \
  "WHERE c.source IN (SELECT value FROM json_each(?))"

// The id of a series is its first figure's place.
#define ID                                                                                         \
  "(SELECT 'R' || f.doc || '.' || f.n FROM series_figure f WHERE f.series = r.series ORDER BY "    \
  "f.doc, f.n LIMIT 1)"

static const char *const row =
    "SELECT json_object('id', " ID ", 'what', r.what, 'counted', r.counted, "
    "'place', " KH_JSON_REF(
        "r.place") ", 'since', r.since, 'until', r.until, "
                   "'low', r.low, 'high', r.high, 'best', r.best, "
                   "'best_claim', 'D' || r.best_doc || '.f' || r.best_n, 'figures_count', "
                   "r.figures, "
                   "'sources', r.sources, 'happening', (SELECT 'H' || h.doc || '.' || h.n FROM "
                   "happening h "
                   "WHERE h.happening = r.happening), "
                   "'disputed', " KH_JSON_BOOL(
                       "EXISTS (SELECT 1 FROM contradiction x WHERE x.kind = 'figure' "
                       "AND x.of = r.series)");

// clang-format off
#define FIGURES(most)                                                                              \
  ", 'figures', json((SELECT json_group_array(json(figure)) FROM (SELECT json_object("             \
  "'claim', 'D' || c.doc || '.f' || c.n, 'value', c.value, 'high', c.high, 'bound', c.bound, "     \
  "'what', c.what, 'counted', c.counted, 'source', " KH_JSON_REF("c.source") ", "                  \
  "'outlet', o.name, 'day', substr(d.published, 1, 10), 'document', 'D' || c.doc, "                \
  "'quote', " KH_JSON_QUOTE("c", "f") ", "                                                         \
  "'copy', " KH_JSON_BOOL("d.copy_of IS NOT NULL") ", 'state', c.state) AS figure "                \
  "FROM (SELECT * FROM series_figure z WHERE z.series = r.series LIMIT " most ") m "               \
  "JOIN figure c ON c.doc = m.doc AND c.n = m.n " KH_JOIN_QUOTE("c")                               \
  "ORDER BY d.published, c.doc, c.n)))"

// Some in lists, all where one series is shown.
static const char *const some_figures = FIGURES("24");
static const char *const figures = FIGURES("1000");
// clang-format on

static const char *const contradictions =
    ", 'contradictions', json((SELECT json_group_array(json_object('id', x.contradiction, "
    "'kind', x.kind, 'a', 'D' || x.doc_a || '.f' || x.n_a, 'b', 'D' || x.doc_b || '.f' || x.n_b, "
    "'note', json(x.note))) FROM contradiction x WHERE x.kind = 'figure' AND x.of = r.series))";

static const char *const row_begin = ") FROM (SELECT r.series ";
static const char *const row_end = ") p CROSS JOIN series r ON r.series = p.series";

static void add_filters(const kh_asking *a, kh_select *s, const kh_meant *meant) {
  const kh_selection *w = a->selection;
  if (meant->actor.count) {
    kh_select_text(s, "FROM (SELECT DISTINCT series FROM (" COUNTED_BY, meant->actor.json);
    kh_select_add(s, ")) k CROSS JOIN series r ON r.series = k.series WHERE 1");
  } else {
    kh_select_add(s, "FROM series r WHERE 1");
  }
  kh_select_codes(s, "r.what_code", KH_CODE_HARM, w->type);
  kh_select_codes(s, "r.counted_code", KH_CODE_COUNTED, w->counted);
  kh_asking_between(a, s, "r.since_number");
  if (meant->place.count)
    kh_select_text(s, " AND r.place IN (SELECT value FROM json_each(?))", meant->place.json);
  if (kh_told(w->outlet))
    kh_select_text(s,
                   " AND EXISTS (SELECT 1 FROM series_figure m JOIN document d ON d.doc = m.doc "
                   "JOIN outlet o ON o.outlet = d.outlet WHERE m.series = r.series "
                   "AND o.name = ?)",
                   w->outlet);
  if (w->disputed)
    kh_select_add(s, " AND r.series IN (SELECT x.of FROM contradiction x WHERE x.kind = 'figure')");
}

static kh_status count(kh_asking *a, const kh_meant *meant) {
  if (kh_told(a->selection->outlet)) return KH_OK;
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, "SELECT count(*) ");
  add_filters(a, &s, meant);
  const kh_status status = kh_asking_number(&s, &a->answer->total);
  kh_select_end(&s);
  return status;
}

static kh_status give(kh_asking *a, const kh_meant *meant) {
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, row);
  if (!a->selection->brief) kh_select_add(&s, some_figures);
  kh_select_add(&s, row_begin);
  add_filters(a, &s, meant);
  kh_select_add(&s, a->selection->reverse ? " ORDER BY r.since_number, r.series"
                                          : " ORDER BY r.since_number DESC, r.series DESC");
  kh_asking_page(a, &s);
  kh_select_add(&s, row_end);
  const kh_status status = kh_asking_give(a, &s);
  kh_select_end(&s);
  return status;
}

kh_status kh_ask_figures(kh_asking *a) {
  kh_meant *meant = NULL;
  kh_status status = kh_meant_open(a, &meant);
  if (status == KH_OK) status = count(a, meant);
  if (status == KH_OK) status = give(a, meant);
  kh_meant_close(a, meant);
  return status;
}

kh_status kh_show_series(kh_asking *a, int64_t doc, int64_t n) {
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, row);
  kh_select_add(&s, figures);
  kh_select_add(&s, contradictions);
  kh_select_int(&s, ") FROM (SELECT series FROM series_figure WHERE doc = ?", doc);
  kh_select_int(&s, " AND n = ?", n);
  kh_select_add(&s, row_end);
  const kh_status status = kh_asking_give(a, &s);
  kh_select_end(&s);
  return status;
}
