// SPDX-License-Identifier: Apache-2.0
// Which mentions are one happening.
#include "merge/tests.h"

#define ONE(db, d1, n1, d2, n2) assert_int_equal(happening_of(db, d1, n1), happening_of(db, d2, n2))
#define TWO(db, d1, n1, d2, n2)                                                                    \
  assert_int_not_equal(happening_of(db, d1, n1), happening_of(db, d2, n2))

static void one_town_one_day(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  document(db, 1, 1, "2021-03-03");
  document(db, 2, 2, "2021-03-04");
  document(db, 3, 3, "2021-03-10");
  event(db, 1, 1, (told){.place = SARAQIB, .day = "2021-03-03", .mode = "heavy"});
  event(db, 2, 1, (told){.place = SARAQIB, .day = "2021-03-03", .mode = "aerial"});
  event(db, 2, 2, (told){.place = ARIHA, .day = "2021-03-03"});   // the same day elsewhere
  event(db, 3, 1, (told){.place = SARAQIB, .day = "2021-03-09"}); // there another day
  event(db, 3, 2, (told){.place = SARAQIB, .day = "2021-03-03"}); // told again a week later
  event(db, 3, 3, (told){.place = SARAQIB, .day = "2021-03-03", .type = "PROTEST"});
  event(db, 3, 4, (told){.place = SARAQIB, .day = "2021-03-03", .reality = "future"});
  merge(db);
  ONE(db, 1, 1, 2, 1);
  ONE(db, 1, 1, 3, 2);
  TWO(db, 1, 1, 2, 2);
  TWO(db, 1, 1, 3, 1);
  TWO(db, 1, 1, 3, 3);
  assert_int_equal(happening_of(db, 3, 4), -1); // what did not happen is no happening
  assert_int_equal(happening_of(db, 1, 1), (1 << 20) + 1);
  char text[256];
  assert_string_equal(ask_text(db, text,
                               "SELECT type || mode || day || day_from || place || doc || n || "
                               "mentions || documents || sources || denied FROM happening WHERE "
                               "happening = %lld AND until IS NULL",
                               (long long)happening_of(db, 1, 1)),
                      "ASSAULTheavy2021-03-03time3113330");
  sqlite3_close(db);
}

static void days_that_are_not_told(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  document(db, 1, 1, "2021-03-03");
  document(db, 2, 2, "2021-03-04");
  document(db, 3, 3, "2021-03-09");
  document(db, 4, 4, NULL);
  document(db, 5, 5, "2021-03-04");
  event(db, 1, 1, (told){.place = SARAQIB});
  event(db, 2, 1, (told){.place = SARAQIB});
  event(db, 3, 1, (told){.place = SARAQIB});
  event(db, 4, 1, (told){.place = SARAQIB});
  event(db, 5, 1, (told){.place = SARAQIB, .day = "2021-03-03"});
  event(db, 5, 2, (told){.place = SARAQIB, .day = "2021-02-22", .until = "2021-02-28"});
  merge(db);
  ONE(db, 1, 1, 2, 1);
  ONE(db, 1, 1, 5, 1);
  TWO(db, 1, 1, 3, 1);
  TWO(db, 1, 1, 4, 1);
  TWO(db, 5, 1, 5, 2);
  assert_int_equal(ask(db, "SELECT count(*) FROM happening WHERE day_from = 'published' AND "
                           "day = '2021-03-09' AND until IS NULL"),
                   1);
  assert_int_equal(ask(db, "SELECT count(*) FROM happening WHERE day IS NULL AND day_from IS NULL"),
                   1);
  assert_int_equal(ask(db, "SELECT count(*) FROM happening WHERE until = '2021-02-28'"), 1);
  sqlite3_close(db);
}

static void a_night_between_two_days(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  for (int doc = 1; doc <= 3; doc++) {
    document(db, doc, doc, "2021-03-05");
    event(db, doc, 1,
          (told){.place = SARAQIB,
                 .actor = ARMY,
                 .start = 100,
                 .day = doc == 2 ? "2021-03-04" : "2021-03-03"});
    if (doc < 3)
      figure(db, doc, 1, (figure_told){.value = 11, .place = SARAQIB, .start = 120});
    else
      figure(db, doc, 1, (figure_told){.value = 200, .place = SARAQIB, .start = 120});
  }
  merge(db);
  ONE(db, 1, 1, 2, 1); // the same toll and doer
  TWO(db, 1, 1, 3, 1); // eleven are not two hundred
  sqlite3_close(db);
}

static void vaguer_places(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  document(db, 1, 1, "2021-03-03");
  document(db, 2, 2, "2021-03-03");
  document(db, 3, 3, "2021-03-20");
  document(db, 4, 4, "2021-03-20");
  event(db, 1, 1, (told){.place = SARAQIB, .day = "2021-03-03", .actor = ARMY});
  event(db, 2, 1, (told){.place = IDLIB, .day = "2021-03-03", .actor = ARMY}); // the only one
  event(db, 3, 1, (told){.place = SARAQIB, .day = "2021-03-19", .actor = ARMY});
  event(db, 3, 2, (told){.place = ARIHA, .day = "2021-03-19", .actor = ARMY});
  event(db, 4, 1, (told){.place = SYRIA, .day = "2021-03-19", .actor = ARMY}); // which of both?
  merge(db);
  ONE(db, 1, 1, 2, 1);
  assert_int_equal(ask(db, "SELECT place FROM happening WHERE happening = %lld",
                       (long long)happening_of(db, 2, 1)),
                   SARAQIB);
  TWO(db, 4, 1, 3, 1);
  TWO(db, 4, 1, 3, 2);
  sqlite3_close(db);
}

static void where_it_was_not_told(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  document(db, 1, 1, "2021-03-03");
  document(db, 2, 2, "2021-03-03");
  run(db,
      "INSERT INTO document_entity(doc, n, entity, mentions) VALUES(1, 1, %d, 2), (1, 2, %d, 1), "
      "(1, 3, %d, 1)",
      SARAQIB, SYRIA, ARMY);
  event(db, 1, 1, (told){.day = "2021-03-03"});                       // the only town of the report
  event(db, 2, 1, (told){.day = "2021-03-03", .recipient = SARAQIB}); // the town that was hit
  event(db, 1, 2, (told){.type = "REQUEST", .actor = UN});
  event(db, 2, 2, (told){.type = "ACCUSE", .actor = UN, .recipient = SYRIA});
  merge(db);
  ONE(db, 1, 1, 2, 1);
  assert_int_equal(ask(db, "SELECT place FROM happening WHERE type = 'REQUEST'"), -1);
  assert_int_equal(ask(db, "SELECT place FROM happening WHERE type = 'ACCUSE'"), -1);
  sqlite3_close(db);
}

static void within_one_report(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  document(db, 1, 1, "2021-03-08");
  event(db, 1, 1, (told){.mode = "heavy", .negated = false}); // the headline
  event(db, 1, 2, (told){.place = SARAQIB, .day = "2021-03-03", .actor = ARMY});
  event(db, 1, 3, (told){.mode = "aerial"});                                 // «the shelling»
  event(db, 1, 4, (told){.place = SARAQIB, .negated = true, .actor = ARMY}); // denied
  event(db, 1, 5, (told){.place = SARAQIB, .actor = HOUTHIS});               // somebody else
  event(db, 1, 6, (told){.mode = "abduct", .recipient = DOCTOR});
  event(db, 1, 7, (told){.mode = "abduct", .recipient = MINISTER});
  event(db, 1, 8, (told){.place = ALEPPO});
  event(db, 1, 9, (told){.place = SARAQIB, .day = "2021-01-01", .until = "2021-01-31"});
  event(db, 1, 10, (told){.recipient = DOCTOR, .mode = "abduct"});
  merge(db);
  for (int n = 2; n <= 4; n++) ONE(db, 1, 1, 1, n);
  for (int n = 5; n <= 9; n++) TWO(db, 1, 1, 1, n);
  TWO(db, 1, 6, 1, 7);
  ONE(db, 1, 6, 1, 10);
  assert_int_equal(ask(db, "SELECT denied FROM happening WHERE happening = %lld",
                       (long long)happening_of(db, 1, 1)),
                   1);
  char text[256];
  assert_string_equal(
      ask_text(db, text,
               "SELECT doc_a || '.' || n_a || ' ' || doc_b || '.' || n_b || note FROM "
               "contradiction WHERE kind = 'event' AND of = %lld",
               (long long)happening_of(db, 1, 1)),
      "1.1 1.4{\"a\":\"told\",\"b\":\"denied\"}");
  sqlite3_close(db);
}

static void persons_tell_apart(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  for (int doc = 1; doc <= 3; doc++) {
    document(db, doc, doc, "2021-03-03");
    event(db, doc, 1,
          (told){.mode = "abduct",
                 .day = "2021-03-03",
                 .actor = GUNMEN,
                 .place = doc == 3 ? 0 : IDLIB,
                 .recipient = doc == 2 ? MINISTER : DOCTOR});
  }
  merge(db);
  TWO(db, 1, 1, 2, 1);
  ONE(db, 1, 1, 3, 1);
  sqlite3_close(db);
}

static void talks_need_their_sides(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  for (int doc = 1; doc <= 4; doc++) document(db, doc, doc, "2021-03-03");
  event(db, 1, 1,
        (told){.type = "CONSULT", .day = "2021-03-03", .actor = ENVOY, .other_actor = MINISTER});
  event(db, 2, 1,
        (told){.type = "CONSULT", .day = "2021-03-03", .actor = MINISTER, .place = IDLIB});
  event(db, 3, 1, (told){.type = "CONSULT", .day = "2021-03-03", .actor = HOUTHIS, .place = IDLIB});
  event(db, 4, 1,
        (told){.type = "CONSULT", .day = "2021-03-03", .actor = ENVOY, .recipient = ARMY});
  merge(db);
  ONE(db, 1, 1, 2, 1);
  TWO(db, 2, 1, 3, 1);
  ONE(db, 1, 1, 4, 1);
  sqlite3_close(db);
}

static void rivals_and_kin(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  static const int actors[] = {0, ARMY, HOUTHIS, REBELS, POLICE, GUNMEN};
  for (int doc = 1; doc <= 5; doc++) {
    document(db, doc, doc, "2021-03-03");
    event(db, doc, 1,
          (told){.place = SARAQIB,
                 .day = "2021-03-03",
                 .actor = actors[doc],
                 .recipient = doc == 3   ? HOUTHIS
                              : doc == 2 ? REBELS
                                         : UN});
  }
  merge(db);
  TWO(db, 1, 1, 2, 1); // another state's force
  ONE(db, 1, 1, 4, 1); // «the police» of the same state
  ONE(db, 1, 1, 5, 1); // gunmen may be anybody
  sqlite3_close(db);
}

static void copies_are_one_source(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  for (int doc = 1; doc <= 4; doc++) {
    document(db, doc, doc == 4 ? 0 : doc, "2021-03-03");
    event(db, doc, 1, (told){.place = SARAQIB, .day = "2021-03-03"});
  }
  run(db, "UPDATE document SET copy_of = 1 WHERE doc = 2");
  merge(db);
  assert_int_equal(ask(db, "SELECT documents FROM happening"), 4);
  assert_int_equal(ask(db, "SELECT sources FROM happening"), 3);
  sqlite3_close(db);
}

static void a_place_that_two_hold(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  for (int doc = 1; doc <= 4; doc++) document(db, doc, doc, "2021-03-03");
  event(
      db, 1, 1,
      (told){
          .type = "COERCE", .mode = "seize", .place = SARAQIB, .day = "2021-03-03", .actor = ARMY});
  event(db, 2, 1,
        (told){.type = "COERCE",
               .mode = "seize",
               .place = SARAQIB,
               .day = "2021-03-04",
               .actor = HOUTHIS});
  event(db, 3, 1,
        (told){.type = "COERCE",
               .mode = "seize",
               .place = SARAQIB,
               .day = "2021-03-20",
               .actor = REBELS});
  event(db, 3, 2, (told){.type = "COERCE", .mode = "seize", .day = "2021-03-20", .actor = ARMY});
  event(
      db, 4, 1,
      (told){
          .type = "COERCE", .mode = "seize", .place = ARIHA, .day = "2021-03-20", .negated = true});
  merge(db);
  assert_int_equal(ask(db, "SELECT count(*) FROM contradiction"), 1);
  assert_int_equal(ask(db, "SELECT of FROM contradiction"), happening_of(db, 1, 1));
  assert_int_equal(ask(db, "SELECT doc_b FROM contradiction"), 2);
  sqlite3_close(db);
}

static void apart_until_more_is_known(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  for (int doc = 1; doc <= 3; doc++) document(db, doc, doc, "2021-03-03");
  // Two nodes that say too little of each other, and a third that says enough of both.
  event(db, 1, 1, (told){.day = "2021-03-03", .actor = ARMY, .recipient = REBELS, .place = SYRIA});
  event(db, 2, 1, (told){.day = "2021-03-03", .place = NOWHERE, .start = 10});
  figure(db, 2, 1, (figure_told){.value = 12, .start = 20, .place = NOWHERE});
  event(
      db, 3, 1,
      (told){
          .day = "2021-03-03", .place = NOWHERE, .actor = ARMY, .recipient = REBELS, .start = 10});
  figure(db, 3, 1, (figure_told){.value = 12, .start = 20, .place = NOWHERE});
  merge(db);
  ONE(db, 2, 1, 3, 1);
  sqlite3_close(db);
}

static void long_times_and_years(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  for (int doc = 1; doc <= 4; doc++) document(db, doc, doc, "2021-12-03");
  event(db, 1, 1,
        (told){.place = SARAQIB,
               .day = "2021-01-01",
               .until = "2021-12-31",
               .actor = ARMY,
               .recipient = DOCTOR});
  event(db, 2, 1,
        (told){.place = SARAQIB,
               .day = "2021-01-01",
               .until = "2021-12-31",
               .actor = ARMY,
               .recipient = DOCTOR});
  event(db, 3, 1,
        (told){.place = SARAQIB,
               .day = "1021-01-01",
               .until = "2021-12-31",
               .actor = ARMY,
               .recipient = DOCTOR});
  event(db, 4, 1, (told){.place = SARAQIB, .day = "2021-03-02", .until = "2021-03-01"});
  merge(db);
  ONE(db, 1, 1, 2, 1);
  assert_int_equal(
      ask(db, "SELECT count(*) FROM happening WHERE day = '2021-03-02' AND until IS NULL"), 1);
  sqlite3_close(db);
}

static void crowded_days_stay_quick(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  run(db, "BEGIN");
  for (int doc = 1; doc <= 300; doc++) {
    document(db, doc, doc % 7 + 1, "2021-03-03");
    for (int n = 1; n <= 5; n++)
      event(db, doc, n,
            (told){.place = n % 2 ? SYRIA : NOWHERE,
                   .day = "2021-03-03",
                   .actor = n % 3 ? GUNMEN : 0,
                   .recipient = doc % 2 ? DOCTOR : MINISTER});
  }
  run(db, "COMMIT");
  merge(db);
  assert_int_equal(ask(db, "SELECT count(*) FROM happening_event"), 1500);
  sqlite3_close(db);
}

static void slices_of_time(void **state) {
  (void)state;
  sqlite3 *db = fresh();
  // A happening on every day of two years, told again the day after.
  char day[11];
  const int32_t first = kh_day_number("2020-01-01");
  run(db, "BEGIN");
  for (int i = 0; i < 730; i++) {
    kh_day_write(first + i + 1, day);
    document(db, i + 1, i % 5 + 1, day);
    kh_day_write(first + i, day);
    event(db, i + 1, 1, (told){.place = SARAQIB, .day = day});
    kh_day_write(first + i + 1, day);
    event(db, i + 1, 2, (told){.place = SARAQIB, .day = day});
  }
  run(db, "COMMIT");
  merge(db);
  assert_int_equal(ask(db, "SELECT count(*) FROM happening"), 731);
  assert_int_equal(ask(db, "SELECT count(*) FROM happening WHERE mentions = 2"), 729);
  sqlite3_close(db);
}

const struct CMUnitTest happening_tests[] = {
    cmocka_unit_test(one_town_one_day),         cmocka_unit_test(days_that_are_not_told),
    cmocka_unit_test(a_night_between_two_days), cmocka_unit_test(vaguer_places),
    cmocka_unit_test(where_it_was_not_told),    cmocka_unit_test(within_one_report),
    cmocka_unit_test(persons_tell_apart),       cmocka_unit_test(talks_need_their_sides),
    cmocka_unit_test(rivals_and_kin),           cmocka_unit_test(copies_are_one_source),
    cmocka_unit_test(a_place_that_two_hold),    cmocka_unit_test(apart_until_more_is_known),
    cmocka_unit_test(long_times_and_years),     cmocka_unit_test(crowded_days_stay_quick),
    cmocka_unit_test(slices_of_time),
};
const size_t happening_test_count = sizeof happening_tests / sizeof *happening_tests;
