// SPDX-License-Identifier: Apache-2.0
// The ledger of steps.
#include "merge/tests.h"

#define ONE(db, d1, n1, d2, n2) assert_int_equal(entry_of(db, d1, n1), entry_of(db, d2, n2))
#define TWO(db, d1, n1, d2, n2) assert_int_not_equal(entry_of(db, d1, n1), entry_of(db, d2, n2))

static void one_step_and_its_story(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  document(db, 1, 1, "2021-03-01");
  document(db, 2, 2, "2021-03-10");
  document(db, 3, 1, "2021-03-20");
  step(db, 1, 1, (step_told){.place = IDLIB, .by = ARMY, .asked_by = UN, .according_to = UN});
  step(db, 2, 1,
       (step_told){.place = IDLIB, .by = REBELS, .status = "agreed", .day = "2021-03-09"});
  step(db, 3, 1, (step_told){.place = SARAQIB, .by = ARMY, .status = "violated"});
  step(db, 3, 2, (step_told){.place = IDLIB, .by = ARMY, .asked_by = UN}); // asked again
  step(db, 3, 3, (step_told){.kind = "withdrawal", .place = IDLIB, .by = ARMY});
  merge(db);
  ONE(db, 1, 1, 2, 1);
  ONE(db, 1, 1, 3, 1);
  ONE(db, 1, 1, 3, 2);
  TWO(db, 1, 1, 3, 3);
  char text[256];
  assert_string_equal(ask_text(db, text,
                               "SELECT entry || kind || place || status || status_day || first_day "
                               "|| last_day || doc || n || mentions || sources FROM ledger WHERE "
                               "kind = 'ceasefire'"),
                      "1048577ceasefire3violated2021-03-202021-03-012021-03-201142");
  assert_string_equal(
      ask_text(db, text,
               "SELECT group_concat(day || status || ifnull(according_to, '-'), ' ') "
               "FROM (SELECT * FROM ledger_step WHERE entry = 1048577 ORDER BY doc, n)"),
      "2021-03-01demanded13 2021-03-09agreed- 2021-03-20violated- 2021-03-20demanded-");
  assert_string_equal(ask_text(db, text,
                               "SELECT group_concat(role || entity, ' ') FROM (SELECT * FROM "
                               "ledger_part ORDER BY role, entity) WHERE "
                               "entry = 1048577"),
                      "asked_by13 by10 by11");
  sqlite3_close(db);
}

static void other_doers_other_places(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  for (int doc = 1; doc <= 9; doc++) document(db, doc, doc, "2021-03-01");
  step(db, 1, 1, (step_told){.kind = "detainees", .by = ARMY});
  step(db, 2, 1, (step_told){.kind = "detainees", .by = HOUTHIS}); // another state's
  step(db, 3, 1, (step_told){.kind = "detainees", .by = REBELS, .place = ALEPPO});
  step(db, 4, 1, (step_told){.kind = "detainees", .by = ARMY, .place = ALEPPO});
  step(db, 5, 1, (step_told){.kind = "detainees", .by = ARMY, .place = IDLIB});
  step(db, 6, 1, (step_told){.kind = "opening", .by = POLICE, .place = IDLIB});
  step(db, 7, 1, (step_told){.kind = "opening", .by = POLICE, .place = SARAQIB});
  step(db, 8, 1, (step_told){.kind = "talks", .by = ARMY, .place = NOWHERE});
  step(db, 9, 1, (step_told){.kind = "talks", .by = HOUTHIS, .place = SARAQIB});
  step(db, 9, 2, (step_told){.kind = "talks", .by = ARMY, .place = YEMEN});
  step(db, 9, 3, (step_told){.kind = "talks", .by = REBELS, .place = BINNISH, .asked_by = UN});
  step(db, 9, 4, (step_told){.kind = "talks", .by = ARMY, .place = IDLIB, .asked_by = UN});
  step(db, 9, 5, (step_told){.kind = "talks", .place = SYRIA, .asked_by = UN});
  merge(db);
  TWO(db, 1, 1, 2, 1);
  ONE(db, 1, 1, 4, 1);
  TWO(db, 4, 1, 3, 1); // kin, but not the same
  TWO(db, 4, 1, 5, 1); // they do it here and there
  ONE(db, 6, 1, 7, 1); // «the police» of one state
  TWO(db, 8, 1, 9, 1);
  TWO(db, 8, 1, 9, 2);
  ONE(db, 9, 3, 9, 4);
  sqlite3_close(db);
}

static void time_passes(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  static const char *const days[] = {"",           "2021-01-01", "2021-03-01",
                                     "2021-09-01", "2021-01-20", "2021-02-20"};
  for (int doc = 1; doc <= 5; doc++) document(db, doc, doc, days[doc]);
  document(db, 6, 6, NULL);
  for (int doc = 1; doc <= 3; doc++) step(db, doc, 1, (step_told){.by = ARMY, .place = IDLIB});
  step(db, 1, 2, (step_told){.kind = "detainees", .by = ARMY, .status = "met"});
  step(db, 4, 2, (step_told){.kind = "detainees", .by = ARMY, .status = "promised"}); // others now
  step(db, 5, 2, (step_told){.kind = "detainees", .by = ARMY, .status = "met"});
  step(db, 6, 1, (step_told){.by = ARMY, .place = IDLIB});
  merge(db);
  ONE(db, 1, 1, 2, 1);
  TWO(db, 1, 1, 3, 1); // half a year of silence
  TWO(db, 1, 2, 4, 2);
  ONE(db, 4, 2, 5, 2);
  assert_int_equal(ask(db, "SELECT count(*) FROM ledger_step WHERE day IS NULL"), 1);
  sqlite3_close(db);
}

static void a_report_says_it_is_the_same(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  document(db, 1, 1, "2021-03-10");
  step(db, 1, 1, (step_told){.by = ARMY, .place = IDLIB});
  step(db, 1, 2, (step_told){.by = HOUTHIS, .same_as = 1, .day = "2021-03-12"});
  step(db, 1, 3, (step_told){.kind = "talks", .by = ARMY, .same_as = 1});
  step(db, 1, 4, (step_told){.same_as = 9});
  step(db, 1, 5, (step_told){.by = HOUTHIS, .same_as = 4, .day = "2021-01-01"});
  merge(db);
  ONE(db, 1, 1, 1, 2);
  TWO(db, 1, 1, 1, 3);
  sqlite3_close(db);
}

static void what_waits_for_what(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  document(db, 1, 1, "2021-03-10");
  document(db, 2, 1, "2021-03-11");
  step(
      db, 1, 1,
      (step_told){.kind = "detainees", .by = ARMY, .start = 100, .for_start = 200, .for_end = 220});
  step(db, 1, 2, (step_told){.kind = "talks", .by = REBELS, .start = 210, .status = "conditional"});
  step(db, 1, 3,
       (step_told){.kind = "opening", .by = ARMY, .start = 300, .for_start = 900, .for_end = 950});
  step(db, 2, 1,
       (step_told){.kind = "talks", .by = REBELS, .start = 10, .for_start = 12, .for_end = 20});
  step(db, 2, 2, (step_told){.kind = "talks", .by = REBELS, .start = 14, .same_as = 1});
  merge(db);
  assert_int_equal(ask(db, "SELECT count(*) FROM condition"), 3);
  assert_int_equal(
      ask(db, "SELECT entry FROM condition WHERE needs = %lld", (long long)entry_of(db, 1, 1)),
      entry_of(db, 1, 2));
  assert_int_equal(
      ask(db, "SELECT entry FROM condition WHERE needs = %lld", (long long)entry_of(db, 1, 3)), -1);
  assert_int_equal(ask(db, "SELECT entry FROM condition WHERE doc = 2"), -1); // not for itself
  sqlite3_close(db);
}

static void statuses_that_clash(void **state) {
  (void)state;
  static const struct {
    const char *a, *b;
    bool clash;
  } cases[] = {
      {"met", "violated", true},      {"violated", "met", true},   {"under_way", "not_met", true},
      {"not_met", "under_way", true}, {"agreed", "refused", true}, {"refused", "promised", true},
      {"agreed", "violated", false},  {"demanded", "met", false},  {"refused", "demanded", false},
      {"met", "met", false},          {"suspended", "met", false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    sqlite3 *db = fresh();
    document(db, 1, 1, "2021-03-10");
    document(db, 2, 2, "2021-03-11");
    step(db, 1, 1, (step_told){.place = IDLIB, .by = ARMY, .status = cases[i].a});
    step(db, 2, 1, (step_told){.place = IDLIB, .by = ARMY, .status = cases[i].b});
    merge(db);
    ONE(db, 1, 1, 2, 1);
    assert_int_equal(ask(db, "SELECT count(*) FROM contradiction WHERE kind = 'step'"),
                     cases[i].clash);
    sqlite3_close(db);
  }
}

static void who_says_so_and_when(void **state) {
  (void)state;
  static const struct {
    int outlet, by_first, by_second;
    const char *day;
    int clashes;
  } cases[] = {{2, 0, 0, "2021-03-11", 1},         // two outlets
               {1, 0, 0, "2021-03-11", 0},         // one that reports the course of things
               {1, ARMY, REBELS, "2021-03-11", 1}, // two speakers
               {2, ARMY, ARMY, "2021-03-11", 0},   // one that takes back his word
               {1, 0, REBELS, "2021-03-11", 1},
               {2, ARMY, REBELS, "2021-03-20", 0}, // long after
               {2, 0, 0, NULL, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    sqlite3 *db = fresh();
    document(db, 1, 1, "2021-03-10");
    document(db, 2, cases[i].outlet, cases[i].day);
    step(db, 1, 1,
         (step_told){
             .place = IDLIB, .by = ARMY, .status = "met", .according_to = cases[i].by_first});
    step(db, 2, 1,
         (step_told){
             .place = IDLIB, .by = ARMY, .status = "violated", .according_to = cases[i].by_second});
    merge(db);
    assert_int_equal(ask(db, "SELECT count(*) FROM contradiction"), cases[i].clashes);
    sqlite3_close(db);
  }
}

static void the_latest_status(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  document(db, 1, 1, "2021-03-10");
  document(db, 2, 2, "2021-03-10");
  document(db, 3, 3, "2021-03-08");
  step(db, 1, 1, (step_told){.place = IDLIB, .by = ARMY, .status = "met"}); // the report itself
  step(db, 2, 1,
       (step_told){.place = IDLIB, .by = ARMY, .status = "refused", .according_to = REBELS});
  step(db, 3, 1, (step_told){.place = IDLIB, .by = ARMY, .status = "agreed"}); // of an earlier day
  merge(db);
  assert_int_equal(ask(db, "SELECT count(*) FROM ledger"), 1);
  assert_int_equal(ask(db, "SELECT status = 'met' FROM ledger"), 1);
  run(db, "UPDATE step SET according_to = NULL");
  merge(db);
  assert_int_equal(ask(db, "SELECT status = 'refused' FROM ledger"),
                   1); // of equals the later report
  run(db, "UPDATE step SET status_code = 1");
  merge(db);
  assert_int_equal(ask(db, "SELECT status_day = '2021-03-10' FROM ledger"), 1);
  sqlite3_close(db);
}

static void many_lines_of_one_entry(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  run(db, "BEGIN");
  for (int doc = 1; doc <= 200; doc++) {
    document(db, doc, doc % 20 + 1, "2021-03-10");
    step(db, doc, 1,
         (step_told){.place = IDLIB, .by = ARMY, .status = doc == 150 ? "violated" : "met"});
    step(db, doc, 2,
         (step_told){
             .kind = "opening", .place = doc % 2 ? SARAQIB : ALEPPO, .by = doc % 3 ? ARMY : 0});
  }
  run(db, "COMMIT");
  merge(db);
  assert_int_equal(ask(db, "SELECT mentions FROM ledger WHERE kind = 'ceasefire'"), 200);
  assert_int_equal(ask(db, "SELECT sources FROM ledger WHERE kind = 'ceasefire'"), 20);
  assert_int_equal(ask(db, "SELECT count(*) FROM contradiction"), 1);
  sqlite3_close(db);
}

const struct CMUnitTest ledger_tests[] = {
    cmocka_unit_test(one_step_and_its_story),
    cmocka_unit_test(other_doers_other_places),
    cmocka_unit_test(time_passes),
    cmocka_unit_test(a_report_says_it_is_the_same),
    cmocka_unit_test(what_waits_for_what),
    cmocka_unit_test(statuses_that_clash),
    cmocka_unit_test(who_says_so_and_when),
    cmocka_unit_test(the_latest_status),
    cmocka_unit_test(many_lines_of_one_entry),
};
const size_t ledger_test_count = sizeof ledger_tests / sizeof *ledger_tests;
