// SPDX-License-Identifier: Apache-2.0
// Figures side by side.
#include "merge/tests.h"

/// Reports of one shelling, each with a number of dead: `value[i]` by outlet i + 1 on day[i].
static sqlite3 *reports(int count, const double *values, const char *const *days,
                        const char *const *bounds) {
  sqlite3 *db = fresh();
  for (int i = 0; i < count; i++) {
    document(db, i + 1, i + 1, days[i]);
    event(db, i + 1, 1, (told){.place = SARAQIB, .day = "2021-03-03", .start = 50});
    figure(
        db, i + 1, 1,
        (figure_told){
            .value = values[i], .place = SARAQIB, .start = 60, .bound = bounds ? bounds[i] : NULL});
  }
  merge(db);
  return db;
}

static void best_is(int count, const double *values, const char *const *days,
                    const char *const *bounds, double best) {
  sqlite3 *db = reports(count, values, days, bounds);
  char text[256];
  assert_int_equal(ask(db, "SELECT count(*) FROM series"), 1);
  assert_true(strtod(ask_text(db, text, "SELECT best FROM series"), NULL) == best);
  assert_true(ask(db, "SELECT f.value = s.best FROM series s JOIN figure f ON f.doc = s.best_doc "
                      "AND f.n = s.best_n") == 1);
  sqlite3_close(db);
}

static void the_best_value(void **state) {
  (void)state;
  static const char *const same[] = {"2021-03-04", "2021-03-04", "2021-03-04", "2021-03-04"};
  static const char *const growing[] = {"2021-03-04", "2021-03-04", "2021-03-07", "2021-03-07"};
  best_is(3, (const double[]){5, 7, 7}, same, NULL, 7); // most sources
  best_is(2, (const double[]){7, 5}, same, NULL, 5);    // of equals the lower
  best_is(2, (const double[]){5, 7}, (const char *const[]){"2021-03-04", "2021-03-05"}, NULL, 7);
  best_is(4, (const double[]){5, 5, 7, 7}, growing, NULL, 7); // those who spoke last
  best_is(3, (const double[]){5, 5, 1}, growing, NULL, 5);    // two do not become less
  best_is(2, (const double[]){10, 9}, same, (const char *const[]){"about", "exact"}, 9);
  best_is(2, (const double[]){10, 9}, growing, (const char *const[]){"about", "about"}, 9);
  best_is(3, (const double[]){10, 9, 9},
          (const char *const[]){"2021-03-03", "2021-03-03", "2021-03-20"},
          (const char *const[]){"exact", "about", "about"}, 9);
}

static void one_row_has_it_all(void **state) {
  (void)state;
  static const char *const days[] = {"2021-03-03", "2021-03-04", "2021-03-04"};
  sqlite3 *db = reports(3, (const double[]){5, 7, 7}, days, NULL);
  char text[256];
  assert_string_equal(ask_text(db, text,
                               "SELECT what || counted || part || place || low || high || best || "
                               "best_doc || best_n || figures || sources FROM series WHERE "
                               "happening = %lld AND since IS NULL AND until IS NULL",
                               (long long)happening_of(db, 1, 1)),
                      "killedpersons035.07.07.02133");
  assert_int_equal(ask(db, "SELECT series FROM series"), (1 << 20) + 1);
  sqlite3_close(db);
}

static void what_one_source_repeats(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  for (int doc = 1; doc <= 3; doc++) {
    document(db, doc, doc == 3 ? 2 : 1, "2021-03-04");
    event(db, doc, 1, (told){.place = SARAQIB, .day = "2021-03-03", .start = 50});
    figure(db, doc, 1, (figure_told){.value = 5, .place = SARAQIB, .start = 60});
  }
  // a report that goes from the earlier number to the new one counts with the higher
  figure(db, 2, 2, (figure_told){.value = 8, .place = SARAQIB, .start = 70});
  figure(db, 2, 3, (figure_told){.value = 6, .place = SARAQIB, .start = 80});
  run(db, "UPDATE document SET copy_of = 2 WHERE doc = 3");
  merge(db);
  assert_int_equal(ask(db, "SELECT sources FROM series"), 1);
  assert_int_equal(ask(db, "SELECT figures FROM series"), 3);
  assert_int_equal(ask(db, "SELECT count(*) FROM contradiction"), 0);
  sqlite3_close(db);
}

static void parts_and_restatements(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  for (int doc = 1; doc <= 2; doc++) {
    document(db, doc, doc, "2021-03-04");
    event(db, doc, 1, (told){.place = SARAQIB, .day = "2021-03-03", .start = 50});
    figure(db, doc, 1, (figure_told){.value = 9, .start = 60});
    figure(db, doc, 2, (figure_told){.value = 4, .counted = "children", .part_of = 1, .start = 70});
    figure(db, doc, 3,
           (figure_told){.value = 20, .counted = "families", .restates = 1, .start = 80});
    figure(db, doc, 4, (figure_told){.value = 3, .what = "wounded", .start = 90});
  }
  merge(db);
  assert_int_equal(ask(db, "SELECT count(*) FROM series"), 4);
  assert_int_equal(ask(db, "SELECT count(*) FROM series WHERE part = 1 AND counted = 'children'"),
                   1);
  assert_int_equal(series_of(db, 1, 2), series_of(db, 2, 2));
  assert_int_not_equal(series_of(db, 1, 1), series_of(db, 1, 3));
  sqlite3_close(db);
}

static void civilians_are_persons(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  for (int doc = 1; doc <= 4; doc++) {
    document(db, doc, doc, "2021-03-04");
    event(db, doc, 1, (told){.place = doc < 3 ? SARAQIB : ARIHA, .day = "2021-03-03", .start = 50});
    figure(db, doc, 1,
           (figure_told){.value = doc == 4 ? 5 : 9,
                         .start = 60,
                         .counted = doc % 2 ? "persons" : "civilians"});
  }
  // in the other town a report gives civilians as a part of all
  figure(db, 3, 2, (figure_told){.value = 5, .counted = "civilians", .part_of = 1, .start = 70});
  merge(db);
  assert_int_equal(series_of(db, 1, 1), series_of(db, 2, 1));
  assert_int_equal(ask(db, "SELECT counted = 'persons' FROM series WHERE series = %lld",
                       (long long)series_of(db, 1, 1)),
                   1);
  assert_int_not_equal(series_of(db, 3, 1), series_of(db, 4, 1));
  assert_int_equal(ask(db, "SELECT counted = 'civilians' FROM series WHERE series = %lld",
                       (long long)series_of(db, 4, 1)),
                   1);
  sqlite3_close(db);
}

static void without_a_happening(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  static const char *const days[] = {"",           "2021-03-01", "2021-03-05",
                                     "2021-03-30", "2021-04-20", "2021-05-20"};
  for (int doc = 1; doc <= 5; doc++) document(db, doc, doc, days[doc]);
  for (int doc = 1; doc <= 3; doc++)
    figure(db, doc, 1, (figure_told){.value = 100, .what = "displaced", .place = IDLIB});
  for (int doc = 4; doc <= 5; doc++)
    figure(db, doc, 1,
           (figure_told){.value = 100 * doc,
                         .what = "displaced",
                         .place = IDLIB,
                         .since = "2021-01-01",
                         .until = doc == 4 ? "2021-04-01" : "2021-05-01"});
  figure(db, 1, 2, (figure_told){.value = 3, .what = "missing"});
  figure(db, 2, 2, (figure_told){.value = 3, .what = "missing"});
  figure(db, 1, 3, (figure_told){.value = 20, .high = 30, .what = "in_need", .place = IDLIB});
  merge(db);
  assert_int_equal(series_of(db, 1, 1), series_of(db, 2, 1));     // news of one week
  assert_int_not_equal(series_of(db, 1, 1), series_of(db, 3, 1)); // silence ends it
  assert_int_equal(series_of(db, 4, 1), series_of(db, 5, 1));     // one period
  assert_int_not_equal(series_of(db, 1, 2), series_of(db, 2, 2)); // nowhere: each for itself
  assert_int_equal(ask(db,
                       "SELECT until = '2021-05-01' AND since = '2021-01-01' FROM series WHERE "
                       "series = %lld",
                       (long long)series_of(db, 4, 1)),
                   1);
  assert_int_equal(ask(db, "SELECT low = 20 AND high = 30 FROM series WHERE what = 'in_need'"), 1);
  sqlite3_close(db);
}

static int contradictions(int count, const double *values, const char *const *days,
                          const char *const *bounds) {
  sqlite3 *db = reports(count, values, days, bounds);
  const int64_t found = ask(db, "SELECT count(*) FROM contradiction WHERE kind = 'figure'");
  sqlite3_close(db);
  return (int)found;
}

static void counts_that_contradict(void **state) {
  (void)state;
  static const char *const same[] = {"2021-03-04", "2021-03-04"};
  static const char *const growing[] = {"2021-03-04", "2021-03-05"};
  static const char *const falling[] = {"2021-03-05", "2021-03-04"};
  assert_int_equal(contradictions(2, (const double[]){5, 7}, same, NULL), 1);
  assert_int_equal(contradictions(2, (const double[]){5, 5}, same, NULL), 0);
  assert_int_equal(contradictions(2, (const double[]){5, 7}, growing, NULL), 0); // it grew
  assert_int_equal(contradictions(2, (const double[]){5, 7}, falling, NULL), 1);
  assert_int_equal(
      contradictions(2, (const double[]){5, 7}, same, (const char *const[]){"at_least", "exact"}),
      0);
  assert_int_equal(
      contradictions(2, (const double[]){5, 7}, same, (const char *const[]){"exact", "at_most"}),
      0);
  assert_int_equal(
      contradictions(2, (const double[]){6, 7}, same, (const char *const[]){"about", "exact"}), 0);
  assert_int_equal(
      contradictions(2, (const double[]){6, 7}, same, (const char *const[]){"exact", "about"}), 0);
  assert_int_equal(
      contradictions(2, (const double[]){5, 12}, same, (const char *const[]){"about", "exact"}), 1);
}

static void two_who_counted(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  for (int doc = 1; doc <= 2; doc++) {
    document(db, doc, doc, doc == 1 ? "2021-03-04" : "2021-03-05");
    event(db, doc, 1, (told){.place = SARAQIB, .day = "2021-03-03", .start = 50});
    figure(db, doc, 1,
           (figure_told){.value = doc == 1 ? 5 : 8,
                         .high = doc == 1 ? 6 : 0,
                         .start = 60,
                         .source = doc == 1 ? UN : ARMY});
  }
  merge(db);
  char text[256];
  assert_string_equal(ask_text(db, text, "SELECT note FROM contradiction"), "{\"a\":5,\"b\":8}");
  sqlite3_close(db);
}

static void figures_find_their_events(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  document(db, 1, 1, "2021-03-04");
  event(db, 1, 1, (told){.place = SARAQIB, .start = 50, .mode = "heavy"});
  event(db, 1, 2, (told){.place = ARIHA, .start = 400, .type = "COERCE", .mode = "arrest"});
  event(db, 1, 3, (told){.place = ALEPPO, .start = 70, .negated = true});
  event(db, 1, 4, (told){.start = 900, .type = "RETREAT", .mode = "release"});
  figure(db, 1, 1, (figure_told){.value = 2, .start = 75});
  figure(db, 1, 2, (figure_told){.value = 3, .start = 420, .what = "detained"});
  figure(db, 1, 3, (figure_told){.value = 4, .start = 910, .what = "released"});
  figure(db, 1, 4, (figure_told){.value = 5, .start = 80, .place = ALEPPO});
  figure(db, 1, 5, (figure_told){.value = 6, .start = 2000});
  figure(db, 1, 6,
         (figure_told){.value = 7, .start = 60, .what = "destroyed", .counted = "houses"});
  figure(db, 1, 7, (figure_told){.value = 8, .start = 60, .what = "in_need"});
  figure(db, 1, 8, (figure_told){.value = 9, .start = 60, .what = "attacks", .counted = "strikes"});
  figure(db, 1, 9, (figure_told){.value = 9, .start = 60, .what = "abducted"});
  figure(db, 1, 10, (figure_told){.value = 90000, .start = 60, .what = "wounded"});
  figure(db, 1, 11, (figure_told){.value = 9, .start = 60, .what = "damaged", .counted = "houses"});
  merge(db);
  static const int events[] = {0, 1, 2, 4, 0, 0, 1, 0, 1, 1, 1, 1};
  for (int n = 1; n <= 11; n++)
    assert_int_equal(
        ask(db, "SELECT happening FROM series WHERE series = %lld", (long long)series_of(db, 1, n)),
        events[n] ? happening_of(db, 1, events[n]) : -1);
  sqlite3_close(db);
}

const struct CMUnitTest series_tests[] = {
    cmocka_unit_test(the_best_value),
    cmocka_unit_test(one_row_has_it_all),
    cmocka_unit_test(what_one_source_repeats),
    cmocka_unit_test(parts_and_restatements),
    cmocka_unit_test(civilians_are_persons),
    cmocka_unit_test(without_a_happening),
    cmocka_unit_test(counts_that_contradict),
    cmocka_unit_test(two_who_counted),
    cmocka_unit_test(figures_find_their_events),
};
const size_t series_test_count = sizeof series_tests / sizeof *series_tests;
