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
  run(db,
      "INSERT INTO part(layer, doc, n, role, entity) VALUES('v', 5, 77, 'actor', %d), "
      "('p', 5, 77, 'by', %d), ('v', 900, 2, 'actor', %d)",
      ARMY, ARMY, ARMY);
  run(db, "UPDATE entity SET country = '' WHERE entity = %d", SARAQIB);
  for (int i = 0; i < 300; i++)
    run(db, "INSERT INTO part(layer, doc, n, role, entity) VALUES('v', 900, 3, 'recipient', %d)",
        1000 + i);
  for (int i = 0; i < 300; i++)
    run(db, "INSERT INTO entity(entity, kind, named, name, doc) VALUES(%d, 'org', 1, 'x', 1)",
        1000 + i);
  merge(db);
  assert_int_equal(happening_of(db, 6, 1), -1);
  assert_int_equal(happening_of(db, 900, 3), ((int64_t)900 << 20) + 3);
  sqlite3_close(db);
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
  sqlite3 *db = small_world();
  merge(db);
  char *whole = derived(db);
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
    cmocka_unit_test(twice_is_once),
    cmocka_unit_test(bit_by_bit_as_all_at_once),
    cmocka_unit_test(nothing_to_merge),
    cmocka_unit_test(odd_rows),
    cmocka_unit_test(every_allocation_fails_once),
    cmocka_unit_test(a_table_is_gone),
    cmocka_unit_test(nothing_can_be_written),
    cmocka_unit_test(interrupted_anywhere),
};
const size_t run_test_count = sizeof run_tests / sizeof *run_tests;
