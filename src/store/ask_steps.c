// SPDX-License-Identifier: Apache-2.0
// The ledger of steps: what is asked of whom, what was promised and not kept, what a step waits
// for, and what changed since a day.
#include "base/error.h"
#include "store/asking.h"
#include "store/codes.h"

#define PART_OF "SELECT entry FROM ledger_part WHERE entity IN (SELECT value FROM json_each(?))"

#define PARTIES(role)                                                                              \
  KH_JSON_REFS("SELECT q.entity FROM ledger_part q WHERE q.entry = l.entry AND q.role_code "       \
               "= " role)

#define ENTRY                                                                                      \
  "'id', 'L' || l.doc || '.' || l.n, 'kind', l.kind, "                                             \
  "'text', (SELECT CAST(substr(CAST(b.text AS BLOB), c.start + 1, c.end - c.start) AS TEXT) "      \
  "FROM step c JOIN body b ON b.doc = c.doc WHERE c.doc = l.doc AND c.n = l.n), "                  \
  "'place', " KH_JSON_REF("l.place") ", 'process', l.process, 'by', " PARTIES(                     \
      "5") ", "                                                                                    \
           "'asked_by', " PARTIES(                                                                 \
               "6") ", 'status', l.status, 'status_day', l.status_day, "                           \
                    "'first_day', l.first_day, 'last_day', l.last_day, 'mentions', "               \
                    "l.mentions, "                                                                 \
                    "'sources', l.sources, 'waits_for', (SELECT count(DISTINCT k.needs) "          \
                    "FROM condition k "                                                            \
                    "JOIN ledger u ON u.entry = k.needs WHERE k.entry = l.entry AND "              \
                    "u.status_code <> 5), "                                                        \
                    "'disputed', " KH_JSON_BOOL(                                                   \
                        "EXISTS (SELECT 1 FROM contradiction x WHERE x.kind = 'step' "             \
                        "AND x.of = l.entry)")

#define CONDITIONS(name, own, other)                                                               \
  ", '" name "', json((SELECT json_group_array(json_object("                                       \
  "'entry', (SELECT 'L' || u.doc || '.' || u.n FROM ledger u WHERE u.entry = k.entry), "           \
  "'for', (SELECT CAST(substr(CAST(b.text AS BLOB), c.for_start + 1, c.for_end - c.for_start) AS " \
  "TEXT) "                                                                                         \
  "FROM step c JOIN body b ON b.doc = c.doc WHERE c.doc = k.doc AND c.n = k.n "                    \
  "AND c.for_start IS NOT NULL), "                                                                 \
  "'needs', (SELECT 'L' || u.doc || '.' || u.n FROM ledger u WHERE u.entry = k.needs), "           \
  "'kind', (SELECT u.kind FROM ledger u WHERE u.entry = k." other "), "                            \
  "'status', (SELECT u.status FROM ledger u WHERE u.entry = k." other "), "                        \
  "'claim', 'D' || k.doc || '.p' || k.n)) FROM (SELECT * FROM condition z WHERE z." own            \
  " = l.entry LIMIT 50) k))"

static const char *const row = "SELECT json_object(" ENTRY;

// clang-format off
#define HISTORY(lines)                                                                             \
  ", 'history', json((SELECT json_group_array(json(line)) FROM (SELECT json_object("               \
  "'day', m.day, 'status', m.status, 'according_to', " KH_JSON_REF("m.according_to") ", "          \
  "'quote', " KH_JSON_QUOTE("c", "p") ") AS line FROM (SELECT * FROM ledger_step z "               \
  "WHERE z.entry = l.entry ORDER BY z.day_number DESC, z.doc DESC, z.n DESC LIMIT " lines ") m "          \
  "JOIN step c ON c.doc = m.doc AND c.n = m.n " KH_JOIN_QUOTE("c")                                 \
  "ORDER BY m.day_number, m.doc, m.n)))"

// The latest lines in lists, all of them where one entry is shown.
static const char *const short_history =
    HISTORY("6") CONDITIONS("needs", "entry", "needs") CONDITIONS("needed_by", "needs", "entry");
static const char *const history =
    HISTORY("400") CONDITIONS("needs", "entry", "needs") CONDITIONS("needed_by", "needs", "entry");
// clang-format on

static const char *const contradictions =
    ", 'contradictions', json((SELECT json_group_array(json_object('id', x.contradiction, "
    "'kind', x.kind, 'a', 'D' || x.doc_a || '.p' || x.n_a, 'b', 'D' || x.doc_b || '.p' || x.n_b, "
    "'note', json(x.note))) FROM contradiction x WHERE x.kind = 'step' AND x.of = l.entry))";

static const char *const row_begin = ") FROM (SELECT l.entry ";
static const char *const row_end = ") p CROSS JOIN ledger l ON l.entry = p.entry";

static const char *const kept_from =
    " AND l.status_code IN (6, 7, 8, 9) AND EXISTS (SELECT 1 FROM "
    "ledger_step m WHERE m.entry = l.entry AND m.status_code IN (2, 3, 4))";

typedef struct filters {
  const kh_meant *meant;
  kh_name_of blocked;      // an entry; kind 0: none
  kh_found *blocked_actor; // ... or the entries of this actor; NULL: none
} filters;

// Entries that are needed, directly or through others, by some.
static void add_blocks(kh_select *s, const filters *f) {
  if (!f->blocked.kind && !f->blocked_actor) return;
  kh_select_add(s, " AND l.status_code <> 5 AND l.entry IN (WITH RECURSIVE wanted(entry) AS (");
  if (f->blocked.kind) {
    kh_select_int(s, "SELECT entry FROM ledger_step WHERE doc = ?", f->blocked.doc);
    kh_select_int(s, " AND n = ?", f->blocked.n);
  } else {
    kh_select_text(s, PART_OF " AND role_code = 5", f->blocked_actor->json);
  }
  kh_select_add(s, "), needed(entry) AS (SELECT k.needs FROM condition k JOIN wanted USING (entry) "
                   "UNION SELECT k.needs FROM condition k JOIN needed ON k.entry = needed.entry) "
                   "SELECT entry FROM needed)");
}

static void add_part(kh_select *s, const kh_found *found, const char *role) {
  if (!found->count) return;
  kh_select_text(s, " AND l.entry IN (" PART_OF, found->json);
  kh_select_add(s, role);
}

// Entries by their ids: L12.3 is the entry whose number is made of 12 and 3.
static void add_entries(kh_select *s, const char *ids) {
  if (!kh_told(ids)) return;
  kh_select_check_words(s, ids);
  kh_select_text(s,
                 " AND l.entry IN (SELECT (CAST(substr(value, 2) AS INTEGER) << 20) + "
                 "CAST(substr(value, instr(value, '.') + 1) AS INTEGER) FROM json_each('[\"' || "
                 "replace(?, ',', '\",\"') || '\"]') WHERE value GLOB 'L[0-9]*.[0-9]*')",
                 ids);
}

static void add_filters(const kh_asking *a, kh_select *s, const filters *f) {
  const kh_selection *w = a->selection;
  kh_select_add(s, "FROM ledger l WHERE 1");
  add_part(s, &f->meant->actor, ")");
  add_part(s, &f->meant->by, " AND role_code = 5)");
  add_part(s, &f->meant->asked_by, " AND role_code = 6)");
  add_blocks(s, f);
  kh_select_codes(s, "l.kind_code", KH_CODE_STEP_KIND, w->type);
  kh_select_codes(s, "l.status_code", KH_CODE_STEP_STATUS, w->status);
  if (kh_told(w->process)) kh_select_text(s, " AND l.process = ?", w->process);
  if (kh_told(w->from))
    kh_select_text(s, " AND l.last_day_number >= unixepoch(?) / 86400", w->from);
  if (kh_told(w->to)) kh_select_text(s, " AND l.first_day_number <= unixepoch(?) / 86400", w->to);
  if (f->meant->place.count)
    kh_select_text(s, " AND l.place IN (SELECT value FROM json_each(?))", f->meant->place.json);
  add_entries(s, w->id);
  if (w->open) kh_select_add(s, " AND l.status_code IN (0, 1, 2, 3, 4, 6, 9)");
  if (w->unkept) kh_select_add(s, kept_from);
  if (w->disputed)
    kh_select_add(s, " AND l.entry IN (SELECT x.of FROM contradiction x WHERE x.kind = 'step')");
  if (kh_told(w->outlet))
    kh_select_text(s,
                   " AND EXISTS (SELECT 1 FROM ledger_step m JOIN document d ON d.doc = m.doc "
                   "JOIN outlet o ON o.outlet = d.outlet WHERE m.entry = l.entry "
                   "AND o.name = ?)",
                   w->outlet);
}

static kh_status count(kh_asking *a, const filters *f) {
  const kh_selection *w = a->selection;
  const bool parties = f->meant->actor.count || f->meant->by.count || f->meant->asked_by.count;
  if (kh_told(w->outlet) || w->unkept || parties) return KH_OK; // long to count
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, "SELECT count(*) ");
  add_filters(a, &s, f);
  const kh_status status = kh_asking_number(&s, &a->answer->total);
  kh_select_end(&s);
  return status;
}

static kh_status give(kh_asking *a, const filters *f) {
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, row);
  if (!a->selection->brief) kh_select_add(&s, short_history);
  kh_select_add(&s, row_begin);
  add_filters(a, &s, f);
  kh_select_add(&s, a->selection->reverse ? " ORDER BY l.last_day_number, l.entry"
                                          : " ORDER BY l.last_day_number DESC, l.entry DESC");
  kh_asking_page(a, &s);
  kh_select_add(&s, row_end);
  const kh_status status = kh_asking_give(a, &s);
  kh_select_end(&s);
  return status;
}

// What `blocks` names: an entry, or an actor.
static kh_status read_blocks(kh_asking *a, filters *f) {
  const char *blocks = a->selection->blocks;
  if (!kh_told(blocks)) return KH_OK;
  if (kh_id_read(blocks, &f->blocked) && f->blocked.kind == 'L') return KH_OK;
  f->blocked.kind = 0;
  const kh_allocator *memory = &a->store->allocator;
  f->blocked_actor = memory->resize(memory->context, NULL, 0, sizeof *f->blocked_actor);
  if (!f->blocked_actor) return kh_fail(a->error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  return kh_find_actors(a->store, blocks, "blocks", f->blocked_actor, a->error);
}

kh_status kh_ask_steps(kh_asking *a) {
  kh_meant *meant = NULL;
  filters f = {0};
  kh_status status = kh_meant_open(a, &meant);
  f.meant = meant;
  if (status == KH_OK) status = read_blocks(a, &f);
  if (status == KH_OK) status = count(a, &f);
  if (status == KH_OK) status = give(a, &f);
  const kh_allocator *memory = &a->store->allocator;
  if (f.blocked_actor)
    (void)memory->resize(memory->context, f.blocked_actor, sizeof *f.blocked_actor, 0);
  kh_meant_close(a, meant);
  return status;
}

kh_status kh_show_entry(kh_asking *a, int64_t doc, int64_t n) {
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, row);
  kh_select_add(&s, history);
  kh_select_add(&s, contradictions);
  kh_select_int(&s, ") FROM (SELECT entry FROM ledger_step WHERE doc = ?", doc);
  kh_select_int(&s, " AND n = ?", n);
  kh_select_add(&s, row_end);
  const kh_status status = kh_asking_give(a, &s);
  kh_select_end(&s);
  return status;
}

// ------------------------------------------------------------------ changes

#define EARLIER                                                                                    \
  "(SELECT e.status FROM ledger_step e WHERE e.entry = m.entry "                                   \
  "AND (e.day_number, e.doc, e.n) < (m.day_number, m.doc, m.n) "                                   \
  "ORDER BY e.day_number DESC, e.doc DESC, e.n DESC LIMIT 1)"

static void add_changes(const kh_asking *a, kh_select *s, const kh_meant *meant) {
  const kh_selection *w = a->selection;
  kh_select_add(s, "SELECT m.doc, m.n, m.entry, m.day, m.status, m.according_to, " EARLIER
                   " AS before FROM ledger_step m WHERE m.status IS NOT " EARLIER);
  kh_asking_between(a, s, "m.day_number");
  if (meant->actor.count) kh_select_text(s, " AND m.entry IN (" PART_OF ")", meant->actor.json);
  if (meant->by.count)
    kh_select_text(s, " AND m.entry IN (" PART_OF " AND role_code = 5)", meant->by.json);
  if (meant->place.count)
    kh_select_text(s,
                   " AND m.entry IN (SELECT entry FROM ledger WHERE place IN "
                   "(SELECT value FROM json_each(?)))",
                   meant->place.json);
  if (kh_told(w->type)) {
    kh_select_add(s, " AND m.entry IN (SELECT entry FROM ledger WHERE 1");
    kh_select_codes(s, "kind_code", KH_CODE_STEP_KIND, w->type);
    kh_select_add(s, ")");
  }
  if (kh_told(w->outlet))
    kh_select_text(s,
                   " AND EXISTS (SELECT 1 FROM document d JOIN outlet o ON o.outlet = d.outlet "
                   "WHERE d.doc = m.doc AND o.name = ?)",
                   w->outlet);
  kh_select_add(s, w->reverse ? " ORDER BY m.day_number, m.doc, m.n"
                              : " ORDER BY m.day_number DESC, m.doc DESC, m.n DESC");
  kh_asking_page(a, s);
}

kh_status kh_ask_changes(kh_asking *a) {
  kh_meant *meant = NULL;
  kh_status status = kh_meant_open(a, &meant);
  if (status == KH_OK && !kh_told(a->selection->from))
    status = kh_fail(a->error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                     "say since which day (from): YYYY-MM-DD");
  if (status == KH_OK) {
    kh_select s;
    kh_select_begin(&s, a->store, a->error);
    kh_select_add(&s, "SELECT json_object('entry', json_object(" ENTRY "), 'before', p.before, "
                      "'status', p.status, 'day', p.day, "
                      "'according_to', " KH_JSON_REF("p.according_to") ", "
                                                                       "'quote', " KH_JSON_QUOTE(
                                                                           "c", "p") ") FROM (");
    add_changes(a, &s, meant);
    kh_select_add(&s, ") p CROSS JOIN ledger l ON l.entry = p.entry "
                      "JOIN step c ON c.doc = p.doc AND c.n = p.n " KH_JOIN_QUOTE("c"));
    status = kh_asking_give(a, &s);
    kh_select_end(&s);
  }
  kh_meant_close(a, meant);
  return status;
}
