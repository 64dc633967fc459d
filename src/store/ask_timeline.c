// SPDX-License-Identifier: Apache-2.0
// What happened, each happening once, in the order of days.
#include "store/asking.h"
#include "store/codes.h"

#define PARTS                                                                                      \
  "SELECT m.happening FROM part q JOIN happening_event m ON m.doc = q.doc AND m.n = q.n "          \
  "WHERE q.role_code IN (3, 4) AND q.entity IN (SELECT value FROM json_each(?))"
#define SOME_PART                                                                                  \
  "EXISTS (SELECT 1 FROM happening_event m JOIN part q ON q.doc = m.doc "                          \
  "AND q.role_code IN (3, 4) AND q.n = m.n WHERE m.happening = h.happening "                       \
  "AND q.entity IN (SELECT value FROM json_each(?))"

#define MENTIONED(role)                                                                            \
  KH_JSON_REFS("SELECT q.entity FROM happening_event m JOIN part q ON q.doc = m.doc "              \
               "AND q.n = m.n AND q.role_code = " role " "                                         \
               "WHERE m.happening = h.happening")

static const char *const row =
    "SELECT json_object('layer', 'h', 'id', 'H' || h.doc || '.' || h.n, 'type', h.type, "
    "'mode', h.mode, 'day', h.day, 'until', h.until, "
    "'text', khutwa_sentence(b.text, c.start, c.end), "
    "'marks', json(khutwa_marks(b.text, c.start, c.end)), "
    "'actors', " MENTIONED("3") ", 'recipients', " MENTIONED(
        "4") ", "
             "'place', " KH_JSON_REF(
                 "h.place") ", 'mentions', h.mentions, 'documents', h.documents, "
                            "'sources', h.sources, 'denied', " KH_JSON_BOOL(
                                "h.denied") ", 'reality', c.reality, "
                                            "'document', 'D' || h.doc, 'claim', 'D' || "
                                            "h.doc || '.v' || h.n";

static const char *const quotes =
    ", 'quotes', json((SELECT json_group_array(json(quote)) FROM (SELECT " KH_JSON_QUOTE(
        "k",
        "v") " AS quote FROM happening_event m JOIN event k ON k.doc = m.doc AND k.n = m.n "
             "JOIN document d ON d.doc = k.doc JOIN body b ON b.doc = k.doc "
             "LEFT JOIN outlet o ON o.outlet = d.outlet WHERE m.happening = h.happening "
             "ORDER BY d.published, k.doc, k.n LIMIT 400))), "
             "'series', json((SELECT json_group_array('R' || f.doc || '.' || f.n) FROM series r "
             "JOIN series_figure f ON f.series = r.series WHERE r.happening = h.happening "
             "AND (f.doc, f.n) = (SELECT z.doc, z.n FROM series_figure z WHERE z.series = r.series "
             "ORDER BY z.doc, z.n LIMIT 1)))";

static const char *const row_end =
    ") p CROSS JOIN happening h ON h.happening = p.happening "
    "LEFT JOIN event c ON c.doc = h.doc AND c.n = h.n LEFT JOIN body b ON b.doc = h.doc";

typedef struct filters {
  const kh_meant *meant;
  bool rare; // the actor's happenings are few: begin with them
} filters;

static void add_role(kh_select *s, const kh_found *found, const char *role) {
  if (!found->count) return;
  kh_select_text(s, " AND " SOME_PART, found->json);
  kh_select_add(s, role);
}

static void add_filters(const kh_asking *a, kh_select *s, const filters *f) {
  const kh_selection *w = a->selection;
  kh_select_add(s,
                f->rare && f->meant->actor.count ? "FROM (SELECT DISTINCT happening FROM (" : "");
  if (f->rare && f->meant->actor.count) {
    kh_select_text(s, PARTS, f->meant->actor.json);
    kh_select_add(s, ")) k CROSS JOIN happening h ON h.happening = k.happening WHERE 1");
  } else {
    kh_select_add(s, "FROM happening h WHERE 1");
    add_role(s, &f->meant->actor, ")");
  }
  add_role(s, &f->meant->by, " AND q.role_code = 3)");
  add_role(s, &f->meant->asked_by, " AND q.role_code = 4)");
  kh_select_codes(s, "h.type_code", KH_CODE_EVENT_TYPE, w->type);
  kh_asking_between(a, s, "h.day_number");
  if (f->meant->place.count)
    kh_select_text(s, " AND h.place IN (SELECT value FROM json_each(?))", f->meant->place.json);
  if (kh_told(w->outlet))
    kh_select_text(s,
                   " AND EXISTS (SELECT 1 FROM happening_event m JOIN document d ON d.doc = m.doc "
                   "JOIN outlet o ON o.outlet = d.outlet WHERE m.happening = h.happening "
                   "AND o.name = ?)",
                   w->outlet);
  if (w->disputed)
    kh_select_add(s, " AND (h.denied OR EXISTS (SELECT 1 FROM contradiction x "
                     "WHERE x.kind = 'event' AND x.of = h.happening))");
}

// Counting is quick unless parts or documents of every happening have to be looked at.
static kh_status count(kh_asking *a, const filters *f) {
  const kh_selection *w = a->selection;
  const bool ranged = kh_told(w->from) || kh_told(w->to) || f->meant->place.count;
  const bool slow = (kh_told(w->type) && !ranged) || f->meant->actor.count || f->meant->by.count ||
                    f->meant->asked_by.count || kh_told(w->outlet) || w->disputed;
  if (slow) return KH_OK;
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, "SELECT count(*) ");
  add_filters(a, &s, f);
  const kh_status status = kh_asking_number(&s, &a->answer->total);
  kh_select_end(&s);
  return status;
}

static kh_status give(kh_asking *a, const filters *f) {
  const bool back = a->selection->reverse;
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, row);
  kh_select_add(&s, ") FROM (SELECT h.happening ");
  add_filters(a, &s, f);
  kh_select_add(&s, back ? " ORDER BY h.day_number DESC, h.happening DESC"
                         : " ORDER BY h.day_number, h.happening");
  kh_asking_page(a, &s);
  kh_select_add(&s, row_end);
  const kh_status status = kh_asking_give(a, &s);
  kh_select_end(&s);
  return status;
}

// Two ways lead to an actor's happenings: all that it takes part in, or all happenings in their
// order until there are enough. The rarer it takes part, the longer the second takes.
static kh_status is_rare(kh_asking *a, const kh_found *actor, bool *rare) {
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_text(&s,
                 "SELECT coalesce(sum(events), 0), "
                 "(SELECT count(*) FROM happening) FROM entity_count "
                 "WHERE entity IN (SELECT value FROM json_each(?))",
                 actor->json);
  const kh_status status = kh_select_next(&s);
  if (status == KH_OK) {
    const double parts = (double)kh_select_number(&s, 0) + 1;
    const double all = (double)kh_select_number(&s, 1);
    const double wanted = (double)a->offset + a->limit + 1;
    *rare = parts < all * (wanted / parts);
  }
  kh_select_end(&s);
  return status == KH_END ? KH_OK : status;
}

kh_status kh_ask_timeline(kh_asking *a) {
  kh_meant *meant = NULL;
  filters f = {.rare = true};
  kh_status status = kh_meant_open(a, &meant);
  f.meant = meant;
  if (status == KH_OK && meant->actor.count) status = is_rare(a, &meant->actor, &f.rare);
  if (status == KH_OK) status = count(a, &f);
  if (status == KH_OK) status = give(a, &f);
  kh_meant_close(a, meant);
  return status;
}

kh_status kh_show_happening(kh_asking *a, int64_t doc, int64_t n) {
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, row);
  kh_select_add(&s, quotes);
  kh_select_int(&s, ") FROM (SELECT happening FROM happening_event WHERE doc = ?", doc);
  kh_select_int(&s, " AND n = ?", n);
  kh_select_add(&s, row_end);
  const kh_status status = kh_asking_give(a, &s);
  kh_select_end(&s);
  return status;
}
