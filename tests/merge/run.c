// SPDX-License-Identifier: Apache-2.0
// The whole of a merging: again, bit by bit, out of memory, out of disk.
#include "merge/tests.h"

/// Adds reports `from` to `to` of a small world.
static void add(sqlite3 *db, int from, int to) {
  char day[11];
  for (int doc = from; doc <= to; doc++) {
    kh_day_write(kh_day_number("2021-03-01") + doc / 3, day);
    document(db, doc, doc % 4, day);
    run(db, "INSERT INTO document_entity(doc, n, entity, mentions) VALUES(%d, 1, %d, 1)", doc,
        doc % 2 ? SARAQIB : UN);
    event(db, doc, 1,
          (told){.place = doc % 2 ? SARAQIB : IDLIB,
                 .start = 10,
                 .actor = ARMY,
                 .negated = doc % 5 == 0});
    event(db, doc, 2,
          (told){.type = "COERCE",
                 .mode = "seize",
                 .place = ARIHA,
                 .start = 300,
                 .actor = doc % 2 ? ARMY : HOUTHIS,
                 .recipient = DOCTOR});
    figure(db, doc, 1, (figure_told){.value = doc % 7 + 1, .start = 20, .source = UN});
    figure(db, doc, 2, (figure_told){.value = 10 * doc, .what = "displaced", .place = IDLIB});
    step(db, doc, 1,
         (step_told){.place = IDLIB,
                     .by = ARMY,
                     .asked_by = UN,
                     .start = 30,
                     .status = doc % 2 ? "met" : "violated",
                     .for_start = 60,
                     .for_end = 70});
    step(db, doc, 2, (step_told){.kind = "talks", .by = REBELS, .start = 62});
  }
}

static sqlite3 *small_world(void) {
  sqlite3 *db = fresh();
  run(db, "INSERT INTO entity(entity, kind, named, name, country, doc) VALUES"
          "(101, 'person', 1, 'الحريري', 'SYR', 1), (102, 'person', 1, 'بركات', '', 1)");
  add(db, 1, 20);
  run(db, "INSERT INTO decision(decision, at, user, action, layer, changed) VALUES"
          "(1, '2021', 'anna', 'merge', 'h', 1), (2, '2021', 'anna', 'split', 'r', 2), "
          "(3, '2021', 'anna', 'reject', 'l', 3);"
          "INSERT INTO decision_target(decision, number, layer, doc, n, start, end, type) VALUES"
          "(1, 0, 'v', 1, 1, 0, 0, ''), (1, 1, 'v', 9, 2, 0, 0, ''), (2, 0, 'f', 1, 1, 0, 0, ''), "
          "(2, 1, 'f', 3, 1, 0, 0, ''), (3, 0, 'p', 1, 1, 0, 0, ''), (3, 1, 'p', 4, 1, 0, 0, '')");
  return db;
}

static void twice_is_once(void **state) {
  (void)state;
  sqlite3 *db = small_world();
  merge(db);
  char *once = derived(db);
  const int changes = sqlite3_total_changes(db);
  merge(db);
  assert_int_equal(sqlite3_total_changes(db), changes); // not a row was touched
  char *twice = derived(db);
  assert_string_equal(once, twice);
  sqlite3_free(once);
  sqlite3_free(twice);
  sqlite3_close(db);
}

static void bit_by_bit_as_all_at_once(void **state) {
  (void)state;
  sqlite3 *whole = small_world();
  add(whole, 21, 40);
  merge(whole);
  sqlite3 *grown = small_world();
  merge(grown);
  for (int doc = 21; doc <= 40; doc += 4) {
    add(grown, doc, doc + 3);
    merge(grown);
  }
  char *a = derived(whole), *b = derived(grown);
  assert_string_equal(a, b);
  // what goes leaves nothing behind
  static const char *const tables[] = {"event", "figure",          "step",
                                       "part",  "document_entity", "document"};
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
    run(grown, "DELETE FROM %s WHERE doc > 20", tables[i]);
  merge(grown);
  sqlite3 *small = small_world();
  merge(small);
  char *c = derived(grown), *d = derived(small);
  assert_string_equal(c, d);
  sqlite3_free(a);
  sqlite3_free(b);
  sqlite3_free(c);
  sqlite3_free(d);
  sqlite3_close(whole);
  sqlite3_close(grown);
  sqlite3_close(small);
}

static void nothing_to_merge(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  merge(db);
  run(db, "DELETE FROM entity");
  merge(db);
  assert_int_equal(ask(db, "SELECT count(*) FROM happening"), 0);
  sqlite3_close(db);
}

static void odd_rows(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  document(db, 5, 1, "2021-03-03");
  document(db, 900, 1, "2021-03-03");
  event(db, 5, 1, (told){.type = "NO SUCH TYPE", .mode = "nor mode", .place = ARMY, .actor = 999});
  event(db, 6, 1, (told){.place = SARAQIB}); // of no document
  event(db, 900, 3, (told){.place = SARAQIB, .actor = ARMY});
  figure(db, 5, 1,
         (figure_told){.value = -3, .what = "nothing known", .bound = "?", .counted = "?"});
  step(db, 5, 1, (step_told){.kind = "?", .status = "?", .by = 999});
  part(db, 5, 77, "actor", ARMY);
  part(db, 5, 77, "by", ARMY);
  part(db, 900, 2, "actor", ARMY);
  run(db, "UPDATE entity SET country = '' WHERE entity = %d", SARAQIB);
  for (int i = 0; i < 300; i++) part(db, 900, 3, "recipient", 1000 + i);
  for (int i = 0; i < 300; i++)
    run(db, "INSERT INTO entity(entity, kind, named, name, doc) VALUES(%d, 'org', 1, 'x', 1)",
        1000 + i);
  merge(db);
  assert_int_equal(happening_of(db, 6, 1), -1);
  assert_int_equal(happening_of(db, 900, 3), ((int64_t)900 << 20) + 3);
  sqlite3_close(db);
}

// ---- worlds by chance

typedef struct chance {
  uint64_t state;
} chance;

static int pick(chance *c, int below) {
  c->state = c->state * 6364136223846793005ULL + 1442695040888963407ULL;
  return (int)(c->state >> 33) % below;
}

/// One of the entities, or nobody.
static int somebody(chance *c) {
  static const int who[] = {0,     0,        ARMY,   REBELS, HOUTHIS, UN,  GUNMEN,
                            ENVOY, MINISTER, DOCTOR, POLICE, YEMEN,   103, 104};
  return who[pick(c, (int)(sizeof who / sizeof *who))];
}

static int somewhere(chance *c) {
  static const int where[] = {0,       0,    SYRIA, IDLIB,   SARAQIB, SARAQIB, ARIHA, ALEPPO,
                              BINNISH, GAZA, YEMEN, NOWHERE, 105,     106,     107};
  return where[pick(c, (int)(sizeof where / sizeof *where))];
}

static const char *some_day(chance *c, char day[11]) {
  kh_day_write(kh_day_number("2021-03-01") + pick(c, 6) * pick(c, 40), day);
  return pick(c, 4) ? day : NULL;
}

static void some_event(sqlite3 *db, chance *c, int doc, int n) {
  static const char *const types[] = {"ASSAULT", "ASSAULT", "COERCE", "CONSULT",
                                      "PROTEST", "ACCUSE",  "RETREAT"};
  static const char *const modes[] = {NULL,     NULL,    "heavy",  "aerial",
                                      "abduct", "seize", "arrest", "release"};
  char day[11], until[11];
  told t = {.type = types[pick(c, 7)],
            .mode = modes[pick(c, 8)],
            .place = somewhere(c),
            .actor = somebody(c),
            .recipient = somebody(c),
            .start = 100 * n,
            .negated = pick(c, 9) == 0};
  t.day = some_day(c, day);
  if (t.day && pick(c, 4) == 0) {
    kh_day_write(kh_day_number(day) + pick(c, 30), until);
    t.until = until;
  }
  event(db, doc, n, t);
}

static void some_figure(sqlite3 *db, chance *c, int doc, int n) {
  static const char *const what[] = {"killed",   "killed",    "wounded",
                                     "detained", "displaced", "released"};
  static const char *const counted[] = {"persons", "civilians", "children"};
  static const char *const bounds[] = {"exact", "exact", "about", "at_least", "at_most"};
  const int value = pick(c, 30) * (pick(c, 10) ? 1 : 40);
  figure(db, doc, n,
         (figure_told){.value = value,
                       .high = pick(c, 6) ? 0 : value + 3,
                       .what = what[pick(c, 6)],
                       .counted = counted[pick(c, 3)],
                       .bound = bounds[pick(c, 5)],
                       .place = somewhere(c),
                       .source = somebody(c),
                       .start = 100 * n + pick(c, 300),
                       .part_of = pick(c, 5) == 0 ? 1 : 0,
                       .since = pick(c, 6) ? NULL : "2021-01-01"});
}

static void some_step(sqlite3 *db, chance *c, int doc, int n) {
  static const char *const kinds[] = {"ceasefire", "ceasefire",         "detainees",
                                      "talks",     "safe_zone",         "agreement",
                                      "elections", "political_process", "opening"};
  static const char *const statuses[] = {"demanded",  "conditional", "promised", "agreed",
                                         "under_way", "met",         "not_met",  "refused",
                                         "violated",  "suspended"};
  char day[11];
  step(db, doc, n,
       (step_told){.kind = kinds[pick(c, 9)],
                   .status = statuses[pick(c, 10)],
                   .day = some_day(c, day),
                   .place = somewhere(c),
                   .by = somebody(c),
                   .asked_by = somebody(c),
                   .according_to = somebody(c),
                   .same_as = pick(c, 8) ? 0 : pick(c, 4) + 1,
                   .start = 50 * n,
                   .for_start = pick(c, 3) ? 0 : 50 * pick(c, 6),
                   .for_end = 60 * pick(c, 6)});
}

static void add_by_chance(sqlite3 *db, chance *c, int from, int to) {
  char day[11];
  for (int doc = from; doc <= to; doc++) {
    document(db, doc, pick(c, 6), pick(c, 12) ? some_day(c, day) : NULL);
    if (doc > 1 && pick(c, 8) == 0)
      run(db,
          "UPDATE document SET copy_of = %d WHERE doc = %d AND NOT EXISTS (SELECT 1 FROM document "
          "o "
          "WHERE o.doc = %d AND o.copy_of IS NOT NULL)",
          doc - 1, doc, doc - 1);
    for (int n = 1; n <= pick(c, 6); n++) some_event(db, c, doc, n);
    for (int n = 1; n <= pick(c, 5); n++) some_figure(db, c, doc, n);
    for (int n = 1; n <= pick(c, 5); n++) some_step(db, c, doc, n);
    for (int n = 1, where; n <= pick(c, 4); n++)
      if ((where = somewhere(c)) != 0)
        run(db, "INSERT INTO document_entity(doc, n, entity, mentions) VALUES(%d, %d, %d, %d)", doc,
            n, where, n);
  }
}

static sqlite3 *by_chance(chance *c, int reports) {
  sqlite3 *db = fresh();
  run(db,
      "INSERT INTO entity(entity, kind, named, name, country, known_id, doc) VALUES"
      "(101, 'person', 1, 'الحريري', 'SYR', NULL, 1), (102, 'person', 1, 'بركات', '', NULL, 1), "
      "(103, 'org', 1, 'الشرطة السورية', 'SYR', NULL, 1), (104, 'media', 1, 'قناة', '', NULL, 1), "
      "(105, 'place', 1, 'البادية', 'SYR', 'r-badia', 1), (106, 'place', 1, 'سراقب', '', NULL, 1), "
      "(107, 'place', 1, 'دارفور', 'SDN', 'r-darfur', 1)");
  run(db, "BEGIN");
  add_by_chance(db, c, 1, reports);
  run(db, "COMMIT");
  return db;
}

/// What holds of every record.
static void check_invariants(sqlite3 *db) {
  static const char *const nought[] = {
      "SELECT count(*) FROM event e WHERE (SELECT count(*) FROM happening_event m WHERE m.doc = "
      "e.doc AND m.n = e.n) <> 1",
      "SELECT count(*) FROM figure e WHERE (SELECT count(*) FROM series_figure m WHERE m.doc = "
      "e.doc AND m.n = e.n) <> 1",
      "SELECT count(*) FROM step e WHERE (SELECT count(*) FROM ledger_step m WHERE m.doc = e.doc "
      "AND m.n = e.n) <> 1",
      "SELECT count(*) FROM happening h WHERE h.happening <> (SELECT min(m.doc * 1048576 + m.n) "
      "FROM happening_event m "
      "WHERE m.happening = h.happening)",
      "SELECT count(*) FROM series h WHERE h.series <> (SELECT min(m.doc * 1048576 + m.n) FROM "
      "series_figure m "
      "WHERE m.series = h.series)",
      "SELECT count(*) FROM ledger h WHERE h.entry <> (SELECT min(m.doc * 1048576 + m.n) FROM "
      "ledger_step m "
      "WHERE m.entry = h.entry)",
      "SELECT count(*) FROM happening h WHERE h.mentions <> (SELECT count(*) FROM happening_event "
      "m WHERE "
      "m.happening = h.happening) OR h.sources > h.documents OR h.documents > h.mentions OR "
      "h.sources < 1",
      "SELECT count(*) FROM series WHERE NOT low <= best OR NOT best <= high OR sources > figures "
      "OR figures < 1",
      "SELECT count(*) FROM series s JOIN figure f ON f.doc = s.best_doc AND f.n = s.best_n WHERE "
      "f.value <> s.best",
      "SELECT count(*) FROM happening h JOIN event e USING (doc, n) WHERE e.type <> h.type",
      "SELECT count(*) FROM ledger l JOIN ledger_step m USING (entry) JOIN step s ON s.doc = m.doc "
      "AND s.n = m.n "
      "WHERE s.kind <> l.kind",
      "SELECT count(*) FROM ledger WHERE first_day > last_day OR status_day > last_day OR "
      "status_day < first_day",
      "SELECT count(*) FROM condition WHERE entry = needs",
      "SELECT count(*) FROM entity a JOIN entity b ON b.entity = a.merged_into WHERE b.merged_into "
      "IS NOT NULL"};
  for (size_t i = 0; i < sizeof nought / sizeof *nought; i++)
    if (ask(db, "%s", nought[i]) != 0) fail_msg("%s", nought[i]);
}

static void whatever_comes(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 30; seed++) {
    chance a = {seed}, b = {seed};
    sqlite3 *whole = by_chance(&a, 60);
    merge(whole);
    check_invariants(whole);
    sqlite3 *grown = by_chance(&b, 20);
    for (int doc = 21; doc <= 60; doc += 10) {
      merge(grown);
      add_by_chance(grown, &b, doc, doc + 9);
    }
    merge(grown);
    char *x = derived(whole), *y = derived(grown);
    assert_string_equal(x, y);
    sqlite3_free(x);
    sqlite3_free(y);
    sqlite3_close(whole);
    sqlite3_close(grown);
  }
}

// ---- memory

typedef struct meter {
  int left;  // allocations that still succeed
  long live; // bytes
} meter;

static void *metered(void *context, void *pointer, size_t old_size, size_t size) {
  meter *m = context;
  if (size && m->left-- <= 0) return NULL;
  m->live += (long)size - (long)old_size;
  if (size) return realloc(pointer, size);
  free(pointer);
  return NULL;
}

static void every_allocation_fails_once(void **state) {
  (void)state;
  chance c = {7};
  sqlite3 *db = by_chance(&c, 150);
  run(db, "INSERT INTO decision(decision, at, user, action, layer, changed) VALUES(1, '2021', "
          "'anna', 'split', 'h', 1)");
  run(db, "INSERT INTO decision_target(decision, number, layer, doc, n, start, end, type) "
          "SELECT 1, row_number() OVER () - 1, 'v', doc, n, 0, 0, '' FROM (SELECT * FROM event "
          "ORDER BY doc, n LIMIT 150)");
  merge(db);
  char *whole = derived(db);
  // so that there is much to note
  run(db, "DELETE FROM happening WHERE happening %% 2; DELETE FROM ledger_part WHERE entity %% 2; "
          "UPDATE series SET low = 0");
  bool done = false;
  for (int n = 0; !done; n++) {
    assert_in_range(n, 0, 10000);
    meter m = {.left = n};
    const kh_allocator allocator = {metered, &m};
    kh_error error = {0};
    run(db, "BEGIN");
    const kh_status status = kh_merge_run(db, &allocator, &error);
    assert_int_equal(m.live, 0);
    if (status != KH_OK) assert_int_equal(status, KH_ERROR_MEMORY);
    if (status != KH_OK) assert_int_equal(error.code, KH_ERROR_MEMORY);
    done = status == KH_OK;
    run(db, done ? "COMMIT" : "ROLLBACK");
  }
  char *again = derived(db);
  assert_string_equal(whole, again);
  sqlite3_free(whole);
  sqlite3_free(again);
  sqlite3_close(db);
}

// ---- the database

static void a_table_is_gone(void **state) {
  (void)state;
  static const char *const tables[] = {
      "document",      "entity",          "event",       "figure",          "step",
      "part",          "document_entity", "happening",   "happening_event", "series",
      "series_figure", "ledger",          "ledger_step", "ledger_part",     "condition",
      "contradiction", "proposal",        "decision"};
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    sqlite3 *db = small_world();
    run(db, "DROP TABLE %s", tables[i]);
    kh_error error = {0};
    const kh_status status = kh_merge_run(db, NULL, &error);
    assert_int_equal(status, KH_ERROR_IO);
    assert_non_null(strstr(error.message, "no such table"));
    assert_int_equal(sqlite3_close(db), SQLITE_OK); // nothing was left open
  }
}

static void nothing_can_be_written(void **state) {
  (void)state;
  static const char *const tables[] = {
      "entity", "proposal",    "happening",   "happening_event", "series",       "series_figure",
      "ledger", "ledger_step", "ledger_part", "condition",       "contradiction"};
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
    for (int what = 0; what < 3; what++) {
      static const char *const actions[] = {"INSERT", "UPDATE", "DELETE"};
      sqlite3 *db = small_world();
      if (what) merge(db);
      run(db, "CREATE TRIGGER no BEFORE %s ON %s BEGIN SELECT raise(ABORT, 'no space'); END",
          actions[what], tables[i]);
      if (what == 1) run(db, "UPDATE document SET outlet = 9, published = '2021-03-09'");
      if (what == 2)
        run(db, "DELETE FROM document; UPDATE entity SET name = 'x' WHERE entity > 100");
      kh_error error = {0};
      const kh_status status = kh_merge_run(db, NULL, &error);
      assert_true(status == KH_OK || status == KH_ERROR_IO);
      if (!what && i) assert_int_equal(status, KH_ERROR_IO);
      if (status != KH_OK) assert_non_null(strstr(error.message, "no space"));
      assert_int_equal(sqlite3_close(db), SQLITE_OK);
    }
}

/// Interrupts SQLite after so many of its instructions.
static int interrupt(void *context) {
  int *left = context;
  return (*left)-- <= 0;
}

static void interrupted_anywhere(void **state) {
  (void)state;
  sqlite3 *db = small_world();
  merge(db);
  char *whole = derived(db);
  bool done = false;
  for (int n = 0; !done; n += n / 16 + 1) {
    int left = n;
    run(db, "BEGIN");
    sqlite3_progress_handler(db, 20, interrupt, &left);
    const kh_status status = kh_merge_run(db, NULL, NULL);
    sqlite3_progress_handler(db, 0, NULL, NULL);
    assert_true(status == KH_OK || status == KH_ERROR_IO);
    done = status == KH_OK;
    if (sqlite3_get_autocommit(db) == 0) run(db, done ? "COMMIT" : "ROLLBACK");
    assert_in_range(n, 0, 10000000);
  }
  char *again = derived(db);
  assert_string_equal(whole, again);
  sqlite3_free(whole);
  sqlite3_free(again);
  sqlite3_close(db);
}

const struct CMUnitTest run_tests[] = {
    cmocka_unit_test(twice_is_once),        cmocka_unit_test(bit_by_bit_as_all_at_once),
    cmocka_unit_test(nothing_to_merge),     cmocka_unit_test(odd_rows),
    cmocka_unit_test(whatever_comes),       cmocka_unit_test(every_allocation_fails_once),
    cmocka_unit_test(a_table_is_gone),      cmocka_unit_test(nothing_can_be_written),
    cmocka_unit_test(interrupted_anywhere),
};
const size_t run_test_count = sizeof run_tests / sizeof *run_tests;
